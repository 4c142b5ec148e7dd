"""Nodes of a YAML document: what they are, and whether a small file could blow up."""

from __future__ import annotations

from typing import Any, Final

import yaml

_DEPTH: Final = 20


def is_null(node: yaml.Node) -> bool:
    """Return whether the document says null here."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in ("", "~", "null")


def plain(node: yaml.Node) -> Any:  # noqa: ANN401  # whatever a document holds
    """Return a node as dictionaries, lists and texts; null is None."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(part) for part in node.value]
    return None if is_null(node) else str(node.value)


def wild(root: yaml.Node) -> yaml.Node | None:
    """Return a node that is used twice (an anchor) or lies too deep; both can blow a file up."""
    seen, level = {id(root)}, [root]
    for _ in range(_DEPTH):
        below: list[yaml.Node] = []
        for node in level:
            if isinstance(node, yaml.MappingNode):
                below += [part for pair in node.value for part in pair]
            elif isinstance(node, yaml.SequenceNode):
                below += node.value
        if not below:
            return None
        for node in below:
            if id(node) in seen:
                return node
            seen.add(id(node))
        level = below
    return level[0]
