"""The HTML report: one inert file with every table, chart and section in its place."""

from __future__ import annotations

import base64
import hashlib
import re
from decimal import Decimal
from typing import Final

from test_report_month import month
from test_report_states import STATES, two_hundred
from test_report_sums import Page, page

from aiaudit.report import html
from aiaudit.report.blocks import Drawing, Grid
from aiaudit.report.charts import Bridge, Segment, Step
from aiaudit.report.model import view
from aiaudit.report.svg import LIGHT
from aiaudit.resources import shipped

D: Final = Decimal
TABLES: Final = ("levers", "statement", "flow", "evidence", "daily", "drivers", "use-cases",
                 "reconciliation", "sources", "unpriced", "assumptions")  # fmt: skip


def test_the_page_loads_nothing_and_styles_nothing_inline() -> None:
    text = page()
    found = Page(text)
    assert not re.search(r"https?://", text)
    assert not {"img", "link", "iframe", "object", "form"} & set(found.elements)
    names = [name for name, _ in found.attributes]
    assert "style" not in names
    assert not [name for name in names if name.startswith("on") or name == "src"]
    assert {v[0] for n, v in found.attributes if n == "href"} == {"#"}
    assert found.elements.count("script") == found.elements.count("style") == 1


def test_the_policy_names_exactly_our_style_and_our_script() -> None:
    text = page()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;;")
    for element in ("style", "script"):
        body = re.search(f"<{element}>(.*?)</{element}>", text, re.DOTALL)
        assert body
        digest = base64.b64encode(hashlib.sha256(body[1].encode()).digest()).decode()
        assert f"{element}-src &#39;sha256-{digest}&#39;" in policy[1]


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    attributes = Page(page()).attributes
    ids = [value for name, value in attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {value[1:] for name, value in attributes if name == "href"} <= set(ids)
    labelled = [v for n, v in attributes if n == "aria-labelledby"]
    assert {part for value in labelled for part in value.split()} <= set(ids)


def test_every_table_is_there() -> None:
    assert {f"t-{name}" for name in TABLES} <= set(Page(page()).tables)


def test_two_hundred_use_cases_are_shown_as_the_dearest_and_the_rest() -> None:
    tables = Page(html.render(view(two_hundred()))).tables
    assert len(tables["t-use-cases"]) == 26
    assert any(row[0] == "40 other use cases" for row in tables["t-statement"])


def test_colours_of_charts_are_those_of_the_light_theme() -> None:
    css = (shipped("templates") / "report.css").read_text("utf-8")
    light = dict(re.findall(r"--(\w+): (#\w+);", css.split("}")[0]))
    assert {name: light[name] for name in LIGHT} == LIGHT
    dark = re.findall(r"\{([^{}]*--bg: #0f151b[^{}]*)\}", css)
    assert len(dark) == 2
    assert dark[0].split() == dark[1].split()


def test_shapes_carry_a_class_and_a_literal_colour() -> None:
    shapes = re.findall(r"<(?:rect|path|line|text|tspan) [^>]*>", page())
    assert all('class="' in s or "<text" in s for s in shapes if "hatch" not in s)
    assert all("fill=" in s or "stroke=" in s or "<text" in s for s in shapes)


def test_a_chart_says_its_figures_in_words() -> None:
    drawings = [b for s in view(month()).sections for b in s.blocks if isinstance(b, Drawing)]
    assert [drawing.label for drawing in drawings] == ["Savings bridge", "Cost by day"]
    assert "Routing by tier \u2212$22,924" in drawings[0].chart.desc


def test_two_model_levers_are_one_bar_with_two_segments() -> None:
    parts = (Segment(change=D(-20), label="newer"), Segment(change=D(-30), label="by tier"))
    bridge = Bridge(
        start=D(100), end=D(50), supported=D(80), labels=("$100", "$50", "$80"),
        names=("Usage", "Right-sized"), desc="",
        steps=(Step(title="Model choice", label="\u2212$50", segments=parts),),
    )  # fmt: skip
    svg = bridge.svg()
    assert bridge.steps[0].change == -50
    assert svg.count('class="good"') == 2
    assert "newer" in svg
    assert "by tier" in svg


def test_sections_without_data_say_so_in_words() -> None:
    made = view(STATES["empty"]())
    for section in made.sections[:7]:
        assert not [block for block in section.blocks if isinstance(block, Grid)]
        assert "No call in the period." in page("empty")
