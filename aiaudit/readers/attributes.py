"""Attributes of a span by their dotted names, however a tracer's export nests or wraps them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from aiaudit.readers.pages import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Attributes = dict[str, object]

_DEEPEST: Final = 12  # nobody nests deeper on purpose
_LARGEST: Final = 1 << 22  # characters of a text that is looked into
_KINDS: Final = ("stringValue", "intValue", "doubleValue", "boolValue", "bytesValue")


def decoded(value: object) -> object:
    """Return what a text holds when it is JSON, and anything else as it is; numbers stay text."""
    if not isinstance(value, str) or value[:1] not in ("{", "[", '"') or len(value) > _LARGEST:
        return value
    try:
        return json.loads(value, parse_float=str, parse_int=str, parse_constant=str, strict=False)
    except (ValueError, RecursionError):
        return value


def mapping(value: object) -> Attributes:
    """Return an object, also one written as text; an empty one for anything else."""
    found = decoded(value)
    return found if isinstance(found, dict) else {}


def listing(value: object) -> list[object]:
    """Return a list, also one written as text; an empty one for anything else."""
    found = decoded(value)
    return found if isinstance(found, list) else []


def objects(value: object) -> Iterator[Attributes]:
    """Yield the objects of a list; anything else in it is an empty one, so that it is counted."""
    yield from (found if isinstance(found, dict) else {} for found in listing(value))


def attributes(value: object) -> Attributes:
    """Return attributes by dotted name: of a list of keys and values, or of nested objects."""
    found = decoded(value)
    if isinstance(found, list):
        return {str(one.get("key")): _unwrapped(one.get("value")) for one in objects(found)}
    return dict(_dotted(found, "", 0)) if isinstance(found, dict) else {}


def first(found: Mapping[str, object], *names: str) -> str | None:
    """Return the first of these attributes that is there, as text; lists and objects as JSON."""
    for name in names:
        value = found.get(name)
        if value not in (None, "", "null"):
            return json.dumps(value) if isinstance(value, dict | list) else text(value)
    return None


def _unwrapped(value: object, depth: int = 0) -> object:
    """Return the value inside of the protocol's wrapping of a value with its type."""
    if not isinstance(value, dict) or depth > _DEEPEST:
        return None if isinstance(value, dict) else value
    for kind in _KINDS:
        if kind in value:
            return value[kind]
    wrapped = value.get("arrayValue") or value.get("kvlistValue")
    inner = wrapped.get("values") if isinstance(wrapped, dict) else None
    if not isinstance(inner, list):
        return None
    if "arrayValue" in value:
        return [_unwrapped(one, depth + 1) for one in inner]
    return {str(one.get("key")): _unwrapped(one.get("value"), depth + 1) for one in objects(inner)}


def _dotted(value: object, name: str, depth: int) -> Iterator[tuple[str, object]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _dotted(inner, f"{name}.{key}" if name else str(key), depth + 1)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for place, inner in enumerate(value):
            yield from _dotted(inner, f"{name}.{place}", depth + 1)
    else:
        yield name, value
