"""`aiaudit pricing import` reads two kinds of files, and trusts neither."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from patched import apply
from proposing import SHEET, catalogue, entry, proposed, rates

from aiaudit import pricing

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Program


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return catalogue(tmp_path)


GENAI: list[dict[str, Any]] = [
    {
        "id": "openai",
        "models": [
            {
                "id": "gpt-x",
                "prices": [
                    {"prices": {"input_mtok": 1, "output_mtok": 4}},
                    {
                        "constraint": {"start_date": "2025-05-01"},
                        "prices": {"input_mtok": 0.8, "output_mtok": 4},
                    },
                    {
                        "constraint": {"start_date": "2025-09-01"},
                        "prices": {"input_mtok": 0.1, "output_mtok": 4},
                    },
                ],
            },
            {
                "id": "gpt-new",
                "prices": {
                    "input_mtok": {"base": 1, "tiers": [{"start": 200000, "price": 2}]},
                    "output_mtok": 4,
                    "cache_write_mtok": 1.25,
                    "web_searches_kcount": 10,
                    "input_video_mtok": 3,
                },
                "price_variants": [
                    {"when": {"processing": "batch"}, "prices": {"input_mtok": 0.5}},
                    {"when": {"speed": "fast"}, "prices": {"input_mtok": 5}},
                ],
            },
        ],
    }
]


def test_data_of_genai_prices_brings_its_dates(program: Program, folder: Path) -> None:
    diff, told = proposed(program, folder, GENAI)
    assert told == "     1 changed\n     1 new\n"
    assert "+        until: 2025-05-01  # still holds" in diff
    assert "+      # check: input_video_mtok is not taken over" in diff
    assert "+      # check: the file also states a variant of the price" in diff
    apply(diff, folder / "sheets")
    assert rates(folder, "openai/gpt-x")["input"] == Decimal("0.8")
    price = pricing.load(base=folder / "sheets").offerings["openai/gpt-new"].prices[0]
    assert price.standard.long == {
        "input": Decimal(2), "output": Decimal(4), "cache_write_5m": Decimal("1.25"),
    }  # fmt: skip
    assert price.fees == {"web_searches": Decimal("0.01")}
    assert price.modes["batch"].rates == {"input": Decimal("0.5")}


def test_a_sheet_of_genai_prices_in_yaml_is_read_too(program: Program, folder: Path) -> None:
    (folder / "openai.yml").write_text(
        "name: OpenAI\nid: openai\nmodels:\n  - id: gpt-new\n    match: {equals: gpt-new}\n"
        "    prices:\n      input_mtok: 0.30\n      output_mtok: 1.20\n",
        "utf-8",
    )
    ended = program(
        "pricing", "import", "openai.yml", "--catalogue", "sheets", "-o", "out.diff", cwd=folder
    )
    assert (ended.returncode, ended.stdout) == (0, "")
    diff = (folder / "out.diff").read_text("utf-8")
    assert "+        rates: {input: 0.3, output: 1.2}" in diff
    # Without --on, the clock of the run, which the tests hold at 2025-12-01.
    assert '+        source: "genai-prices of 2025-12-01"' in diff


def test_nothing_is_overwritten(program: Program, folder: Path) -> None:
    (folder / "file.json").write_text(json.dumps({"gpt-new": entry()}), "utf-8")
    arguments = ("pricing", "import", "file.json", "--catalogue", "sheets", "-o")
    ended = program(*arguments, "sheets/openai.yaml", cwd=folder)
    assert ended.returncode == 2
    assert ended.stderr == "aiaudit: openai.yaml exists already; a proposal overwrites nothing\n"
    assert (folder / "sheets" / "openai.yaml").read_text("utf-8") == SHEET
    assert program(*arguments[:-1], "--on", "soon", cwd=folder).returncode == 2


HOSTILE = {
    "nothing": b"",
    "no JSON": b"{",
    "NaN": b'{"a": {"litellm_provider": "openai", "input_cost_per_token": NaN}}',
    "no text": b"\xff\xfe\x00",
    "an abyss": b"[" * 100_000,
    "a list": b"[1, 2]",
    "a word": b'"prices"',
    "Portkey's cents": b'{"default": {"pricing_config": {"pay_as_you_go": {}}}}',
}


@pytest.mark.parametrize("content", HOSTILE)
def test_what_is_no_price_file_ends_in_one_sentence(
    program: Program, folder: Path, content: str
) -> None:
    (folder / "file.json").write_bytes(HOSTILE[content])
    ended = program("pricing", "import", "file.json", "--catalogue", "sheets", cwd=folder)
    assert (ended.returncode, ended.stdout) == (3, "")
    assert ended.stderr.startswith("aiaudit: file.json is ")
    assert len(ended.stderr.splitlines()) == 1


def test_a_file_that_is_not_there_ends_in_one_sentence(program: Program, folder: Path) -> None:
    ended = program("pricing", "import", "none.json", cwd=folder)
    assert ended.returncode == 3
    assert ended.stderr == "aiaudit: none.json cannot be read: No such file or directory\n"


def test_hostile_entries_neither_act_nor_break_the_sheet(program: Program, folder: Path) -> None:
    content = {
        'a: b, #"{x}': entry(),
        "line\nbreak": entry(),
        "true": entry(),
        "x" * 10_000: entry(),
        "deep": entry(input_cost_per_token={"a": 1}),
        "huge": entry(input_cost_per_token=1e300),
        "endless": entry(input_cost_per_token="1e999999"),  # noqa: S106  # no password
        "\u202e\x1b[2J": entry(),
        "odd": {"litellm_provider": ["openai"], "mode": {}, "input_cost_per_token": []},
        "none": None,
    }
    diff, _ = proposed(program, folder, content)
    assert all(line.isprintable() for line in diff.split("\n"))
    apply(diff, folder / "sheets")
    found = pricing.load(base=folder / "sheets").offerings
    assert {'openai/a: b, #"{x}', "openai/true"} <= set(found)
    assert len(max(found, key=len)) < 100
