"""The parts that a report is laid out from; each renderer draws each of them in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from decimal import Decimal

    from aiaudit.report.charts import Chart
    from aiaudit.report.words import Words

Tone = Literal["", "good", "bad", "warn", "muted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a grid; numbers are set right with equal-width figures."""

    title: str
    numeric: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar in a cell: its length as a share of the longest, and its direction."""

    length: Decimal
    good: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: words, the number to sort by, and how it is marked.

    `mark` is the tier whose square stands before it, `tag` makes it a pill.
    """

    words: Words = ()
    sort: str = ""
    tone: Tone = ""
    mark: str = ""
    tag: Tone = ""
    bar: Bar | None = None
    letter: Literal["", "F", "U"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row; the first cell that is not numeric is its head."""

    cells: tuple[Cell, ...]
    kind: Literal["", "group", "part"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table. `rows_left_out` stand in audit.json; they are in the totals or in an "other" row."""

    name: str
    label: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    caption: Words = ()
    sortable: bool = False
    rows_left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart with its key and caption; its figures stand in a grid beside it."""

    label: str
    chart: Chart
    key: tuple[tuple[str, str], ...] = ()
    caption: Words = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph in small type."""

    words: Words


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A line with a coloured tag before it."""

    tag: str
    tone: Tone
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Terms and what is said of each."""

    rows: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """Terms in bold, each with its paragraph, in two columns."""

    rows: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Lines to copy into a file; text of an export inside is quoted already."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Blocks behind a summary line; only what is not needed to follow the report."""

    summary: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Two columns of blocks, the first one wider."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One thing to do: its amount, what it is, and what to know before."""

    amount: str
    tone: Tone
    title: Words
    tag: str
    tag_tone: Tone
    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Up to three moves, best first."""

    items: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One of the four figures under the headline."""

    label: str
    number: str
    tone: Tone = ""
    tag: str = ""
    tag_tone: Tone = ""
    chart: Chart | None = None
    words: Words = ()


Block = (
    Grid | Drawing | Note | Heading | Stamp | Pairs | Definitions | Code | Folded | Beside | Moves
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section: its title states the finding; `nav` is its short name in the strip."""

    name: str
    title: Words
    say: Words = ()
    blocks: tuple[Block, ...] = ()
    nav: str = ""
    new_page: bool = False
