"""Render the report as one HTML file that loads nothing, runs one script of ours, and prints."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from aiaudit.report.charts import SmallBar
from aiaudit.report.escape import LIMIT, clean, spoken
from aiaudit.report.svg import LIGHT
from aiaudit.report.words import Name
from aiaudit.resources import shipped

if TYPE_CHECKING:
    from aiaudit.report.blocks import Bar, Cell, Column, Grid
    from aiaudit.report.charts import Chart
    from aiaudit.report.model import View
    from aiaudit.report.words import Piece, Words

_LONG: Final = 48  # from here on a name is clamped to three lines
_IN_SENTENCE: Final = 80
_BRIEF: Final = 22  # a name of a row up to this length is not broken
_OUTLINED: Final = {"rs": "ac", "open": "good"}


def render(view: View) -> str:
    """Return the report as HTML: the same bytes for the same view."""
    style, script = _style(), _script()
    page = _environment().get_template("report.html.j2")
    return page.render(view=view, style=Markup(style), script=Markup(script),  # noqa: S704 (ours)
                       policy=_policy(style, script))  # fmt: skip


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(_read),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        say=_say, whole=lambda words: _say(words, LIMIT), spoken=spoken,
        svg=_svg, small_bar=_small_bar, swatch=_swatch,
        kind_of=lambda block: type(block).__name__, head_of=_head_of,
        column_class=_column_class, cell_class=_cell_class,
    )  # fmt: skip
    return environment


def _read(name: str) -> str:
    return (shipped("templates") / name).read_text("utf-8")


def _style() -> str:
    text = re.sub(r"\s+", " ", _read("report.css"))
    return re.sub(r"\s*([{};,])\s*", r"\1", text).strip()


def _script() -> str:
    return "\n".join(line.strip() for line in _read("report.js").splitlines())


def _policy(style: str, script: str) -> str:
    """Allow exactly our style and our script, by digest, and nothing else at all."""
    digests = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (style, script)
    )
    return (
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}';"
        " base-uri 'none'; form-action 'none'"
    ).format(*digests)


def _say(words: Words, limit: int = _IN_SENTENCE) -> Markup:
    return Markup("").join(_piece(piece, limit) for piece in words)


def _piece(piece: Piece, limit: int) -> Markup:
    if isinstance(piece, str):
        return escape(piece)
    text = clean(piece.text, limit if isinstance(piece, Name) else LIMIT) or "no name"
    if len(text) > _LONG:
        return Markup('<bdi class="long">{}</bdi>').format(text)
    brief = ' class="brief"' if len(text) <= _BRIEF else ""
    return Markup("<bdi{}>{}</bdi>").format(Markup(brief), text)  # noqa: S704 (ours)


def _svg(chart: Chart) -> Markup:
    return Markup(chart.svg())  # noqa: S704 (the builder escapes every text and attribute)


def _small_bar(bar: Bar) -> Markup:
    return Markup(SmallBar(length=bar.length, good=bar.good).svg())  # noqa: S704 (numbers only)


def _swatch(paint: str) -> Markup:
    shape = f'<rect width="16" height="12" fill="{LIGHT.get(paint, "none")}" class="{paint}"/>'
    if paint in _OUTLINED:
        stroke = f'fill="none" stroke="{LIGHT[_OUTLINED[paint]]}" class="{paint}"'
        shape = f'<rect x=".7" y=".7" width="14.6" height="10.6" {stroke}/>'
    if paint == "rs":
        shape += f'<path d="M2 10L10 2M7 11L15 3" {stroke} stroke-width="1.6"/>'
    return Markup(f'<svg viewBox="0 0 16 12" aria-hidden="true">{shape}</svg>')  # noqa: S704 (ours)


def _head_of(grid: Grid) -> int:
    """Return the column that names a row: the first that holds words."""
    return next((i for i, column in enumerate(grid.columns) if not column.numeric), 0)


def _column_class(column: Column) -> Markup:
    return _class("num" if column.numeric else "", "wide" if column.wide else "")


def _cell_class(column: Column, cell: Cell) -> Markup:
    number, wide = "num" if column.numeric else "", "wide" if column.wide else ""
    return _class(number, wide, cell.tone, "nowrap" if cell.mark else "")


def _class(*names: str) -> Markup:
    joined = " ".join(name for name in names if name)
    return Markup(' class="{}"').format(joined) if joined else Markup("")
