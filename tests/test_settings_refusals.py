"""What the settings refuse: every mistake with its place, all at once, and nothing hostile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_settings import loaded, template

from aiaudit.errors import SettingsError
from aiaudit.settings import Flags, load, scalars

if TYPE_CHECKING:
    from pathlib import Path


def complaints(tmp_path: Path, text: str, flags: Flags | None = None, **environ: str) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        loaded(tmp_path, text, flags, **environ)
    return str(refused.value).splitlines()


def test_all_mistakes_are_told_at_once_with_line_column_and_nearest_word(tmp_path: Path) -> None:
    text = """\
titel: x
timezone: Europe/Londn
use_cases: {a: {target_cost: 1e5, target_cost: 3}, c: {stage: scal, never_downgrade: yes}}
rules:
  - {match: {usecase: "email-*"}, task: clasification}
  - {task: code}
levers: {avoid: {enabled: false}, cache: {enabled: true}, rout: {}}
budgets: {a: 1}
threads: 0
routing: {providers: near, allow: x}
tolerances: {unpriced_share: 1%}
"""
    assert complaints(tmp_path, text) == [
        "aiaudit.yaml:1:1: unknown key 'titel'; did you mean 'title'?",
        "aiaudit.yaml:2:11: 'Europe/Londn' is not a time zone; did you mean 'Europe/London'?",
        "aiaudit.yaml:3:30: '1e5' is not an amount in plain digits, such as 0.001",
        "aiaudit.yaml:3:35: the key 'target_cost' stands in line 3 already",
        "aiaudit.yaml:3:63: 'scal' is unknown; did you mean 'scale'?",
        "aiaudit.yaml:3:86: 'yes' is neither true nor false",
        "aiaudit.yaml:5:14: unknown key 'usecase'; did you mean 'use_case'?",
        "aiaudit.yaml:5:41: 'clasification' is unknown; did you mean 'classification'?",
        "aiaudit.yaml:6:5: the key 'match' is missing",
        "aiaudit.yaml:7:35: 'cache' is not built yet; allowed here: avoid, route",
        "aiaudit.yaml:7:59: 'rout' is unknown; did you mean 'route'?",
        "aiaudit.yaml:8:10: budgets are not supported yet; leave them empty: {}",
        "aiaudit.yaml:9:10: '0' is not a whole number from 1 to 1024",
        "aiaudit.yaml:10:22: 'near' is unknown; allowed here: same, any",
        "aiaudit.yaml:10:35: a list belongs here: [one, another]",
        "aiaudit.yaml:11:30: '1%' is not a share from 0 to 1, such as 0.01",
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('title: "\\ud83d"', "1:8: half a character"),
        ("timezone: localtime", "1:11: 'localtime' is not a time zone"),
        ("title: &a x\nclient: *a", "1:8: anchors (&) and aliases (*) are not taken here"),
        ("title: !!python/object:os.system x", "1:8: tags (!) are not taken here"),
        ("title: x\n---\ntitle: y", "2:1: a second document begins here"),
        ("[" * 100, "1:13: this is nested deeper than 12 levels"),
        ("title: [", "this is not YAML"),
        ("title: \x07", "this is not YAML"),
        ("\tx: 1", "this is not YAML"),
        ("- a", "1:1: keys with values belong here"),
        ("? [a, b]\n: c", "1:3: a key is one word"),
        ("title: [a]", "1:8: one value belongs here"),
        ("title: ''", "1:8: is empty"),
        ("<<: {title: x}", "1:1: unknown key '<<'"),
        ("budgets: 3", "budgets are not supported yet"),
        ("memory_limit: lots", "is neither a share such as 60% nor a size such as 4GB"),
        ("memory_limit: 101%", "is neither a share"),
        ("memory_limit: 0GB", "is neither a share"),
        ("readers: {mapped: [{files: /etc/*, columns: {}}]}", "is not relative"),
        ("timezone: ../../etc/passwd", "is not a time zone"),
        ("title: " + "x" * 2000, "is longer than 1000 characters"),
    ],
)
def test_hostile_and_broken_files_are_refused(tmp_path: Path, text: str, complaint: str) -> None:
    assert complaint in complaints(tmp_path, text)[0]


def test_a_hostile_key_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    assert "\x1b" not in complaints(tmp_path, '"\\e[31mtitle": x')[0]


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    assert complaints(tmp_path, "#" * 300_000) == [
        "aiaudit.yaml:1:1: the file is larger than 256 KiB"
    ]


def test_of_endless_mistakes_the_first_hundred_are_told(tmp_path: Path) -> None:
    told = complaints(tmp_path, "".join(f"k{number}: 1\n" for number in range(20_000)))
    assert len(told) == 101
    assert told[99].startswith("aiaudit.yaml:100:1: unknown key 'k99'")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "aiaudit.yaml").write_bytes(b"title: \xff\xfe")
    with pytest.raises(SettingsError, match="not UTF-8"):
        load(folder=tmp_path)


def test_a_settings_file_that_was_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"^other\.yaml:1:1: there is no such file$"):
        load(config=tmp_path / "other.yaml")
    with pytest.raises(SettingsError, match="cannot be read"):
        load(config=tmp_path)


def test_a_mistaken_variable_is_told_beside_the_mistakes_of_the_file(tmp_path: Path) -> None:
    assert complaints(tmp_path, "titel: x", TIMEZON="UTC", THREADS="many") == [
        "AIAUDIT_THREADS: 'many' is not a whole number from 1 to 1024",
        "AIAUDIT_TIMEZON: unknown variable; did you mean 'AIAUDIT_TIMEZONE'?",
        "aiaudit.yaml:1:1: unknown key 'titel'; did you mean 'title'?",
    ]


@pytest.mark.parametrize("since", ["2026-13-01", "yesterday", "20260101", "0001-01-01T00:00+14:00"])
def test_a_date_that_is_none_is_refused(tmp_path: Path, since: str) -> None:
    assert "--since" in complaints(tmp_path, "", Flags(since=since))[0]


def test_a_period_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    flags = Flags(since="2026-02-01", until="2026-02-01")
    assert "must be later than --since" in complaints(tmp_path, "", flags)[0]


def test_a_format_that_is_not_built_is_named_as_such(tmp_path: Path) -> None:
    assert complaints(tmp_path, "", Flags(formats=("xlsx",))) == [
        "--format: 'xlsx' is not built yet; allowed here: html, md, json"
    ]
    assert loaded(tmp_path, "", Flags(formats=("json", "html", "json"))).formats == ("html", "json")


def test_a_machine_without_time_zones_still_has_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scalars, "available_timezones", set)
    assert scalars.zone("UTC") == "UTC"
    with pytest.raises(ValueError, match="no time zone data; install the Python package tzdata"):
        scalars.zone("Europe/London")


def test_the_template_names_every_key(tmp_path: Path) -> None:
    known = complaints(tmp_path, "qqqq: 1")[0].partition("allowed here: ")[2].split(", ")
    unnamed = [key for key in known if f"\n{key}:" not in template().replace("\n#", "\n")]
    assert unnamed == ["budgets"]
