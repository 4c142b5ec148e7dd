"""What is installed: names and versions pinned, everything that is needed declared and shipped."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any, Final

from aiaudit import __version__
from aiaudit.resources import shipped

ROOT: Final = Path(__file__).parent.parent
PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

# Part of what another library gives: Jinja2 renders to and escapes by MarkupSafe's type.
CARRIED: Final = {"markupsafe"}


def name_of(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def declared(*extras: str) -> set[str]:
    project = PROJECT["project"]
    lists = [project["dependencies"], *(project["optional-dependencies"][e] for e in extras)]
    return {name_of(requirement) for requirements in lists for requirement in requirements}


def imported(room: str) -> set[str]:
    """Return the outside packages that the code of a folder imports, by distribution."""
    names = set()
    for file in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    known = packages_distributions()
    outside = names - sys.stdlib_module_names - {"aiaudit"}
    return {name_of(found) for name in outside for found in known.get(name, ())} - {"aiaudit"}


def test_what_the_program_imports_is_declared() -> None:
    assert imported("aiaudit") <= declared() | CARRIED


def test_what_the_tests_import_is_declared() -> None:
    assert imported("tests") <= declared("dev", "browser") | CARRIED


def test_everything_declared_is_pinned_by_name_and_version_only() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert all(re.fullmatch(r"[\w.-]+==[\w.+]+", line) for line in lines)
    pinned = {name_of(line) for line in lines}
    assert len(pinned) == len(lines)
    assert declared("dev", "browser") <= pinned


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_what_ships_beside_the_code_is_found() -> None:
    assert (shipped("pricing") / "tiers.yaml").is_file()
    assert (shipped("sample_logs") / "aiaudit.yaml").is_file()
    assert any(shipped("templates").iterdir())


def test_what_is_found_in_a_checkout_goes_into_the_wheel() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"] == {
        "pricing": "aiaudit/_data/pricing",
        "reports/templates": "aiaudit/_data/templates",
        "sample_logs": "aiaudit/_data/sample_logs",
    }


def test_the_changelog_begins_with_this_version() -> None:
    versions = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert versions[0] == __version__
