"""Public price files on disk, read with suspicion: LiteLLM's price file and genai-prices' data."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final, NoReturn

from aiaudit.errors import UnreadableError
from aiaudit.pricing import documents, nodes

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from aiaudit.pricing.values import Rates

_MOST_BYTES: Final = 64 * 1024 * 1024
_SMALLEST: Final = -24
_LARGEST: Final = 9
_LONGEST: Final = 200
_SHOWN: Final = 60


@dataclass(slots=True, kw_only=True)
class Published:
    """What a file says of one model: USD per million tokens; what we do not take is a doubt."""

    provider: str
    id: str
    operation: str = "chat"
    start: date | None = None
    retired: date | None = None
    context: int | None = None
    max_output: int | None = None
    rates: Rates = field(default_factory=dict)
    above: int | None = None
    long: Rates = field(default_factory=dict)
    modes: dict[str, Rates] = field(default_factory=dict)
    long_modes: dict[str, Rates] = field(default_factory=dict)
    fees: dict[str, Decimal] = field(default_factory=dict)
    regions: dict[str, Decimal] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceFile:
    """A public price file: what it is called, its models, and how many it prices otherwise."""

    title: str
    models: tuple[Published, ...]
    otherwise: int = 0


def read(path: Path, on: date) -> PriceFile:
    """Return the models that a public price file prices by token, as it stood on a day.

    Raises:
        UnreadableError: it is no such file, or a damaged one.
    """
    from aiaudit.pricing import genai_file, litellm_file  # noqa: PLC0415  # they need this module

    found = _content(path)
    if litellm_file.recognise(found):
        return litellm_file.models(found)
    if genai_file.recognise(found):
        return genai_file.models(found, on)
    raise UnreadableError(
        f"{path.name[:_SHOWN]} is neither a LiteLLM price file nor genai-prices data"
    )


def of(file: PriceFile, providers: Collection[str | None]) -> PriceFile:
    """Return a file with the models of some providers only."""
    return replace(file, models=tuple(m for m in file.models if m.provider in providers))


def amount(value: Any) -> Decimal | None:  # noqa: ANN401  # whatever a file holds
    """Return a rate that can be one: a number that is not negative and has a sane size."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0:
        return None
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < _SMALLEST or number.adjusted() > _LARGEST:
        return None
    return number


def plain(number: Decimal) -> Decimal:
    """Return a rate without zeros behind it and without an exponent."""
    return Decimal(f"{number.normalize():f}")


def whole(value: Any) -> int | None:  # noqa: ANN401  # whatever a file holds
    """Return a limit in tokens, or None when it is none."""
    number = amount(value)
    return int(number) if number and number == int(number) else None


def day(value: Any) -> date | None:  # noqa: ANN401  # whatever a file holds
    """Return a day, or None when it is none."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def name(value: Any) -> str:  # noqa: ANN401  # whatever a file holds
    """Return a name that can be one, else nothing."""
    plain = isinstance(value, str) and value.strip() == value and len(value) <= _LONGEST
    return value if plain and value.isprintable() else ""


def _content(path: Path) -> Any:  # noqa: ANN401  # whatever a file holds
    shown = path.name[:_SHOWN]
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
        if len(raw) > _MOST_BYTES:
            raise UnreadableError(f"{shown} is larger than any price file")
        text = raw.decode("utf-8-sig")
        if path.suffix.lower() in (".yaml", ".yml"):
            return _yaml(text, shown)
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except OSError as error:
        raise UnreadableError(f"{shown} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{shown} is not UTF-8 text") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{shown} is damaged, or not JSON") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _yaml(text: str, shown: str) -> Any:  # noqa: ANN401  # whatever a file holds
    mistakes: list[str] = []
    root = documents.parse(text, shown, mistakes)
    if root is None or mistakes:
        raise UnreadableError(mistakes[0] if mistakes else f"{shown} is empty")
    return nodes.plain(root.node)
