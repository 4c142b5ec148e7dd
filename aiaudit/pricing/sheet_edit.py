"""Additions to the text of a price sheet, kept as a diff: what stands there is not rewritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import yaml

from aiaudit.pricing import documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from aiaudit.pricing.documents import Entry

_AROUND: Final = 3
_BLOCK: Final = "  "


class Edited:
    """One sheet: its lines, and what is to come after or in the place of some of them."""

    def __init__(self, name: str, text: str) -> None:
        """Read the sheet; a text that is no sheet takes no additions."""
        self.name = name
        self._lines = text.removesuffix("\n").split("\n")
        self._after: dict[int, list[str]] = {}
        self._instead: dict[int, str] = {}
        root = documents.parse(text, name, [])
        models = root.pairs().get("models") if root else None
        self._models = models if models and _is_block(models.node) else None
        self._prices = dict(_prices(models)) if models else {}

    def add_model(self, entry: Sequence[str]) -> None:
        """Add an entry at the end of the models."""
        if self._models is None:
            return
        first = self._models.node.value[0].start_mark.column - len(_BLOCK)
        self._put(_last(self._models.node), entry, first)

    def add_price(self, place: str, start: datetime, interval: Sequence[str]) -> bool:
        """End the price that stands at a place, and add the next; return whether that can be."""
        found = self._prices.pop(place, None)
        if found is None:  # no such price, or another name of the same model has ended it
            return False
        prices, price = found
        until = price.pairs().get("until")
        if until is None or not until.empty or not _is_block(prices.node):
            return False
        mark, end = until.node.start_mark, until.node.end_mark
        line = self._lines[mark.line]
        day = start.date().isoformat()
        self._instead[mark.line] = f"{line[: mark.column]}{day}{line[end.column :]}"
        first = price.node.start_mark.column - len(_BLOCK)
        # A price of the last model comes before the models that come after it.
        self._put(_last(price.node), interval, first, before=True)
        return True

    def diff(self) -> str:
        """Return a unified diff with three lines around each change; nothing without one."""
        touched = sorted({*self._after, *self._instead})
        if not touched:
            return ""
        head = [f"--- a/pricing/{self.name}", f"+++ b/pricing/{self.name}"]
        shift, body = 0, []
        for first, last in _hunks(touched, len(self._lines)):
            lines = list(self._hunk(first, last))
            old = last - first + 1
            new = sum(not line.startswith("-") for line in lines)
            body += [f"@@ -{first + 1},{old} +{first + 1 + shift},{new} @@", *lines]
            shift += new - old
        return "\n".join([*head, *body]) + "\n"

    def _put(self, line: int, added: Sequence[str], indent: int, *, before: bool = False) -> None:
        lines = [f"{' ' * indent}{text}" for text in added]
        others = self._after.get(line, [])
        self._after[line] = [*lines, *others] if before else [*others, *lines]

    def _hunk(self, first: int, last: int) -> Iterator[str]:
        for number in range(first, last + 1):
            line = self._lines[number]
            if number in self._instead:
                yield f"-{line}"
                yield f"+{self._instead[number]}"
            else:
                yield f" {line}"
            yield from (f"+{added}" for added in self._after.get(number, ()))


def _hunks(touched: Sequence[int], length: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of each stretch that is shown."""
    first, last = touched[0], touched[0]
    for line in touched:
        if line > last + 2 * _AROUND:
            yield max(first - _AROUND, 0), min(last + _AROUND, length - 1)
            first = line
        last = line
    yield max(first - _AROUND, 0), min(last + _AROUND, length - 1)


def _prices(models: Entry) -> Iterator[tuple[str, tuple[Entry, Entry]]]:
    for model in models.items():
        if prices := model.pairs().get("prices"):
            for price in prices.items():
                yield price.place, (prices, price)


def _is_block(node: yaml.Node) -> bool:
    return isinstance(node, yaml.SequenceNode) and bool(node.value) and not node.flow_style


def _last(node: yaml.Node) -> int:
    """Return the last line of a node; a block's own mark lies beyond the comments after it."""
    block = isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value
    if not block:
        return int(node.end_mark.line)
    child = node.value[-1]
    return _last(child[1] if isinstance(child, tuple) else child)
