"""From files to one catalogue: read every sheet, join them, and refuse what contradicts itself."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from aiaudit.errors import CatalogueError
from aiaudit.pricing import book, commitments, currency, documents, exchange, overlay, sheets, tiers
from aiaudit.pricing.contradictions import contradictions
from aiaudit.pricing.values import Catalogue
from aiaudit.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from aiaudit.pricing.sheets import Sheet
    from aiaudit.pricing.tiers import Tiers
    from aiaudit.pricing.values import Offering, Override, Policy

_TIERS: Final = "tiers.yaml"
_ENDINGS: Final = (".yaml", ".yml")
# An overlay of a known model may add prices and say what tier it is, and nothing else.
_ADDED: Final = ("prices", "tier", "tier_basis", "place")


def load(overlays: Sequence[Path] = (), base: Traversable | None = None) -> Catalogue:
    """Return the catalogue that ships with the tool, with the terms of the overlay folders.

    Raises:
        CatalogueError: a file is malformed or contradicts another; one line for each mistake.
    """
    mistakes: list[str] = []
    digest = hashlib.sha256()
    listed, scheme = _base(base or shipped("pricing"), digest, mistakes)
    terms = overlay.Terms()
    for folder in overlays:
        for name, text in _documents(folder, mistakes):
            digest.update(f"{name}\n{text}\n".encode())
            if root := documents.parse(text, name, mistakes):
                overlay.read_into(terms, root)
    if scheme is None:
        mistakes.append(f"{_TIERS} is missing from the catalogue, or broken")
        raise CatalogueError("\n".join(mistakes))
    catalogue = _joined(listed, terms, scheme, digest.hexdigest(), mistakes)
    catalogue = replace(catalogue, overlay=bool(overlays))
    mistakes += contradictions(catalogue)
    mistakes += currency.contradictions(catalogue.fx)
    mistakes += commitments.contradictions(catalogue)
    if mistakes:
        raise CatalogueError("\n".join(mistakes))
    return catalogue


def _base(
    folder: Traversable, digest: hashlib._Hash, mistakes: list[str]
) -> tuple[list[Sheet], Tiers | None]:
    """Return the sheets and tiers of a folder: those kept from an earlier run, or read anew."""
    texts = _documents(folder, mistakes)
    for name, text in texts:
        digest.update(f"{name}\n{text}\n".encode())
    if kept := book.recall(digest.hexdigest()):
        return kept
    read: list[Sheet] = []
    scheme: Tiers | None = None
    for name, text in texts:
        root = documents.parse(text, name, mistakes)
        if root and name == _TIERS:
            scheme = tiers.tiers_of(root)
        elif root:
            read.append(sheets.sheet(root.fields(sheets.SHEET, ("provider", "models"))))
    if scheme and not mistakes:
        book.keep(digest.hexdigest(), read, scheme)
    return read, scheme


def _documents(folder: Traversable, mistakes: list[str]) -> list[tuple[str, str]]:
    """Return the name and text of each YAML file of a folder, in order of name."""
    try:
        files = sorted(folder.iterdir(), key=lambda f: f.name) if folder.is_dir() else None
    except OSError as error:
        mistakes.append(f"{folder.name}: the folder cannot be read: {error.strerror}")
        return []
    if files is None:
        mistakes.append(f"{folder.name}: no such folder of price sheets")
        return []
    found = []
    for file in files:
        if file.name.endswith(_ENDINGS):
            try:
                found.append((file.name, file.read_text("utf-8-sig")))
            except (OSError, UnicodeDecodeError):
                mistakes.append(f"{file.name}: cannot be read as UTF-8 text")
    if not found:
        mistakes.append(f"{folder.name}: the folder holds no YAML file")
    return found


def _joined(
    listed: list[Sheet], terms: overlay.Terms, scheme: Tiers, sha256: str, mistakes: list[str]
) -> Catalogue:
    offerings: dict[str, Offering] = {}
    policies: dict[str, Policy | None] = {}
    own = exchange.converted(terms)
    mistakes += own.mistakes
    for number, part in enumerate([*listed, *own.sheets]):
        for offering in part.offerings:
            known = offerings.get(offering.key)
            if known and number < len(listed):
                mistakes.append(f"{offering.place}: {offering.key} is also in {known.place}")
            offerings[offering.key] = _extended(known, offering, mistakes)
        if part.policy and policies.get(part.provider):
            mistakes.append(f"{part.place}: the defaults of {part.provider} are already stated")
        policies[part.provider] = policies.get(part.provider) or part.policy
    recorded = [p.recorded for o in offerings.values() for p in o.prices if p.recorded]
    version = max(recorded).isoformat() if recorded else "undated"
    return Catalogue(
        version=version,
        date=version,
        sha256=sha256,
        offerings=dict(sorted(offerings.items())),
        aliases=tuple(alias for part in (*listed, *own.sheets) for alias in part.aliases),
        policies={name: sheets.policy_of(policy) for name, policy in sorted(policies.items())},
        tiers=scheme,
        maps=tuple(terms.maps),
        discounts=tuple(terms.discounts),
        overrides=tuple(_keyed(override, offerings) for override in own.overrides),
        commitments=tuple(terms.commitments),
        fx=tuple(terms.fx),
        notes=tuple(exchange.notes(terms, own)),
    )


def _keyed(override: Override, offerings: dict[str, Offering]) -> Override:
    """Return an override whose model is an offering; a bare name does where one provider has it."""
    found = [key for key, offering in offerings.items() if offering.id == override.offering]
    return replace(override, offering=found[0]) if len(found) == 1 else override


def _extended(known: Offering | None, added: Offering, mistakes: list[str]) -> Offering:
    """Return a known offering with the prices of an overlay beside its own."""
    if known is None:
        return added
    bare = type(added)(key=added.key, id=added.id, provider=added.provider, model=added.id)
    changed = [
        name
        for name in _names(added)
        if getattr(added, name) not in (getattr(bare, name), getattr(known, name))
        and name not in _ADDED
    ]
    if changed:
        mistakes.append(
            f"{added.place}: {added.key} is described in {known.place} already;"
            f" an overlay adds prices to it, it may not restate {', '.join(changed)}"
        )
    return replace(
        known,
        prices=(*known.prices, *added.prices),
        tier=known.tier or added.tier,
        tier_basis=known.tier_basis or added.tier_basis,
    )


def _names(offering: Offering) -> Iterable[str]:
    return type(offering).__dataclass_fields__
