"""Render the report as Markdown: the summary whole, long tables cut where a host has a limit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from aiaudit.report.blocks import (
    Beside,
    Block,
    Cell,
    Code,
    Definitions,
    Drawing,
    Folded,
    Grid,
    Heading,
    Moves,
    Note,
    Pairs,
    Row,
    Stamp,
)
from aiaudit.report.escape import code_span, markdown

if TYPE_CHECKING:
    from aiaudit.report.blocks import Section
    from aiaudit.report.model import View

LIMIT: Final = 60_000
# Tables that lose rows, first to last, when the whole is longer than the limit.
_CUT: Final = (
    "drivers", "use-cases", "statement", "settings", "assumptions", "sources", "unpriced",
    "reconciliation", "evidence", "levers",
)  # fmt: skip


@dataclass(slots=True)
class _Part:
    """Lines of the page; `rows` may be cut from the end, `after` stands behind them."""

    lines: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    name: str = ""
    left_out: int = 0

    def text(self) -> str:
        """Return the lines as a paragraph of Markdown."""
        note = [f"\n{self.left_out:,} rows left out."] if self.left_out else []
        return "\n".join([*self.lines, *self.rows, *self.after, *note])


def render(view: View, limit: int = LIMIT) -> str:
    """Return the report as Markdown of at most `limit` characters."""
    parts = [_Part(_head(view))]
    for section in view.sections:
        parts += _section(section)
    excess = len(_joined(parts)) - limit
    for name in _CUT:
        for part in parts:
            if part.name == name and excess > 0:
                _shorten(part, excess)
                excess = len(_joined(parts)) - limit
    return _joined(parts)


def _joined(parts: list[_Part]) -> str:
    return "\n\n".join(part.text() for part in parts if part.text()) + "\n"


def _shorten(part: _Part, excess: int) -> None:
    spare = excess + len("\n1,000,000 rows left out.")
    while part.rows and spare > 0:
        spare -= len(part.rows.pop()) + 1
        part.left_out += 1


def _head(view: View) -> list[str]:
    title = markdown((view.title,))
    client = f", {markdown((view.client,))}" if view.client else ""
    lines = [
        f"# {title}{client}, {view.period}",
        "",
        f"**{markdown((view.headline,))}**",
        "",
        markdown(view.subline),
        "",
        "| Figure | Amount | |",
        "| --- | ---: | --- |",
    ]
    for figure in view.figures:
        tag = f"{figure.tag}. " if figure.tag else ""
        words = f"{markdown((tag,))}{markdown(figure.words)}"
        lines.append(f"| {figure.label} | {markdown((figure.number,))} | {words} |")
    return lines


def _section(section: Section) -> list[_Part]:
    lines = [f"## {markdown(section.title)}"]
    if section.say:
        lines += ["", markdown(section.say)]
    parts = [_Part(lines)]
    for block in section.blocks:
        parts += _block(block)
    return parts


def _block(block: Block) -> list[_Part]:  # noqa: C901, PLR0911 (a case for each kind)
    match block:
        case Grid():
            return [_grid(block)]
        case Note():
            return [_Part([markdown(block.words)])]
        case Heading():
            return [_Part([f"### {block.text}"])]
        case Stamp():
            return [_Part([f"**{block.tag}.** {markdown(block.words)}"])]
        case Pairs():
            return [_Part([f"- {term}: {markdown(words)}" for term, words in block.rows])]
        case Definitions():
            return [_Part([f"- **{term}** {markdown(words)}" for term, words in block.rows])]
        case Code():
            return [_Part([f"- {code_span(line.strip(), 400)}" for line in block.lines])]
        case Moves():
            return [_Part(_moves(block))]
        case Beside():
            return [part for inner in (*block.left, *block.right) for part in _block(inner)]
        case Drawing() | Folded():
            return []


def _moves(block: Moves) -> list[str]:
    lines = []
    for place, move in enumerate(block.items, start=1):
        said = " ".join(markdown(line) for line in move.lines)
        title = markdown(move.title)
        lines.append(f"{place}. **{markdown((move.amount,))}** ({move.tag}) {title}. {said}")
    return lines


def _grid(grid: Grid) -> _Part:
    kept = [i for i, column in enumerate(grid.columns) if not column.wide]
    titles = [markdown((grid.columns[i].title,)) for i in kept]
    rules = ["---:" if grid.columns[i].numeric else "---" for i in kept]
    caption = [markdown(grid.caption), ""] if grid.caption else []
    return _Part(
        lines=[*caption, _line(titles), _line(rules)],
        rows=[_row(row, kept) for row in grid.rows],
        after=[_row(grid.total, kept, strong=True)] if grid.total else [],
        name=grid.name,
        left_out=grid.rows_left_out,
    )


def _row(row: Row, kept: list[int], *, strong: bool = False) -> str:
    cells = [_cell(row.cells[i]) for i in kept]
    if strong or row.kind == "group":
        cells = [f"**{cell}**" if cell else "" for cell in cells]
    return _line(cells)


def _cell(cell: Cell) -> str:
    letter = f" {cell.letter}" if cell.letter else ""
    return markdown(cell.words) + letter


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
