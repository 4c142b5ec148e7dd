"""What is kept between runs is found again only when it is sound, and changes no price."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from aiaudit import pricing
from aiaudit.engine import Engine
from aiaudit.pricing import book, cache, documents, sheets, tiers
from aiaudit.pricing import compile as compiling

HERE = Path(__file__).parent / "pricing"
TABLES = ("offerings", "rates", "roles", "aliases", "uplift", "harm", "trust", "prices")
MINE = 0o700


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which things are kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "aiaudit"


def tables(catalogue: pricing.Catalogue) -> dict[str, list[dict[str, Any]]]:
    with Engine() as engine:
        counts = pricing.install(engine, catalogue)
        made = {table: engine.rows(f"SELECT * FROM {table}") for table in TABLES}
    return made | {"counts": [{"roundings": counts.roundings, **counts.defaults}]}


def test_tables_that_were_kept_are_the_same(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = pricing.load(base=HERE / "catalogue")
    first = tables(catalogue)
    assert [file.name.partition("-")[0] for file in kept.iterdir()].count("tables") == 1
    monkeypatch.setattr(compiling, "compiled", None)
    assert tables(catalogue) == first


def test_a_customers_terms_are_never_kept(kept: Path) -> None:
    catalogue = pricing.load([HERE / "overlay"], HERE / "catalogue")
    tables(catalogue)
    assert not [file for file in kept.glob("*") if file.name.startswith("tables")]


def test_kept_sheets_are_read_as_they_were_written(kept: Path) -> None:
    mistakes: list[str] = []
    texts = {file.name: file.read_text("utf-8") for file in (HERE / "catalogue").glob("*.yaml")}
    roots = {name: documents.parse(text, name, mistakes) for name, text in texts.items()}
    scheme = roots.pop("tiers.yaml")
    assert scheme is not None
    made = [sheets.sheet(r.fields(sheets.SHEET)) for r in roots.values() if r]
    assert book.recall("0" * 64) is None
    book.keep("0" * 64, made, tiers.tiers_of(scheme))
    assert book.recall("0" * 64) == (made, tiers.tiers_of(scheme))
    assert book.recall("1" * 64) is None
    assert [file.stat().st_mode & 0o777 for file in kept.iterdir()] == [0o600]


def test_a_changed_file_is_not_believed(kept: Path) -> None:
    cache.keep("kind", "origin", b"content")
    assert cache.recall("kind", "origin") == b"content"
    assert cache.recall("other", "origin") is None
    file = next(kept.iterdir())
    for damaged in (b"", b"x" * 64, file.read_bytes()[:-1], file.read_bytes() + b"!"):
        whole = file.read_bytes()
        file.write_bytes(damaged)
        assert cache.recall("kind", "origin") is None
        file.write_bytes(whole)
    assert cache.recall("kind", "origin") == b"content"


def test_a_file_of_another_origin_is_not_believed(kept: Path) -> None:
    cache.keep("kind", "one", b"cheap")
    cheap = next(kept.iterdir()).read_bytes()
    cache.keep("kind", "two", b"dear")
    for file in kept.iterdir():
        file.write_bytes(cheap)
    assert cache.recall("kind", "two") is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_file_that_others_could_have_written_is_not_believed(kept: Path) -> None:
    cache.keep("kind", "origin", b"content")
    file = next(kept.iterdir())
    for path, mode in ((file, 0o622), (kept, 0o777)):
        usual = path.stat().st_mode
        path.chmod(mode)
        assert cache.recall("kind", "origin") is None
        path.chmod(usual)
    elsewhere = kept.parent / "elsewhere"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)
    assert cache.recall("kind", "origin") is None


def test_where_nothing_can_be_kept_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    for unusable in (tmp_path / "file", Path(os.devnull)):
        monkeypatch.setenv("XDG_CACHE_HOME", str(unusable))
        cache.keep("kind", "origin", b"content")
        assert cache.recall("kind", "origin") is None


def test_only_the_latest_are_kept(kept: Path) -> None:
    kept.mkdir(mode=MINE)
    for number in range(9):
        cache.keep("kind", str(number), b"content")
    assert len(list(kept.iterdir())) == 6
    assert cache.recall("kind", "8") == b"content"
