"""Write sessions of a coding agent: `python -m benchmarks.samples.sessions MEGABYTES OUT`.

OUT gets projects/NAME/SESSION.jsonl, as the agent keeps them. Answers are streamed as two lines
that repeat one id, some sessions are resumed in a new file that repeats the old one, and some
answers are replayed in a sidechain. Beside OUT stands OUT.truth.json: lines, calls and tokens when
each call is counted once. The same arguments give the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from .clock import iso, midnight
from .grammar import grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

_MODELS: Final = (
    "claude-sonnet-4-5-20250929", "claude-haiku-4-5-20251001", "claude-opus-4-5-20251101",
)  # fmt: skip
_PROJECTS: Final = ("harbour-billing", "harbour-api", "harbour-web", "tariff-tables", "ops-scripts")
_START: Final = midnight(date(2026, 10, 1))
_MONTH: Final = 31 * 86_400_000
_TEXTS: Final = 500
_TURNS: Final = 400
_RESUMED: Final = 12  # one session in so many is resumed
_REPLAYED: Final = 40  # one answer in so many is replayed in a sidechain
_STREAMED: Final = 3  # one answer in so many has a line that came before its last
_HEAD: Final = (
    '"userType":"external","cwd":"/home/dev/%s","sessionId":"%s","version":"2.0.14",'
    '"gitBranch":"main",'
)


class Answer(NamedTuple):
    """A call of a session: its number, what it used, and the lines that tell of it."""

    number: int
    used: tuple[int, int, int, int]
    lines: tuple[str, ...]


def texts(rng: Random) -> tuple[str, ...]:
    """Return what users and tools say, as JSON strings."""
    words = grammar("code_review")
    made = ("\\n".join(words.say("user", rng) for _ in range(3)) for _ in range(_TEXTS))
    return tuple(json.dumps(text, ensure_ascii=False) for text in made)


def answered(number: int, head: str, pool: tuple[str, ...], at: int, chance: int) -> Answer:
    """Return a call of a session, from its number and 64 bits of chance."""
    used = (3 + chance % 40, (chance >> 6) % 3 * 700, chance % 90_000, 20 + (chance >> 20) % 900)
    model = _MODELS[chance % 7 % 3]
    asked = pool[chance % len(pool)]
    question = (
        f'{{"parentUuid":null,"isSidechain":false,{head}"type":"user",'
        f'"message":{{"role":"user","content":{asked}}},"uuid":"u-{number}","timestamp":"{iso(at)}"}}'
    )
    lines = [question]
    sides = ["false"] * (1 + (chance % _STREAMED == 0)) + ["true"] * (chance % _REPLAYED == 0)
    for place, side in enumerate(sides):
        output = 1 if place == 0 and sides[1:2] == ["false"] else used[3]
        request = f"req_{number}" + ("b" if side == "true" else "")
        lines.append(
            f'{{"parentUuid":"u-{number}","isSidechain":{side},{head}"message":{{"id":"msg_{number}",'
            f'"type":"message","role":"assistant","model":"{model}","content":[{{"type":"text",'
            f'"text":{pool[(chance >> 30) % len(pool)]}}}],"stop_reason":null,"usage":{{'
            f'"input_tokens":{used[0]},"cache_creation_input_tokens":{used[1]},'
            f'"cache_read_input_tokens":{used[2]},"output_tokens":{output},'
            f'"service_tier":"standard"}}}},"requestId":"{request}","type":"assistant",'
            f'"uuid":"a-{number}-{place}","timestamp":"{iso(at + 900 + used[3] * 12)}"}}'
        )
    return Answer(number, used, tuple(lines))


def sessions(size: int, rng: Random) -> Iterator[tuple[str, str, list[Answer], bool]]:
    """Yield project, session, calls and whether it was resumed, until so many bytes are written."""
    pool = texts(rng)
    number = written = 0
    while written < size:
        project, session = rng.choice(_PROJECTS), f"{rng.getrandbits(64):016x}"
        begin, turns = _START + int(_MONTH * rng.random()), 1 + int(_TURNS * rng.random())
        head = _HEAD % (project, session)
        calls = []
        for turn in range(turns):
            number += 1
            at = begin + turn * 40_000
            calls.append(answered(number, head, pool, at, rng.getrandbits(64)))
        resumed = rng.random() * _RESUMED < 1
        size_of = sum(len(line) + 1 for call in calls for line in call.lines)
        written += size_of * (1 + resumed)
        yield project, session, calls, resumed


def write(size: int, out: Path, *, seed: int) -> Counter[str]:
    """Write the sessions; return what is in them."""
    truth: Counter[str] = Counter()
    for project, session, calls, resumed in sessions(size, Random(seed)):
        folder = out / "projects" / f"-home-dev-{project}"
        folder.mkdir(parents=True, exist_ok=True)
        text = "".join(f"{line}\n" for call in calls for line in call.lines)
        for name in (session, f"{session}-resumed")[: 1 + resumed]:
            (folder / f"{name}.jsonl").write_text(text, "utf-8")
            truth.update(files=1, lines=text.count("\n"))
        for call in calls:
            fresh, cached, read, output = call.used
            truth.update(
                calls=1, input_uncached=fresh, cache_write_5m=cached, cache_read=read, output=output
            )
    return truth


def main() -> None:
    """Read the arguments, write the sessions and the truth."""
    parser = argparse.ArgumentParser(description="Write sessions of a coding agent.")
    parser.add_argument("megabytes", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    truth = write(given.megabytes * 1_000_000, given.out, seed=given.seed)
    path = given.out.with_name(f"{given.out.name}.truth.json")
    path.write_text(json.dumps(truth, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
