"""What the settings take, what they refuse, and how they say so."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from aiaudit import levers, schema, usage
from aiaudit.settings import (
    Flags,
    Mapped,
    Routing,
    Rule,
    Settings,
    Tolerances,
    UseCase,
    keys,
    load,
    machine,
    model,
    public,
    scalars,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

DESIGN = """\
title: Intelligence P&L, November 2026
client: Example plc
timezone: Europe/London
readers: {mapped: [{files: "export_*.csv", columns: {started_at: when, model: name}}]}
rules: [{match: {use_case: "email-*"}, task: classification},
        {match: {system_prompt_sha256: "ab12"}, use_case: triage}]
use_cases: {email-triage: {owner: Support, target_cost: 0.001, max_tier: micro, stage: scale,
            never_downgrade: false}}
routing: {providers: same, allow: [], deny: [], router_model: null}
levers: {avoid: {enabled: true}, route: {enabled: false}}
memory_limit: 4GB
threads: 2
tolerances: {unpriced_share: 0.01, rejected_share: 0.02, materiality: 0.005}
budgets: {}
"""


def loaded(tmp_path: Path, text: str, flags: Flags | None = None, **environ: str) -> Settings:
    (tmp_path / "aiaudit.yaml").write_text(text, "utf-8")
    return load(flags, folder=tmp_path, environ={f"AIAUDIT_{k}": v for k, v in environ.items()})


def test_nothing_said_gives_the_defaults(tmp_path: Path) -> None:
    settings = load(folder=tmp_path)
    assert settings.output == Path("aiaudit-report")
    assert settings.timezone == "UTC"
    assert settings.tolerances == Tolerances(
        unpriced_share=Decimal("0.01"), rejected_share=Decimal("0.01"), materiality=Decimal("0.01")
    )
    assert settings.formats == ("html", "md", "json")
    assert settings.config is None


def test_every_key_of_the_design_is_read_as_what_it_is(tmp_path: Path) -> None:
    settings = loaded(tmp_path, DESIGN)
    assert (settings.title, settings.client) == ("Intelligence P&L, November 2026", "Example plc")
    assert settings.mapped == (
        Mapped(files="export_*.csv", columns={"started_at": "when", "model_raw": "name"}),
    )
    assert settings.rules == (
        Rule(match={"use_case": "email-*"}, task="classification"),
        Rule(match={"system_prompt_sha256": "ab12"}, use_case="triage"),
    )
    assert settings.use_cases == {
        "email-triage": UseCase(
            owner="Support", target_cost=Decimal("0.001"), max_tier="micro", stage="scale"
        )
    }
    assert settings.routing == Routing()
    assert settings.levers == {"avoid": True, "route": False}
    assert (settings.memory_limit, settings.threads) == ("4GB", 2)
    assert settings.tolerances.materiality == Decimal("0.005")


def test_amounts_never_pass_through_a_float(tmp_path: Path) -> None:
    settings = loaded(tmp_path, "use_cases: {a: {target_cost: 0.100000000000000001}}")
    assert settings.use_cases["a"].target_cost == Decimal("0.100000000000000001")


def test_what_yaml_would_make_of_a_word_does_not_matter(tmp_path: Path) -> None:
    settings = loaded(tmp_path, "title: 2026-11-01\nclient: no\nrules: [{match: {team: 007}}]")
    assert (settings.title, settings.client) == ("2026-11-01", "no")
    assert settings.rules[0].match == {"team": "007"}


def test_an_empty_file_and_an_empty_value_say_nothing(tmp_path: Path) -> None:
    assert loaded(tmp_path, "# nothing\n").title is None
    settings = loaded(tmp_path, "title:\nuse_cases: {a: }\nlevers: {route: }\nrules: null\n")
    assert settings.title is None
    assert settings.use_cases == {"a": UseCase()}
    assert settings.levers == {"route": True}


def test_flags_outrank_variables_and_variables_outrank_the_file(tmp_path: Path) -> None:
    text = "title: file\nclient: file\ntimezone: Europe/Paris"
    settings = loaded(
        tmp_path, text, Flags(timezone="UTC"), CLIENT="variable", TIMEZONE="Asia/Tokyo", TITLE=""
    )
    assert (settings.title, settings.client, settings.timezone) == ("file", "variable", "UTC")


def test_variables_say_where_memory_threads_output_and_prices_are(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path, "", MEMORY_LIMIT="512 MiB", THREADS="3", OUTPUT="out", PRICING="one:two"
    )
    assert (settings.memory_limit, settings.threads) == ("512MiB", 3)
    assert settings.output == Path("out")
    assert settings.overlays == (Path("one"), Path("two"))


def test_a_date_is_its_midnight_in_the_reporting_zone(tmp_path: Path) -> None:
    flags = Flags(since="2026-07-01", until="2026-07-02T12:00+02:00", timezone="Europe/London")
    settings = loaded(tmp_path, "", flags)
    assert settings.since == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert settings.until == datetime(2026, 7, 2, 10, tzinfo=UTC)


def test_a_share_of_memory_is_turned_into_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scalars, "physical_bytes", lambda: 10_000_000_000)
    assert scalars.memory("60%") == "6000MB"
    monkeypatch.setattr(scalars, "physical_bytes", lambda: None)
    assert scalars.memory("60%") is None


def test_a_machine_that_does_not_tell_its_memory_is_no_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr("os.sysconf")
    assert machine.physical_bytes() is None


def test_what_is_published_has_no_path_and_depends_on_no_machine(tmp_path: Path) -> None:
    flags = Flags(inputs=(tmp_path,), output=tmp_path / "out", overlays=(tmp_path / "contract",))
    said = public(loaded(tmp_path, DESIGN, flags, MEMORY_LIMIT="50%"))
    text = json.dumps(said)
    assert str(tmp_path) not in text
    assert said["overlays"] == ["contract"]
    assert said["use_cases"]["email-triage"]["target_cost"] == "0.001"
    assert list(said) == sorted(said)
    assert public(loaded(tmp_path, DESIGN, flags, MEMORY_LIMIT="70%", THREADS="1")) == said


def template() -> str:
    return (files("aiaudit.settings") / "template.yaml").read_text("utf-8")


def test_the_template_changes_nothing(tmp_path: Path) -> None:
    assert public(loaded(tmp_path, template())) == public(Settings()) | {
        "levers": {"avoid": True, "route": True}
    }


def test_every_example_of_the_template_works(tmp_path: Path) -> None:
    settings = loaded(tmp_path, re.sub(r"^#(?! \S)", "", template(), flags=re.MULTILINE))
    assert settings.mapped
    assert settings.rules
    assert settings.use_cases
    assert settings.title
    assert settings.threads == 2


def test_the_levers_that_can_be_switched_are_the_levers_that_are_built() -> None:
    assert tuple(lever.id for lever in levers.ORDER) == model.LEVERS


def test_a_table_of_ones_own_may_hold_every_column_and_every_raw_measure() -> None:
    columns = {column.name for column in schema.CALLS}
    raw: Mapping[str, None] = dict.fromkeys(usage.RAW_MEASURES)
    assert set(keys.RAW) == set(raw) - columns
    assert set(keys.MATCHABLE) - {"system_prompt_sha256", "model", "offering"} <= columns
