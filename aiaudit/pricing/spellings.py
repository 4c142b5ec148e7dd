"""The other ways to write one model's name: wrappers taken off, dates and versions respelled.

Each is a rewriting that is known to mean the same; nothing is matched by likeness.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aiaudit.pricing.providers import billing_provider, known

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARN: Final = re.compile(
    r"arn:aws[a-z-]*:bedrock:[a-z0-9-]*:\d*:(?:inference-profile|foundation-model)/(.+)"
)
_VERTEX: Final = re.compile(r"(?:projects/[^/]+/locations/[^/]+/)?publishers/[^/]+/models/([^/]+)")
_FIREWORKS: Final = re.compile(r"accounts/fireworks/models/([^/]+)")
_GOOGLE: Final = re.compile(r"models/([^/]+)")
_ROUTE: Final = re.compile(r"(?:converse|converse_like|invoke|responses|chat|completion)/(.+)")
_AWS_REGION: Final = re.compile(r"[a-z]{2}(?:-gov)?-[a-z]+-\d/(.+)")
_PROFILE: Final = re.compile(r"(global|us-gov|us|eu|apac|au|jp|ca)\.(.+)")
_VERSION: Final = re.compile(r"(.+?)(?:-v\d+)?:\d+(?::[0-9a-z]+)?")
_AT: Final = re.compile(r"(.+)@(?:(default|latest)|(\d{8}))")
_DASHED: Final = re.compile(r"(.+)-(\d{4})-(\d{2})-(\d{2})")
_COMPACT: Final = re.compile(r"(.+)[-@](20\d{2})(\d{2})(\d{2})")
_FINE_TUNE: Final = re.compile(r"(ft:[^:]+):.*")
# How Claude Code marks that the long context of a model is switched on; the model is the same.
_MILLION: Final = "[1m]"
# Azure's global deployment is the one that its list prices are for.
_GLOBAL: Final = re.compile(r"global(?:-standard)?/(.+)")
_MAKERS: Final = ("google", "anthropic", "mistralai", "meta")


def unwrapped(name: str) -> Iterator[tuple[str | None, str]]:
    """Yield the name without its wrappers, outermost first, and the provider that each implies."""
    for pattern, provider in ((_ARN, "bedrock"), (_VERTEX, "vertex"), (_FIREWORKS, "fireworks")):
        if match := pattern.fullmatch(name):
            yield provider, match[1]
            return
    if match := _GOOGLE.fullmatch(name):
        yield "google", match[1]
        return
    word, slash, rest = name.partition("/")
    if slash and known(word):
        stated = billing_provider(word)
        yield stated, rest
        yield from (inner for inner in unwrapped(rest) if inner[0] == stated)
        if match := _ROUTE.fullmatch(rest):
            yield stated, match[1]


def forms(name: str, provider: str) -> Iterator[tuple[str, str]]:
    """Yield each spelling of a provider's model with the rule that made it, strictest first."""
    if match := _FINE_TUNE.fullmatch(name):
        # A fine-tune has its own price; it is never the base model.
        yield from _same(match[1], provider, "fine-tune")
        return
    yield from _same(name, provider, "exact")
    if name.endswith(_MILLION):
        yield from _same(name.removesuffix(_MILLION), provider, "spelling")
    if provider == "azure" and (match := _GLOBAL.fullmatch(name)):
        yield from _same(match[1], provider, "spelling")
    if provider == "vertex" and name.partition("/")[0] in _MAKERS:
        yield from _same(name.partition("/")[2], provider, "spelling")
    if provider != "bedrock":
        return
    if match := _AWS_REGION.fullmatch(name):
        yield from _same(match[1], provider, "region-stripped")
    if match := _PROFILE.fullmatch(name):
        rule = "spelling" if match[1] == "global" else "region-stripped"
        yield from _same(match[2], provider, rule)


def dated(name: str) -> tuple[str, str] | None:
    """Return the name without its date, and the date, where it ends in one."""
    name = name.removesuffix(_MILLION)
    match = _DASHED.fullmatch(name) or _COMPACT.fullmatch(name)
    return (match[1], f"{match[2]}-{match[3]}-{match[4]}") if match else None


def _same(name: str, provider: str, rule: str) -> Iterator[tuple[str, str]]:
    yield name, rule
    looser = "spelling" if rule == "exact" else rule
    if match := _AT.fullmatch(name):
        name = f"{match[1]}-{match[3]}" if match[3] else match[1]
        yield name, looser
    if provider == "bedrock" and (match := _VERSION.fullmatch(name)):
        yield name.rpartition(":")[0], looser
        name = match[1]
        yield name, looser
    if provider == "azure" and name.startswith("gpt-35"):
        name = name.replace("gpt-35", "gpt-3.5", 1)
        yield name, looser
    if (match := _DASHED.fullmatch(name)) and provider:
        yield f"{match[1]}-{match[2]}{match[3]}{match[4]}", looser
    elif match := _COMPACT.fullmatch(name):
        yield f"{match[1]}-{match[2]}-{match[3]}-{match[4]}", looser
