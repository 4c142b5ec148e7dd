"""What was asked: the system prompt and the last user message of a request, in any spelling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aiaudit.readers.attributes import decoded, listing, mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

_SYSTEM: Final = ("system", "developer", "systemmessage")
_USER: Final = ("user", "human", "humanmessage")
_TEXTS: Final = ("text", "content", "input_text", "parts")
_BODIES: Final = ("messages", "input", "contents", "prompt", "inputs", "args", "kwargs")
_IMAGES: Final = ("image_url", "input_image", "image", "inlineData", "inline_data")
_DEEPEST: Final = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """The texts of a request, and how many messages it has; None where it is not told."""

    system: str | None = None
    prompt: str | None = None
    messages: int | None = None


def asked(request: object) -> Asked:
    """Return what a request asked: a list of messages, a body that holds one, or plain text."""
    return _asked(request, 0)


def _asked(request: object, depth: int) -> Asked:
    found = decoded(request)
    if isinstance(found, str):
        return Asked(prompt=found or None)
    if isinstance(found, list):
        return _listed(found)
    if not isinstance(found, dict) or depth > _DEEPEST:
        return Asked()
    if found.get("role") or found.get("type") in _USER:
        return _listed([found])
    inner = next((found[name] for name in _BODIES if found.get(name)), None)
    told = _asked(inner, depth + 1)
    config = mapping(found.get("config")).get("system_instruction")
    system = found.get("system") or found.get("instructions") or config
    return Asked(_text(system) or told.system, told.prompt, told.messages)


def _listed(messages: list[object]) -> Asked:
    while len(messages) == 1 and isinstance(messages[0], list):
        messages = messages[0]  # some frameworks ask in batches
    told = [mapping(message) for message in messages]
    roles = [_role(message) for message in told]
    system = [_text(_content(m)) for m, r in zip(told, roles, strict=True) if r in _SYSTEM]
    users = [m for m, r in zip(told, roles, strict=True) if r in _USER]
    if not users and messages and not any(roles):
        return Asked(prompt=_text(messages), messages=len(messages))
    return Asked(
        "\n".join(filter(None, system)) or None,
        _text(_content(users[-1])) if users else None,
        len(messages),
    )


def _role(message: Mapping[str, object]) -> str:
    named = message.get("id")
    kind = named[-1] if isinstance(named, list) and named else None
    return str(message.get("role") or kind or message.get("type") or "").lower()


def _content(message: Mapping[str, object]) -> object:
    kwargs = mapping(message.get("kwargs"))
    return message.get("content") or message.get("parts") or kwargs.get("content")


def _text(value: object, depth: int = 0) -> str | None:
    """Return the words of a message, its parts joined."""
    if isinstance(value, str):
        inner = decoded(value) if value[:1] == "[" else None
        return _text(inner, depth + 1) if isinstance(inner, list) and inner else value or None
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return " ".join(filter(None, (_text(one, depth + 1) for one in value))) or None
    if isinstance(value, dict):
        part = next((value[name] for name in _TEXTS if value.get(name)), None)
        return _text(part, depth + 1)
    return None


def shows_image(request: str) -> bool:
    """Return whether a request, as text, sends an image."""
    return any(f'"{name}"' in request for name in _IMAGES)


def count(value: object) -> str | None:
    """Return how many a list has, as text; None when it is no list."""
    found = listing(value)
    return str(len(found)) if found else None
