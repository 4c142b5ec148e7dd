"""What is kept of a text: digests, template, length, script, structure, and row for row."""

from __future__ import annotations

import hashlib
from typing import Any

import polars as pl
import pyarrow as pa
import pytest

from aiaudit import text
from aiaudit.engine import Engine
from aiaudit.schema import TEXT_FEATURES
from aiaudit.text.excerpt import excerpt, excerpt_sql

SYSTEM = "You sort tickets of Northwind Ltd. Assign each ticket to one queue."


def features(**columns: list[Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = text.features(pa.record_batch(columns)).to_pylist()
    return rows


def of(prompt: str | None, system: str | None = None) -> dict[str, Any]:
    batch = pa.record_batch(
        {
            "system_text": pa.array([system], pa.string()),
            "prompt_text": pa.array([prompt], "string"),
        }
    )
    row: dict[str, Any] = text.features(batch).to_pylist()[0]
    return row


def template(prompt: str | None, system: str | None = None) -> str | None:
    found: str | None = of(prompt, system)["template_id"]
    return found


def test_every_row_comes_back_in_its_place_with_every_column() -> None:
    batch = pa.record_batch({"prompt_text": ["a", None, "", "a"], "tools": [1, None, 0, 2]})
    kept = text.features(batch)
    assert kept.schema.names == list(TEXT_FEATURES)
    assert [row["prompt_chars"] for row in kept.to_pylist()] == [1, None, 0, 1]
    assert text.features(batch.slice(0, 0)).num_rows == 0
    assert text.features(batch.slice(2)).to_pylist() == kept.to_pylist()[2:]


def test_a_batch_without_texts_gives_nothing_but_its_rows() -> None:
    rows = features(tools=[3, 4])
    assert len(rows) == 2
    assert rows[0]["language"] == "none"
    assert rows[0]["rule_task"] is rows[0]["template_id"] is None


def test_a_system_prompt_is_digested_as_it_is() -> None:
    row = features(system_text=["Be brief.\n"], prompt_text=["hi"])[0]
    assert row["system_sha256"] == hashlib.sha256(b"Be brief.\n").hexdigest()


def test_digests_do_not_depend_on_who_else_is_in_the_batch() -> None:
    texts = [f"request {number % 3}" for number in range(40)]
    many = features(prompt_text=texts, system_text=texts)
    for number in range(3):
        alone = features(prompt_text=[texts[number]], system_text=[texts[number]])[0]
        assert many[number] == many[number + 3] == alone


def test_a_blank_text_has_no_digest() -> None:
    row = features(system_text=[""], prompt_text=[" \n "])[0]
    assert row["system_sha256"] is row["template_id"] is None


def test_a_template_survives_names_numbers_addresses_and_quotations() -> None:
    one = template('Summarize the call with Anna Berg about order 4471-B and "late parcel"')
    two = template('Summarize the call with Omar Said about order 9-22 and "wrong size"')
    assert one == two
    assert one is not None
    assert len(one) == 16


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Classify this ticket: my card is lost", "Classify this ticket: where is my refund?"),
        ("Translate into German.\n\nGood morning.", "Translate into German.\n\nSee you soon."),
        (
            "The pump failed at noon.\nSummarize the text above in one line.",
            "All parcels left on Monday.\nSummarize the text above in one line.",
        ),
    ],
)
def test_what_is_filled_in_does_not_make_another_template(one: str, two: str) -> None:
    assert template(one) == template(two)


def test_under_a_system_prompt_a_free_message_adds_nothing() -> None:
    assert template("my card is lost", SYSTEM) == template("hello? anybody?", SYSTEM)
    assert template("my card is lost", SYSTEM) == template(None, SYSTEM)
    assert template("my card is lost", SYSTEM) != template("my card is lost", "Be kind.")


def test_other_instructions_are_other_templates() -> None:
    assert template("Classify this ticket: x") != template("Translate this ticket: x")


@pytest.mark.parametrize(
    ("written", "script"),
    [
        ("Grüße aus Malmö, ça va très bien", "latin"),
        ("この文章を要約してください", "other"),
        ("Пожалуйста, переведите этот текст", "other"),
        ("12:30 — 45 %", "none"),
        ("", "none"),
    ],
)
def test_the_script_is_the_one_of_the_letters(written: str, script: str) -> None:
    assert of(written)["language"] == script


def test_complexity_is_nothing_for_a_greeting() -> None:
    assert of("Hello there")["complexity"] == 0


def test_complexity_adds_up_as_its_formula_says() -> None:
    # 2 words of constraint (4), 2 lines of a list (2), 1 step (3), 2 questions (1).
    prompt = "You must answer exactly:\n1. why?\n2. how?\nthen stop"
    assert of(prompt)["complexity"] == 4 + 2 + 3 + 1
    # Five tools are six with none: two doublings (4); a schema is 4.
    row = features(prompt_text=[prompt], tools=[5], has_schema=[True])[0]
    assert row["complexity"] == 10 + 4 + 4


def test_complexity_stays_between_nothing_and_a_hundred() -> None:
    endless = "must only never\n- a\nthen first, Example: x?\n```\n" * 4000
    row = features(prompt_text=[endless], tools=[10_000], has_schema=[True])[0]
    assert 90 <= row["complexity"] <= 100


def test_a_longer_text_is_never_less_complex() -> None:
    scores = [of("word " * count)["complexity"] for count in (1, 50, 100, 400, 2000, 20_000)]
    assert scores == sorted(scores)
    assert scores[0] < scores[-1]


def test_hostile_texts_are_texts() -> None:
    for hostile in (
        "\x00\x1b[31m",
        "~" * 5000,
        "\u202e\ufeff",
        "(" * 3000,
        "|" * 3000,
        "a" * 200_000,
    ):
        assert of(hostile, hostile)["template_id"] is not None


def test_a_text_that_was_read_before_gives_the_same_answer() -> None:
    texts = [
        f"Classify ticket {4000 + n} as billing or support. Answer with one word." for n in range(3)
    ]
    together = features(prompt_text=texts)
    again = features(prompt_text=list(reversed(texts)))
    assert [row["rule_task"] for row in together + again] == ["classification"] * 6
    assert together[0]["rule_share"] == again[2]["rule_share"]


TEXTS = [
    "",
    " ",
    "short",
    "  padded \n",
    "x" * 440,
    "x" * 441,
    "é" * 500,
    "\t" + "ab " * 400 + "\n",
]


def test_an_excerpt_is_the_same_in_the_engine_and_here() -> None:
    given = pa.table({"n": list(range(8)), "text": TEXTS})
    with Engine() as engine, engine.offered("given", given):
        rows = engine.rows(f"SELECT {excerpt_sql('text')} AS cut FROM given ORDER BY n")
    frame = pl.DataFrame({"text": TEXTS})
    ours = frame.select(excerpt(pl.col("text")))["text"]
    assert [row["cut"] for row in rows] == ours.to_list()
    assert frame.select(excerpt(excerpt(pl.col("text"))))["text"].equals(ours)


def test_a_prompt_may_come_as_its_excerpt() -> None:
    whole = features(prompt_text=["Summarise this. " + "word " * 400])
    cut = text.excerpt_sql("'" + "Summarise this. " + "word " * 400 + "'")
    with Engine() as engine:
        given = engine.value(f"SELECT {cut}")
    assert features(prompt_text=[given], prompt_chars=[2016]) == whole
