"""A small catalogue, and what a public price file would add to it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiaudit import pricing

if TYPE_CHECKING:
    from decimal import Decimal

    from conftest import Program

BASE = Path(__file__).parent / "pricing" / "catalogue"
SHEET = """\
# Kept as it is: "quotes", and a comment.
schema: 1
provider: openai
models:
  - id: gpt-x
    prices:
      - from: 2025-01-01
        until: null  # still holds
        recorded: 2025-01-01
        source: seen
        rates: {input: 1, output: 4}
        modes:
          batch: {input: 0.5, output: 2}
  - id: gpt-y
    prices:
      - from: 2025-01-01
        until: null
        recorded: 2025-01-01
        source: seen
        rates: {input: 2, output: 8}

# Names.
aliases:
  - {match: gpt-z, to: gpt-y}
"""


def catalogue(folder: Path) -> Path:
    """Return a folder with a small catalogue in `sheets`."""
    (folder / "sheets").mkdir()
    (folder / "sheets" / "openai.yaml").write_text(SHEET, "utf-8")
    shutil.copy(BASE / "tiers.yaml", folder / "sheets" / "tiers.yaml")
    return folder


def proposed(program: Program, folder: Path, content: Any, *more: str) -> tuple[str, str]:  # noqa: ANN401
    (folder / "file.json").write_text(json.dumps(content), "utf-8")
    ended = program(
        "pricing", "import", "file.json", "--on", "2025-06-01", "--catalogue", "sheets", *more,
        cwd=folder,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return ended.stdout, ended.stderr


def rates(folder: Path, key: str, number: int = -1) -> dict[str, Decimal | None]:
    found = pricing.load(base=folder / "sheets").offerings[key].prices[number].standard.rates
    return dict(found)


def entry(**more: Any) -> dict[str, Any]:  # noqa: ANN401  # whatever a file holds
    usual = {"litellm_provider": "openai", "mode": "chat"}
    return {**usual, "input_cost_per_token": 1e-06, "output_cost_per_token": 4e-06, **more}
