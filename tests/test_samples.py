"""The sample month is what it claims to be, judged from its files with nothing of ours."""

from __future__ import annotations

import importlib
import json
import re
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from sample_month import ROOT, SAMPLES, calls, cost, counts, files, usable, use_case

if TYPE_CHECKING:
    from pathlib import Path


def test_a_month_of_one_company_in_less_than_five_megabytes() -> None:
    assert len(calls()) == len({row["request_id"] for row in calls()}) >= 22_000
    assert {row["startTime"][:7] for row in calls()} == {"2026-10"}
    assert len({use_case(row) for row in calls()}) == 16
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*.*")) < 5_000_000
    assert {path.parent.name for path in SAMPLES.rglob("*.[cj]s*")} == {
        "gateway", "openai", "anthropic",
    }  # fmt: skip


def test_prompts_have_many_shapes_and_none_dominates() -> None:
    mask = re.compile(r"(?:(?:[A-ZÀ-Þ][\w'&-]*|\d+)[ ,.:/]*)+")
    shapes, systems = Counter[str](), Counter[str]()
    of_case: dict[str, set[str]] = defaultdict(set)
    for row in calls():
        text = "\n".join(message["content"] for message in row["messages"])
        shape = mask.sub("N ", text)
        shapes[shape] += 1
        systems[mask.sub("N ", row["messages"][0]["content"])] += 1
        of_case[use_case(row)].add(shape)
    assert len(shapes) >= 500
    assert max(shapes.values()) <= 0.02 * len(calls())
    assert max(systems.values()) <= 0.02 * len(calls())
    assert min(len(found) for found in of_case.values()) >= 30


def test_a_repeated_text_was_the_same_request() -> None:
    sizes: dict[str, set[int]] = defaultdict(set)
    for row in calls():
        if row["prompt_tokens"]:
            sizes[json.dumps(row["messages"])].add(row["prompt_tokens"])
    assert all(len(found) == 1 for found in sizes.values())
    stuck = Counter(json.dumps(r["messages"]) for r in calls() if r["agent_id"])
    assert max(stuck.values()) >= 64


def test_exports_overlap_and_some_lines_are_damaged() -> None:
    lines = [line for found in files().values() for line in found]
    damaged = sum(usable(line) is None for line in lines)
    assert 0.0005 <= damaged / len(lines) <= 0.0015
    assert all(len(set(found)) < len(found) for found in files().values())
    weeks = list(files().values())
    assert all(set(one) & set(next_) for one, next_ in pairwise(weeks))


def test_the_stated_cost_is_the_list_price() -> None:
    total = Decimal(0)
    for row in calls():
        expected = Decimal(0) if row["cache_hit"] == "True" else cost(row["model"], counts(row))
        assert Decimal(repr(row["spend"])) == expected, row["request_id"]
        assert min(counts(row)) >= 0
        total += expected
    assert Decimal(6_000) < total < Decimal(12_000)


def test_failures_are_mostly_free_and_retried() -> None:
    failed = [
        row for row in calls() if row["status"] == "failure" and use_case(row) != "ticket-routing"
    ]
    billed = [row for row in failed if row["spend"]]
    assert 0 < len(billed) < len(failed) / 3
    assert sum(row["metadata"]["attempted_retries"] > 0 for row in calls()) > len(failed) / 2


def test_the_days_have_the_rhythm_of_an_office_and_one_storm() -> None:
    spent: dict[str, float] = defaultdict(float)
    monitor = Counter[str]()
    for row in calls():
        spent[row["startTime"][:10]] += row["spend"]
        monitor[row["startTime"][:13]] += use_case(row) == "sentiment-monitor"
    wednesdays = [spent[f"2026-10-{day:02}"] for day in (7, 21, 28)]
    assert spent["2026-10-14"] == pytest.approx(1.6 * sum(wednesdays) / 3, rel=0.05)
    saturdays = [spent[f"2026-10-{day:02}"] for day in (3, 10, 17, 24, 31)]
    assert 0.2 < sum(saturdays) / 5 / (sum(wednesdays) / 3) < 0.4
    assert len(monitor) == 31 * 24
    assert min(monitor.values()) >= 3


def test_the_generator_writes_these_very_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(ROOT)
    gateway = importlib.import_module("benchmarks.samples.gateway")
    traffic = importlib.import_module("benchmarks.samples.traffic")
    week = (date(2026, 10, 29), date(2026, 10, 31))
    days = {date(2026, 10, day): traffic.calls_of(date(2026, 10, day)) for day in range(28, 32)}
    assert gateway.lines(week, days) == files()[gateway.name(week)]


def test_the_large_log_says_truly_what_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(ROOT)
    large = importlib.import_module("benchmarks.samples.large")
    out = tmp_path / "log.jsonl"
    truth = large.write(3_000, out, seed=5, copies=0.02, bad=0.01)
    lines = out.read_text("utf-8").splitlines()
    good = [line for line in lines if line.endswith('"status":"success"}')]
    rows = [json.loads(line) for line in dict.fromkeys(good)]
    assert len(rows) == truth["good"] == 3_000
    assert len(lines) == truth["lines"]
    assert len(good) - len(rows) == truth["duplicates"] > 0
    assert len(lines) - len(good) == truth["bad"] > 0
    assert sum(row["prompt_tokens"] for row in rows) == truth["prompt_tokens"]
    assert sum(row["completion_tokens"] for row in rows) == truth["completion_tokens"]
