"""Hostile text in every field of an audit stays text: in HTML, Markdown and on the terminal."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

import pytest
from rich.console import Console
from test_report_markdown import tokens
from test_report_month import month
from test_report_sums import Page

from aiaudit import report
from aiaudit.report import html, markdown, terminal
from aiaudit.report.escape import clean
from aiaudit.report.model import view
from aiaudit.report.trail import trail

if TYPE_CHECKING:
    from pathlib import Path

    from aiaudit.ledger import Audit

PAYLOADS: Final = {
    "script": "</script><script>alert(1)</script>",
    "attribute": "\"' onload=alert(1) x='\"",
    "image": "<img src=x onerror=alert(1)>",
    "svg": "</text></svg><svg onload=alert(1)>",
    "style": "</style><style>*{display:none}",
    "comment": "--><!-- <b>",
    "template": "{{ 7*7 }}{% raw %}${7*7}#{7*7}",
    "ansi": "\x1b[31mred\x1b]0;title\x07\x1b[2J\x9b31m",
    "null": "a\x00b\x01c\x7fd\x85e",
    "surrogates": "a\ud800b\udfffc",
    "bidi": "\u202egpj.exe\u2066x\u200f\u061c",
    "zero width": "a\u200b\u200d\ufeff\u2060b\U000e0041",
    "markdown": "|`|``|[x](javascript:alert(1))|![i](http://a.b/c)|<http://a.b>|",
    "link": "see https://example.com/a www.example.com @someone #1 **b** _i_",
    "rich": "[red]x[/] [/] [link=http://a.b]y[/link] [",
    "formula": "=cmd|' /C calc'!A0",
    "huge": "W" * 40_000,
    "zalgo": "a" + "\u0301" * 5_000,
    "lines": "a\nb\r\nc\u2028d\u2029e\n# heading\n- item\n\n> quote",
    "empty": "",
    "entity": "&lt;b&gt; &#60;script&#62;",
}
# Words that the code compares with, so that a payload there would only hide the row.
_KEPT: Final = {"state", "class", "kind", "lever", "needed_tier", "served_tier"}


def poisoned(audit: Audit, payload: str, *, keys: bool) -> Audit:
    """Return the audit with the payload as every text; `keys` also where code compares words."""

    def text(value: Any) -> Any:  # noqa: ANN401  # any JSON value
        if isinstance(value, str):
            return payload
        if isinstance(value, dict):
            return {payload if k == "reason" else k: text(v) for k, v in value.items()}
        return [text(item) for item in value] if isinstance(value, list | tuple) else value

    tables = {}
    for name, table in audit.tables.items():
        hit = [unit == "text" and (keys or column not in _KEPT) for column, unit in table.columns]
        rows = tuple(
            tuple(payload if h and c is not None else c for h, c in zip(hit, row, strict=True))
            for row in table.rows
        )
        tables[name] = replace(table, rows=rows, reason=payload)
    facts = {k: replace(f, reason=payload, step=payload) for k, f in audit.facts.items()}
    return replace(
        audit,
        run={**text(audit.run), payload: payload},
        sources=tuple({**text(s), "reasons": {payload: 3}} for s in audit.sources),
        coverage=text(audit.coverage),
        facts=facts,
        steps={payload: {"sql": payload, "sha256": payload, "inputs": [payload]}},
        tables=tables,
    )


# Every payload as every text; a few also where the words that code compares with are kept.
CASES: Final = [
    *(pytest.param(payload, True, id=name) for name, payload in PAYLOADS.items()),
    *(
        pytest.param(PAYLOADS[name], False, id=f"{name}, keys kept")
        for name in ("script", "attribute", "ansi", "markdown", "rich", "huge")
    ),
]


@cache
def harmless(*, keys: bool) -> tuple[frozenset[str], Counter[str]]:
    """Return the elements of a page and the tokens of Markdown when every text is harmless."""
    made = view(poisoned(month(), "harmless", keys=keys))
    return frozenset(Page(html.render(made)).elements), Counter(tokens(markdown.render(made)))


@pytest.mark.parametrize(("payload", "keys"), CASES)
def test_nothing_acts_in_a_page(payload: str, *, keys: bool) -> None:
    text = html.render(view(poisoned(month(), payload, keys=keys)))
    found = Page(text)
    assert set(found.elements) <= harmless(keys=keys)[0]
    assert found.elements.count("script") == found.elements.count("style") == 1
    assert not [n for n, _ in found.attributes if n.startswith("on") or n in {"style", "src"}]
    assert all(value.startswith("#") for name, value in found.attributes if name == "href")
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", text
    )
    if "{{ 7*7 }}" in payload:
        assert "{{ 7*7 }}" in text
    assert len(text) < 1_500_000
    text.encode("utf-8")


@pytest.mark.parametrize(("payload", "keys"), CASES)
def test_nothing_is_markup_in_markdown(payload: str, *, keys: bool) -> None:
    text = markdown.render(view(poisoned(month(), payload, keys=keys)))
    kinds = tokens(text)
    assert len(text) <= markdown.LIMIT
    assert not [k for k in kinds if "html" in k or "link" in k or k in {"image", "blockquote_open"}]
    expected = harmless(keys=keys)[1]
    for kind in ("heading_open", "tr_open", "td_open", "bullet_list_open", "hr", "fence"):
        assert kinds.count(kind) == expected[kind], kind
    text.encode("utf-8")


@pytest.mark.parametrize(("payload", "keys"), CASES)
def test_nothing_but_colours_reaches_the_terminal(payload: str, *, keys: bool) -> None:
    out = StringIO()
    console = Console(file=out, width=80, force_terminal=True, color_system="standard")
    terminal.summary(poisoned(month(), payload, keys=keys), console)
    rest = re.sub("\x1b\\[[0-9;]*m", "", out.getvalue())
    assert len(rest.splitlines()) < 24
    assert rest.replace("\n", "").isprintable()


@pytest.mark.parametrize("payload", [PAYLOADS["surrogates"], PAYLOADS["null"]])
def test_reports_can_be_written_whatever_a_name_holds(payload: str, tmp_path: Path) -> None:
    made = report.write(poisoned(month(), payload, keys=True), tmp_path, ("html", "md", "json"))
    assert [path.name for path in made] == ["report.html", "report.md", "audit.json"]


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_the_trail_of_a_fact_survives_any_step(payload: str) -> None:
    assert trail(poisoned(month(), payload, keys=True), "cost.list")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("a\ud800b", "a\ufffdb"),
        ("\u202eabc\u2069", "abc"),
        ("a \t\n b", "a b"),
        ("e" + "\u0301" * 9, "\u00e9" + "\u0301" * 3),
        ("x" * 500, "x" * 399 + "…"),
    ],
)
def test_clean_text_has_one_line_of_visible_characters(text: str, expected: str) -> None:
    assert clean(text) == expected
