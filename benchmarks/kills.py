"""Kill `aiaudit analyze` at random moments, and prove that nothing is lost and nothing doubled.

    python benchmarks/kills.py [KILLS] [SEED] [LINES]

Each round audits eight logs into a new folder, kills the program at a random moment with a signal
that it cannot hear, opens what it left, and runs it again to its end. What is kept must add up
after the kill, and the last audit.json must be the same bytes as that of a run left in peace.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import duckdb

ROOT: Final = Path(__file__).parent.parent
FILES: Final = 8
LINES: Final = 4_000
KILLS: Final = 100
# A source of which the rows do not add up; there must be none.
UNEQUAL: Final = """
SELECT s.file FROM sources AS s LEFT JOIN (
    SELECT source_id, count(*) AS n FROM (
        SELECT source_id FROM taken_calls UNION ALL SELECT source_id FROM taken_charges
    ) AS t GROUP BY source_id
) AS r ON r.source_id = s.source_id
WHERE s.rows_read <> s.loaded + s.duplicates + s.rejected + s.ignored
   OR coalesce(r.n, 0) <> s.loaded
"""
STRAY: Final = """
SELECT count(*) FROM (SELECT source_id FROM taken_calls UNION ALL SELECT source_id FROM rejects)
WHERE source_id NOT IN (SELECT source_id FROM sources)
"""


def line(number: int) -> str:
    """Return a call of a spend log; one in fifty is broken, one in forty stands twice."""
    if not number % 50:
        return '{"request_id": "cut'
    seen = number if number % 40 else number - 1
    record = {
        "request_id": f"call-{seen}",
        "call_type": "acompletion",
        "spend": 0.001,
        "startTime": f"2025-11-{1 + seen % 28:02}T08:{seen % 60:02}:00Z",
        "endTime": f"2025-11-{1 + seen % 28:02}T08:{seen % 60:02}:09Z",
        "model": "gpt-4o-2024-08-06",
        "custom_llm_provider": "openai",
        "prompt_tokens": 100 + seen % 997,
        "completion_tokens": 10 + seen % 89,
        "status": "success",
        "messages": [{"role": "user", "content": f"Sort message {seen} into one of five folders."}],
    }
    return json.dumps(record)


def made(folder: Path, lines: int) -> Path:
    """Write the logs."""
    folder.mkdir()
    for place in range(FILES):
        numbers = range(place * lines, (place + 1) * lines)
        text = "".join(f"{line(number)}\n" for number in numbers)
        (folder / f"log-{place}.jsonl").write_text(text, "utf-8")
    return folder


def started(logs: Path, output: Path) -> subprocess.Popen[bytes]:
    """Start an audit."""
    command = [sys.executable, "-m", "aiaudit", "analyze", str(logs), "-o", str(output), "-q"]
    clock = {"SOURCE_DATE_EPOCH": "1764547200", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | clock, stdin=subprocess.DEVNULL)


def is_whole(output: Path) -> bool:
    """Return whether everything that is kept opens and adds up."""
    for database in output.glob(".kept/*.duckdb"):
        with duckdb.connect(str(database)) as opened:
            names = {name for (name,) in opened.execute("SHOW TABLES").fetchall()}
            complete = {"sources", "rejects", "taken_calls", "taken_charges"} <= names
            if complete and opened.execute(UNEQUAL).fetchall():
                return False
            if complete and opened.execute(STRAY).fetchall() != [(0,)]:
                return False
    for database in output.glob("audit.duckdb"):
        duckdb.connect(str(database), read_only=True).close()
    return True


def main(kills: int, seed: int, lines: int) -> int:
    """Return how many rounds went wrong."""
    chance, wrong, halfway = random.Random(seed), 0, 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        logs, output = made(folder / "logs", lines), folder / "peace"
        begun = time.perf_counter()
        started(logs, output).wait()
        longest = time.perf_counter() - begun
        expected = (output / "audit.json").read_bytes()
        for number in range(kills):
            output = folder / f"round-{number}"
            child = started(logs, output)
            time.sleep(chance.uniform(0, longest))
            child.kill()
            halfway += child.wait() != 0
            good = is_whole(output)
            code = started(logs, output).wait()
            good = good and code == 0 and (output / "audit.json").read_bytes() == expected
            wrong += not good
            shutil.rmtree(output, ignore_errors=True)
    print(f"{kills} kills, {halfway} before the end; {wrong} left a wrong state")
    return wrong


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:4]]
    sys.exit(bool(main(*given, *[KILLS, 1, LINES][len(given) :])))
