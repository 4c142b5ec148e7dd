"""`analyze`, `demo` and `init`, run as a user runs them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from aiaudit import ledger
from aiaudit.cli import analyze
from aiaudit.resources import shipped

if TYPE_CHECKING:
    from conftest import Program

    from aiaudit.settings import Settings


WRITTEN: Final = ["audit.duckdb", "audit.json", "report.html", "report.md"]


def line(number: int, model: str = "gpt-4o-mini", prompt: object = 1000) -> str:
    """Return a line of a LiteLLM spend log: 1,000 tokens in and 100 out unless told otherwise."""
    call = {
        "request_id": f"call-{number}",
        "call_type": "acompletion",
        "spend": 0.00021,
        "startTime": f"2025-11-03 09:00:{number:02}.000000",
        "endTime": f"2025-11-03 09:00:{number:02}.500000",
        "model": model,
        "custom_llm_provider": "openai",
        "prompt_tokens": prompt,
        "completion_tokens": 100,
        "total_tokens": 1100,
        "status": "success",
        "metadata": {"spend_logs_metadata": {"use_case": "triage"}},
    }
    return json.dumps(call) + "\n"


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """Return a folder with one log of three calls."""
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "log.jsonl").write_text("".join(line(number) for number in range(3)))
    return folder


def results(folder: Path) -> list[str]:
    visible = (folder / "aiaudit-report").glob("[!.]*")
    return sorted(path.name for path in visible)


def test_one_command_audits_and_says_where_the_report_is(
    program: Program, exports: Path, tmp_path: Path
) -> None:
    done = program("analyze", "exports", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == (
        "written: aiaudit-report/report.html, report.md, audit.json"
    )
    assert len(done.stdout.splitlines()) <= 24
    assert results(exports.parent) == WRITTEN
    audit = ledger.read(tmp_path / "aiaudit-report" / "audit.json")
    # Three calls of 1,000 tokens in at 0.15 and 100 tokens out at 0.60 USD per million.
    assert audit.money("cost.list") == 3 * Decimal("0.00021")
    assert audit.run["made_at"] == "2025-12-01T00:00:00Z"


@pytest.mark.usefixtures("exports")
def test_quiet_prints_nothing_and_verbose_tells_how_long_stages_took(
    program: Program, tmp_path: Path
) -> None:
    done = program("analyze", "exports", "-q", "-v", "-o", "out", "-f", "json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    stages = [told.split()[0] for told in done.stderr.splitlines()]
    assert stages[:2] == ["prices", "intake"]
    assert not (tmp_path / "out" / "report.html").exists()
    assert (tmp_path / "out" / "audit.json").exists()


def test_the_same_files_give_the_same_bytes_from_any_folder(
    program: Program, exports: Path, tmp_path: Path
) -> None:
    program("analyze", "exports", "-q", cwd=tmp_path, AIAUDIT_THREADS="1")
    (tmp_path / "elsewhere").mkdir()
    exports.rename(tmp_path / "elsewhere" / "exports")
    program("analyze", "elsewhere/exports", "-q", "-o", "again", cwd=tmp_path)
    for name in WRITTEN[1:]:
        first = (tmp_path / "aiaudit-report" / name).read_bytes()
        assert first == (tmp_path / "again" / name).read_bytes(), name


def test_strict_writes_everything_and_then_ends_in_4(
    program: Program, exports: Path, tmp_path: Path
) -> None:
    with (exports / "log.jsonl").open("a") as log:
        log.write(line(3, model="unheard-of"))
        log.write(line(4, prompt="many"))
    (exports / "notes.txt").write_text("not an export")
    done = program("analyze", "exports", "--strict", cwd=tmp_path)
    assert done.returncode == 4
    assert "1 of 4 requests have no price; 1 of 5 rows were rejected" in done.stderr
    assert "not recognised: notes.txt" in done.stderr
    assert results(tmp_path) == WRITTEN


@pytest.mark.usefixtures("exports")
def test_a_broken_gate_writes_everything_and_then_ends_in_1(
    program: Program, tmp_path: Path
) -> None:
    done = program("analyze", "exports", "--fail-on", "requests.total>=3", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        "aiaudit: a gate failed (--fail-on): requests.total is 3 requests, and >= 3 fails\n"
    )
    assert results(tmp_path) == WRITTEN


def test_nothing_to_audit_ends_in_3(program: Program, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for path in ("empty", "absent"):
        done = program("analyze", path, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (3, "")
        assert len(done.stderr.splitlines()) == 1


def test_a_damaged_file_ends_in_3_with_its_name(
    program: Program, exports: Path, tmp_path: Path
) -> None:
    (exports / "broken.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00broken")
    done = program("analyze", "exports", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr.startswith("aiaudit: broken.jsonl.gz cannot be read to its end")


def test_a_file_in_a_folder_that_nobody_knows_is_listed(
    program: Program, exports: Path, tmp_path: Path
) -> None:
    (exports / "notes.txt").write_text("not an export")
    done = program("analyze", "exports", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "aiaudit: not recognised: notes.txt\n")
    audit = ledger.read(tmp_path / "aiaudit-report" / "audit.json")
    assert audit.coverage["unrecognised"] == ["notes.txt"]


def test_the_demo_audits_the_samples_from_anywhere_and_tells_what_is_next(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Settings] = []
    monkeypatch.setattr(analyze, "conduct", lambda settings, **_: told.append(settings))
    done = program("demo", cwd=tmp_path, AIAUDIT_TIMEZONE="Asia/Tokyo")
    assert (done.returncode, done.stderr) == (0, "")
    assert told[0].inputs == (Path(str(shipped("sample_logs"))),)
    assert told[0].output == Path("aiaudit-demo")
    assert told[0].timezone == "UTC"
    lines = done.stdout.splitlines()
    assert lines[-4] == "Next:"
    assert all(command.startswith("  aiaudit ") for command in lines[-3:])
