"""The page in a real browser: accessible, silent, as wide as the screen, and right on paper."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any, Final

import pytest
from test_report_states import STATES

from aiaudit.report import html
from aiaudit.report.model import view

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")

ARGUMENTS: Final = [
    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES: Final = {"desktop": (1280, 900), "phone": (390, 844)}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as engine:
        started = engine.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    for name, audit in STATES.items():
        (folder / f"{name}.html").write_text(html.render(view(audit())), "utf-8")
    return {name: folder / f"{name}.html" for name in STATES}


def opened(browser: Any, file: Path, size: str, scheme: str = "light") -> tuple[Any, list[str]]:  # noqa: ANN401
    """Return the page, and a list that collects what it says and asks for."""
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda r: heard.append(r.url) if r.url != file.as_uri() else None)
    page.goto(file.as_uri())
    return page, heard


@pytest.mark.parametrize(
    ("state", "size", "scheme"),
    [
        ("month", "desktop", "light"),
        ("month", "desktop", "dark"),
        ("month", "phone", "light"),
        ("month", "phone", "dark"),
        ("unreconciled", "desktop", "dark"),
    ],
)
def test_nothing_stands_between_the_page_and_its_reader(
    browser: Any,  # noqa: ANN401
    files: dict[str, Path],
    state: str,
    size: str,
    scheme: str,
) -> None:
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="axe is not installed")
    page, heard = opened(browser, files[state], size, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    found = axe.Axe().run(page)["violations"]
    page.close()
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found] == []
    assert heard == []


@pytest.mark.parametrize("state", ["month", "long names", "right to left"])
def test_a_phone_never_scrolls_the_page_sideways(
    browser: Any,  # noqa: ANN401
    files: dict[str, Path],
    state: str,
) -> None:
    page, heard = opened(browser, files[state], "phone")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert wide == SIZES["phone"][0]
    assert heard == []


def test_the_theme_turns_and_a_table_sorts(browser: Any, files: dict[str, Path]) -> None:  # noqa: ANN401
    page, heard = opened(browser, files["month"], "desktop")
    page.click("#theme")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.inner_text("#theme") == "Light"
    page.click("#t-drivers thead th:nth-child(6) button")
    costs = page.eval_on_selector_all(
        "#t-drivers tbody td:nth-child(6)", "cells => cells.map(c => parseFloat(c.dataset.v))"
    )
    page.close()
    assert costs == sorted(costs)
    assert heard == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext on this machine")
@pytest.mark.parametrize(
    ("state", "paper"), [("month", "A4"), ("month", "Letter"), ("long names", "A4")]
)
def test_the_first_sheet_holds_the_summary_and_the_bridge(
    browser: Any,  # noqa: ANN401
    files: dict[str, Path],
    tmp_path: Path,
    state: str,
    paper: str,
) -> None:
    page, _ = opened(browser, files[state], "desktop")
    target = tmp_path / "report.pdf"
    page.pdf(path=target, format=paper, prefer_css_page_size=paper == "A4")
    page.close()
    done = subprocess.run(
        ["pdftotext", "-layout", str(target), "-"],  # noqa: S607
        capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    sheets = done.stdout.split("\f")
    assert "Before you act" in sheets[0]
    assert "All levers" in sheets[0]
    assert "$9,768" in sheets[0]
    assert "Tier needed and use case" in sheets[1]
    assert sheets[0].replace(" ", "").rstrip().endswith(f"1/{len(sheets) - 1}")
    assert len(sheets) - 1 <= 6
