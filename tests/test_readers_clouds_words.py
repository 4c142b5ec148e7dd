"""What the words of a cloud's bill mean, and what no bill may bring down."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import duckdb
import pyarrow as pa
from taken import take, written

from aiaudit import pricing
from aiaudit.engine import Engine
from aiaudit.readers.bill_text import bill
from aiaudit.readers.money import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterable

SAMPLES: Final = Path(__file__).parent / "readers"

# provider, product, what the line says, and the model and class that it means
MEANT: Final = (
    ("google", "", "Generate content output token count gemini 2.5 flash short input text",
     "gemini-2.5-flash", "output"),
    ("google", "", "Generate_content text cached input token count for gemini 3 pro short",
     "gemini-3-pro-preview", "cache_read"),
    ("google", "", "Generate content input token count gemini 2.5 flash input audio",
     "gemini-2.5-flash", "audio_input"),
    ("vertex", "", "Gemini 3.1 Flash Lite Text Input - Predictions",
     "gemini-3.1-flash-lite", "input_uncached"),
    ("vertex", "", "Gemini 3.8 Flash Text Input Caching Storage", "gemini-3.8-flash", None),
    ("google", "", "Generate_content image output token count for Gemini 3 Pro Image",
     "gemini-3-pro-image", "image_output"),
    ("google", "", "Grounding with Google Search on Gemini 3", None, None),
    ("google", "", "Imagen 4 fast Generation (output)", None, None),
    ("bedrock", "Amazon Bedrock", "USE1-NovaMicro-cache-read-input-token-count",
     "amazon.nova-micro-v1:0", "cache_read"),
    ("bedrock", "Amazon Bedrock", "UGW1-openai.gpt-5.6-terra-mantle-input-tokens-long-ctx-standard",
     "openai.gpt-5.6-terra", "input_uncached"),
    ("bedrock", "Amazon Bedrock", "EU-Qwen3-32B-output-tokens-batch", "qwen.qwen3-32b-v1:0",
     "output"),
    ("bedrock", "Claude Sonnet 4.6 (Amazon Bedrock Edition)",
     "USE1-MP:USE1_cache_write_tokens_1h_global_standard-Units",
     "global.anthropic.claude-sonnet-4-6", "cache_write_1h"),
    ("bedrock", "Claude 3.5 Sonnet v2 (Amazon Bedrock Edition)",
     "USW2-MP:USW2_OutputTokenCount-Units", "anthropic.claude-3-5-sonnet-20241022-v2:0", "output"),
    ("bedrock", "Claude Sonnet 4.6 (Amazon Bedrock Edition)",
     "USE1-MP:USE1_Reserved_1Month_InputTPM_Geo-Units", "us.anthropic.claude-sonnet-4-6", None),
    ("azure", "Azure OpenAI", "gpt 4o 1120 cached Inp glbl Tokens", "gpt-4o-2024-11-20",
     "cache_read"),
    ("azure", "Azure OpenAI", "5.6 sol ShortCo Cd Wr Std Gl 1M Tokens", "gpt-5.6-sol",
     "cache_write_5m"),
    ("azure", "Azure OpenAI", "5.4 opt Dz 1M Tokens", "gpt-5.4", "output"),
    ("azure", "Azure OpenAI", "gpt-oss-120B Inp glbl Tokens", "gpt-oss-120b", "input_uncached"),
)  # fmt: skip


def read(lines: Iterable[tuple[str, ...]]) -> list[tuple[Any, ...]]:
    """Return sku, model, class, rate class, quantity, unit and why ignored of each line."""
    rows = pa.table(
        list(map(list, zip(*lines, strict=True))), names=["provider", "product", "said"]
    )
    select = (
        "SELECT provider, said, product, said AS sku, 'usage' AS category, '2.5' AS used,"
        " '1K' AS used_unit, CAST(NULL AS VARCHAR) AS stated_model, CAST(NULL AS VARCHAR) AS"
        " stated_class, CAST(NULL AS VARCHAR) AS block, CAST(NULL AS BOOLEAN) AS about_ai,"
        " CAST(NULL AS VARCHAR) AS ignored FROM rows"
    )
    with duckdb.connect() as db:
        db.register("rows", rows)
        return db.execute(
            "SELECT sku, model_raw, token_class, rate_class, quantity, unit, ignored"
            f" FROM ({bill(select)}) AS lines"
        ).fetchall()


def test_the_words_of_a_bill_name_the_model_and_the_token_class() -> None:
    found = read((provider, product, said) for provider, product, said, _, _ in MEANT)
    assert [row[:3] for row in found] == [(said, *means) for _, _, said, *means in MEANT]


def test_how_a_line_was_served_stands_in_its_words() -> None:
    rates = {row[0]: row[3] for row in read(
        [("bedrock", "Amazon Bedrock", "EU-Qwen3-32B-output-tokens-batch"),
         ("bedrock", "Amazon Bedrock", "USE1-xai.grok-4.3-mantle-input-tokens-flex"),
         ("vertex", "Vertex AI", "Gemini 3 Flash Image Input Caching Priority"),
         ("azure", "Azure OpenAI", "5 mini pp Inp Gl 1M Tokens"),
         ("azure", "Azure OpenAI", "Provisioned Managed Global Unit"),
         ("azure", "Azure OpenAI", "GPT 5 outpt Glbl 1M Tokens")]
    )}  # fmt: skip
    assert list(rates.values()) == [
        "batch",
        "flex",
        "priority",
        "priority",
        "provisioned",
        "standard",
    ]


def test_only_token_lines_are_counted_in_tokens_and_other_services_are_left_out() -> None:
    rows = read([("azure", "Azure OpenAI", "5.4 opt Gl 1M Tokens"),
                 ("azure", "Azure OpenAI", "Provisioned Managed Global Unit"),
                 ("azure", "Storage", "Hot LRS Data Stored")])  # fmt: skip
    assert [row[4:] for row in rows] == [
        (Decimal(2500), "tokens", None),
        (Decimal("2.5"), "1K", None),
        (Decimal("2.5"), "1K", "another service"),
    ]


def test_the_models_of_a_bill_are_those_of_the_catalogue(tmp_path: Path) -> None:
    names = ("aws-cur", "azure-costs", "google-billing-export", "google-billing-reports")
    taken = take(tmp_path, *(SAMPLES / name for name in names))
    lines = {(c["provider"], c["model_raw"]) for c in taken["charges"] if c["token_class"]}
    assert len(lines) >= 8
    with Engine() as engine:
        pricing.install(engine, pricing.load())
        named = pa.table({"provider": [p for p, _ in lines], "model_raw": [m for _, m in lines],
                          "started_at": [None] * len(lines)})  # fmt: skip
        with engine.offered("given", named):
            engine.create("charged", "SELECT * FROM given")
        pricing.identify(engine, "charged")
        unknown = engine.rows("SELECT model_raw FROM identified WHERE offering IS NULL")
    assert unknown == []


def test_an_amount_of_a_console_loses_its_symbol_and_its_separators() -> None:
    told = {"$1,234.50": "1234.50", "(1.20)": "-1.20", "1.234,5": "1234.5",
            "12,34,567.8": "1234567.8",
            "-€0.10": "-0.10", "": None, " ": None, "n/a": "n/a", "8.4E-06": "8.4E-06"}  # fmt: skip
    assert {stated: plain_number(stated) for stated in told} == told


def test_odd_values_are_refused_and_never_a_crash(tmp_path: Path) -> None:
    odd: list[Any] = [None, [], [1], "x", True, 1, {"f": [1]}, "1e999"]
    for name in ("aws-cost-explorer/sample.json", "azure-cost-query/sample.json",
                 "google-billing-export/sample.jsonl", "bedrock-events/sample.json"):  # fmt: skip
        text = (SAMPLES / name).read_text("utf-8")
        record = json.loads(text.splitlines()[0] if name.endswith("l") else text)
        changed = [record | {key: value} for key in record for value in odd]
        written(tmp_path / "in" / name, json.dumps([record, record, *changed[::2]]))
        written(tmp_path / "in" / f"{name}.jsonl", [record, record, *changed[1::2]])
    found = take(tmp_path, tmp_path / "in")
    assert not found.intake.failures
    assert not found.intake.unrecognised


def test_numbers_beyond_all_measure_stop_nothing(tmp_path: Path) -> None:
    names = ("focus", "aws-cur", "azure-costs")
    for huge in ("9" * 20, "-9999999999", "99999.99", "1e300", "-0.0000000000000000000009"):
        for name in names:
            header, *rows = _cells(SAMPLES / name / "sample.csv")
            odd = [[huge if _is_number(cell) else cell for cell in row] for row in rows]
            path = tmp_path / "in" / f"{name}{huge[:6]}.csv"
            path.parent.mkdir(exist_ok=True)
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([header, *odd])
    found = take(tmp_path, tmp_path / "in")
    assert not found.intake.failures
    assert len(found["sources"]) == 5 * len(names)


def _cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _is_number(cell: str) -> bool:
    return cell.replace(".", "").replace("-", "").isdigit() and "-" not in cell[1:]
