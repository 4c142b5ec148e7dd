"""`init` writes settings that work, and never over somebody's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiaudit.settings import load

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Program


def test_init_writes_settings_that_load_and_keeps_what_is_there(
    program: Program, tmp_path: Path
) -> None:
    first = program("init", cwd=tmp_path)
    assert (first.returncode, first.stdout) == (0, "written: aiaudit.yaml\n")
    assert load(folder=tmp_path).timezone == "UTC"
    (tmp_path / "aiaudit.yaml").write_text("title: mine\n")
    second = program("init", cwd=tmp_path)
    assert (second.returncode, second.stdout) == (2, "")
    assert second.stderr == "aiaudit: aiaudit.yaml is there already; --force writes over it\n"
    assert load(folder=tmp_path).title == "mine"
    assert program("init", "--force", cwd=tmp_path).returncode == 0
    assert load(folder=tmp_path).title is None


def test_init_says_when_it_cannot_write(program: Program, tmp_path: Path) -> None:
    result = program("init", "-o", "absent/aiaudit.yaml", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr == (
        "aiaudit: absent/aiaudit.yaml cannot be written: No such file or directory\n"
    )
