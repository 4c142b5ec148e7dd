"""For any mix of records in any files: nothing is lost, nothing counts twice, no order matters."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st
from taken import Taken, call, take, written

BAD: Final = (
    "not json", '{"request_id": "cu', "[1]", "{}", json.dumps(call(99, prompt_tokens=-1)),
    json.dumps(call(99, startTime="soon")),
)  # fmt: skip

good = st.builds(
    lambda number, more: json.dumps(call(number, completion_tokens=more)),
    st.integers(1, 12),
    st.integers(1, 3),
)
tool = st.just(json.dumps(call(98, call_type="call_mcp_tool")))
line = st.one_of(good, good, good, tool, st.sampled_from(BAD), st.sampled_from(["", "  "]))
files = st.lists(st.lists(line, min_size=1, max_size=12), min_size=1, max_size=3)


def totals_of(contents: list[list[str]]) -> dict[str, Any]:
    """Return what a slow and simple program makes of the lines."""
    best: dict[str, tuple[int, int]] = {}
    for text in (text for content in contents for text in content):
        if "acompletion" in text and text not in BAD:
            record = json.loads(text)
            counts = (record["prompt_tokens"], record["completion_tokens"])
            best[record["request_id"]] = max(best.get(record["request_id"], (0, 0)), counts)
    known = [sum(column) for column in zip(*best.values(), strict=True)] or [None, None]
    return {"requests": len(best) or None, "input_uncached": known[0], "output": known[1]}


def taken_in(folder: Path, contents: list[list[str]]) -> Taken:
    sure = [json.dumps(call(50))]  # so that every file is recognised
    paths = [
        written(folder / f"{number}.jsonl", "\n".join([*(sure * 40), *content]) + "\n")
        for number, content in enumerate(contents)
    ]
    return take(folder, *paths)


@settings(max_examples=6)
@given(files)
def test_the_account_closes_and_order_and_copies_change_nothing(contents: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        taken = taken_in(Path(folder) / "a", contents)
        again = taken_in(Path(folder) / "b", [*reversed(contents), contents[0]])
    sure = json.loads(json.dumps(call(50)))
    expected = totals_of([*contents, [json.dumps(sure)]])
    assert {name: taken.totals()[name] for name in expected} == expected
    assert again.totals() == taken.totals()
    for source, content in zip(
        sorted(taken["sources"], key=lambda row: row["file"]), contents, strict=True
    ):
        blank = sum(not text.strip() for text in content)
        assert (source["rows_read"], source["blank"]) == (40 + len(content) - blank, blank)
        assert source["ignored"] == sum("mcp" in text for text in content)
        assert source["rejected"] == sum(text in BAD for text in content)
