"""Check the shape of a settings file, and keep the place of everything that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

from aiaudit.settings.scalars import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aiaudit.settings.document import Mistakes

    Parse = Callable[[yaml.Node, Mistakes], Any]

_NULL: Final = "tag:yaml.org,2002:null"
_MOST_ITEMS: Final = 10_000


def scalar(read: Callable[[str], Any]) -> Parse:
    """Return a parser of one value; what YAML makes of it does not matter, only its text."""

    def parse(node: yaml.Node, mistakes: Mistakes) -> Any:  # noqa: ANN401  # what `read` returns
        if not isinstance(node, yaml.ScalarNode):
            return mistakes.at(node.start_mark, "one value belongs here, not several")
        try:
            return read(node.value)
        except ValueError as error:
            return mistakes.at(node.start_mark, str(error))

    return parse


def sequence(item: Parse) -> Parse:
    """Return a parser of a list whose items are all of one kind."""

    def parse(node: yaml.Node, mistakes: Mistakes) -> tuple[Any, ...]:
        if not isinstance(node, yaml.SequenceNode):
            mistakes.at(node.start_mark, "a list belongs here: [one, another]")
            return ()
        return tuple(item(child, mistakes) for child in node.value[:_MOST_ITEMS])

    return parse


def either(one: Parse, several: Parse) -> Parse:
    """Return a parser of a single value or of a list of them."""
    return lambda node, mistakes: (several if isinstance(node, yaml.SequenceNode) else one)(
        node, mistakes
    )


def mapping(value: Parse, known: tuple[str, ...] = ()) -> Parse:
    """Return a parser of keys and values, all values of one kind; with `known`, only those keys."""

    def parse(node: yaml.Node, mistakes: Mistakes) -> dict[str, Any]:
        pairs = _pairs(node, mistakes)
        _only(pairs, known, mistakes) if known else None
        return {key.value: value(child, mistakes) for key, child in pairs}

    return parse


def record(
    fields: Mapping[str, Parse],
    make: Callable[..., Any] = dict,
    needs: tuple[str, ...] = (),
) -> Parse:
    """Return a parser of an object: each key has its own kind, and no other key is taken."""

    def parse(node: yaml.Node, mistakes: Mistakes) -> Any:  # noqa: ANN401  # what `make` returns
        pairs = _pairs(node, mistakes)
        _only(pairs, tuple(fields), mistakes)
        found = {
            key.value: fields[key.value](child, mistakes)
            for key, child in pairs
            if key.value in fields and child.tag != _NULL
        }
        missing = [name for name in needs if name not in found]
        for name in missing:
            mistakes.at(node.start_mark, f"the key {name!r} is missing")
        return None if missing else make(**found)

    return parse


def _only(
    pairs: list[tuple[yaml.ScalarNode, yaml.Node]],
    known: tuple[str, ...],
    mistakes: Mistakes,
) -> None:
    for key, _ in pairs:
        if key.value not in known and not mistakes.are_plenty:
            mistakes.at(
                key.start_mark, f"unknown key {key.value[:100]!r}; {nearest(key.value, known)}"
            )


def _pairs(node: yaml.Node, mistakes: Mistakes) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    """Return the keys and values of a mapping, each key once."""
    if node.tag == _NULL:
        return []
    if not isinstance(node, yaml.MappingNode):
        mistakes.at(node.start_mark, "keys with values belong here: {key: value}")
        return []
    first: dict[str, tuple[yaml.ScalarNode, yaml.Node]] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            mistakes.at(key.start_mark, "a key is one word, not a list or a mapping")
        elif key.value in first:
            line = first[key.value][0].start_mark.line + 1
            mistakes.at(
                key.start_mark, f"the key {key.value[:100]!r} stands in line {line} already"
            )
        else:
            first[key.value] = (key, value)
    return list(first.values())
