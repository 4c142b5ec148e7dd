"""Damaged exports by the hundred: never a crash, never a row lost, never a token too many."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, Final

import pytest
from mutants import LOSING, SAMPLES, cut, flipped, packed, repeated
from taken import Taken, take, written

from aiaudit import schema
from aiaudit.engine import Engine
from aiaudit.errors import AuditError

if TYPE_CHECKING:
    from pathlib import Path

MANY: Final = 300
BY_NAME: Final = {path.parent.name: path.read_bytes() for path in SAMPLES}
SUFFIX: Final = {path.parent.name: path.suffix for path in SAMPLES}
LINES: Final = sorted(name for name in BY_NAME if SUFFIX[name] == ".jsonl")
KINDS: Final = {
    "lines": LINES,
    "documents": sorted(name for name in BY_NAME if SUFFIX[name] == ".json"),
    "tables": sorted(name for name in BY_NAME if SUFFIX[name] in {".csv", ".tsv"}),
}
# Its lines state what a session used so far: a damaged or repeated one changes what others mean.
CUMULATIVE: Final = {"codex-cli"}
# Tokens stand in calls; in charges it is the amount that may not grow.
MEASURES: Final = " + ".join(f"coalesce(sum({name}), 0)" for name in schema.TOKENS)


def folder_of(tmp_path: Path, mutants: dict[str, bytes]) -> Path:
    for name, content in mutants.items():
        written(tmp_path / "in" / name, content)
    return tmp_path / "in"


def taken(tmp_path: Path, mutants: dict[str, bytes]) -> tuple[Taken | None, dict[str, int]]:
    """Take all in; return also the tokens that each file gave before anything was settled."""
    database = tmp_path / "audit.duckdb"
    try:
        found = take(tmp_path, folder_of(tmp_path, mutants), database=database)
    except AuditError:
        return None, {}
    with Engine(tmp_path / "out" / ".kept" / "intake.duckdb") as kept:
        rows = kept.rows(
            f"SELECT s.file, CAST({MEASURES} AS BIGINT) AS tokens FROM taken_calls AS c"
            " JOIN sources AS s ON s.source_id = c.source_id GROUP BY s.file"
        )
    return found, {row["file"]: row["tokens"] for row in rows}


def mutants_of(kind: str) -> dict[str, bytes]:
    """Return the clean files and so many damaged ones, each named after what it was."""
    found = {f"{name}-clean{SUFFIX[name]}": BY_NAME[name] for name in KINDS[kind]}
    for seed in range(MANY):
        chance = random.Random(f"{kind}-{seed}")  # noqa: S311  # seeded on purpose
        name = KINDS[kind][seed % len(KINDS[kind])]
        damage = LOSING[seed // len(KINDS[kind]) % len(LOSING)]
        found[f"{name}-{seed}{SUFFIX[name]}"] = damage(BY_NAME[name], chance)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_cut_renamed_or_of_another_type_never_adds_a_token(
    kind: str, tmp_path: Path
) -> None:
    found, tokens = taken(tmp_path, mutants_of(kind))
    assert found
    clean = {name: tokens.get(f"{name}-clean{SUFFIX[name]}", 0) for name in KINDS[kind]}
    more = {file for file, count in tokens.items() if count > clean[base(file)]}
    assert not {file for file in more if base(file) not in CUMULATIVE}


def base(file: str) -> str:
    return file.rpartition("-")[0]


@pytest.mark.parametrize("kind", ["gz", "bz2", "zst", "zip", "parquet", "db"])
def test_a_damaged_container_is_told_or_read_and_nothing_else(kind: str, tmp_path: Path) -> None:
    content = whole(kind)
    mutants = {f"clean.{kind}": content}
    for seed in range(MANY):
        chance = random.Random(f"{kind}-{seed}")  # noqa: S311  # seeded on purpose
        mutants[f"{seed}.{kind}"] = (cut if seed % 3 == 0 else flipped)(content, chance)
    found, _ = taken(tmp_path, mutants)
    assert found
    sources = {source["file"].partition("/")[0] for source in found["sources"]}
    lost = {str(failure).partition(" ")[0].partition("/")[0] for failure in found.intake.failures}
    unknown = {name.partition("/")[0] for name in found.intake.unrecognised}
    assert sources | lost | unknown == set(mutants)


def whole(kind: str) -> bytes:
    if kind == "db":
        return BY_NAME["llm-log"]
    return packed(kind)(BY_NAME["openai-usage-csv" if kind == "parquet" else "litellm-spend-log"])


def test_a_block_that_stands_there_twice_is_counted_once(tmp_path: Path) -> None:
    names = [name for name in KINDS["lines"] if name not in CUMULATIVE]
    clean = {f"{name}-clean{SUFFIX[name]}": BY_NAME[name] for name in names}
    mutants = {}
    for seed in range(MANY):
        chance = random.Random(seed)  # noqa: S311  # seeded on purpose
        name = names[seed % len(names)]
        mutants[f"{name}-{seed}{SUFFIX[name]}"] = repeated(BY_NAME[name], chance)
    once = by_format(take(tmp_path, folder_of(tmp_path / "a", clean)))
    assert by_format(take(tmp_path, folder_of(tmp_path / "b", mutants))) == once


def by_format(taken: Taken) -> dict[str, dict[str, int]]:
    """Return requests and tokens of what has an identity, by the format that it came from."""
    names = {source["source_id"]: base(source["file"]) for source in taken["sources"]}
    found: dict[str, dict[str, int]] = {}
    for row in taken["calls"]:
        if row["natural_id"] is not None:
            sums = found.setdefault(names[row["source_id"]], {})
            for counter in ("requests", *schema.TOKENS):
                sums[counter] = sums.get(counter, 0) + (row[counter] or 0)
    return found


def test_a_flipped_byte_changes_only_the_row_that_it_is_in(tmp_path: Path) -> None:
    lines = BY_NAME["litellm-spend-log"].splitlines(keepends=True)
    mutants = {"clean": b"".join(lines)}
    for seed in range(MANY):
        chance = random.Random(seed)  # noqa: S311  # seeded on purpose
        place = chance.randrange(len(lines))
        line = flipped(lines[place].rstrip(b"\n"), chance).replace(b"\n", b" ") + b"\n"
        mutants[str(seed)] = b"".join([*lines[:place], line, *lines[place + 1 :]])
    assert taken(tmp_path, {f"{name}.jsonl": text for name, text in mutants.items()})[0]
    names = ", ".join(f"c.{name}" for name in ("natural_id", "started_at", *schema.METERS))
    rows: dict[str, set[tuple[Any, ...]]] = {}
    with Engine(tmp_path / "out" / ".kept" / "intake.duckdb") as kept:
        for row in kept.rows(
            f"SELECT s.file, {names} FROM taken_calls AS c JOIN sources AS s"
            " ON s.source_id = c.source_id"
        ):
            rows.setdefault(row.pop("file"), set()).add(tuple(row.values()))
    clean = rows["clean.jsonl"]
    for file, found in rows.items():
        assert len(clean - found) <= 1, file
        assert len(found - clean) <= 1, file
