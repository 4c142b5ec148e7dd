"""What `aiaudit price` needs for 100,000 lines of five providers' own usage objects."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LINES = 100_000
BAR_CPU_S = 5.0
MODELS = (
    ("openai", "gpt-4o"),
    ("openai", "gpt-5-mini"),
    ("anthropic", "claude-sonnet-4-5"),
    ("google", "gemini-2.5-flash"),
    ("deepseek", "deepseek-chat"),
    (None, "gpt-4o-mini"),
    ("azure", "gpt-4o"),
    ("bedrock", "us.anthropic.claude-sonnet-4-5-20250929-v1:0"),
)


def usage(model: str, fresh: int, cached: int, answer: int) -> dict[str, Any]:
    """Return a usage object as the maker of the model writes it."""
    if "claude" in model:
        return {
            "input_tokens": fresh,
            "output_tokens": answer,
            "cache_read_input_tokens": cached,
            "cache_creation_input_tokens": cached // 2,
        }
    if "gemini" in model:
        return {
            "promptTokenCount": fresh + cached,
            "cachedContentTokenCount": cached,
            "candidatesTokenCount": answer,
            "totalTokenCount": fresh + cached + answer,
        }
    return {
        "prompt_tokens": fresh + cached,
        "completion_tokens": answer,
        "total_tokens": fresh + cached + answer,
        "prompt_tokens_details": {"cached_tokens": cached},
    }


def line(number: int, draw: random.Random) -> str:
    """Return one request of the first half of 2026."""
    provider, model = draw.choice(MODELS)
    counted = usage(model, draw.randint(1, 9000), draw.randint(0, 900), draw.randint(1, 900))
    month, day = draw.randint(1, 6), draw.randint(1, 28)
    when = f"2026-{month:02}-{day:02}T{number % 24:02}:{number % 60:02}:00Z"
    asked = {"id": str(number), "model": model, "timestamp": when, "usage": counted}
    return json.dumps(asked | ({"provider": provider} if provider else {}))


def measured(asked: Path, answers: Path) -> tuple[float, float]:
    """Return the CPU and the wall seconds of pricing a file."""
    command = [sys.executable, "-m", "aiaudit", "price", str(asked), "-o", str(answers)]
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"aiaudit ended in {child.returncode}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - started


def main() -> int:
    """Print what it took, and say whether every line has its price and the bar holds."""
    draw = random.Random(5)  # the same lines in every run
    with tempfile.TemporaryDirectory() as scratch:
        asked, answers = Path(scratch) / "asked.jsonl", Path(scratch) / "answers.jsonl"
        asked.write_text("\n".join(line(n, draw) for n in range(LINES)) + "\n", "utf-8")
        cpu, wall = measured(asked, answers)
        found = [json.loads(answer) for answer in answers.read_text("utf-8").splitlines()]
    priced = sum(answer["status"] == "priced" for answer in found)
    print(f"lines               {len(found):10,}, {priced:,} priced")
    print(f"CPU                 {cpu:10.2f} s, bar {BAR_CPU_S} s")
    print(f"wall                {wall:10.2f} s")
    return 0 if priced == LINES and cpu <= BAR_CPU_S else 1


if __name__ == "__main__":
    sys.exit(main())
