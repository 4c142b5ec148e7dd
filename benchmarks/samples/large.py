"""Write a large spend log and what must be found in it: `python -m benchmarks.samples.large N OUT`.

The lines have the keys of the gateway's table and prompts of a few hundred characters. Beside OUT
stands OUT.truth.json: lines, good rows, copies, unusable lines, and the tokens of the good rows.
The same arguments give the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from .call import provider
from .clock import iso, midnight
from .grammar import grammar
from .prices import Tokens, cost
from .workloads import WORKLOADS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .workloads import Workload

_TEXTS: Final = 4_000
_STEP: Final = 97  # a different text for each call until all were used
_START: Final = midnight(date(2026, 10, 1))
_MONTH: Final = 31 * 86_400_000
_BLOCK: Final = 5_000
_CHARS_PER_TOKEN: Final = 4
_BAD: Final = (
    '{{"request_id":"cut-{0}","call_type":"acompletion","spend":0.0',
    "no json at all {0}",
    '{{"request_id":"negative-{0}","call_type":"acompletion","spend":0,"prompt_tokens":-7}}',
    '{{"request_id":"untimed-{0}","call_type":"acompletion","spend":0,"prompt_tokens":7}}',
)


class Text(NamedTuple):
    """A request of a use case; its messages are JSON with a place for a number."""

    workload: Workload
    model: str
    messages: str
    chars: int


def texts(rng: Random) -> list[Text]:
    """Return a pool of requests."""
    made = []
    for _ in range(_TEXTS):
        workload = WORKLOADS[int(len(WORKLOADS) * rng.random())]
        words = grammar(workload.name)
        system, user = words.say("system", rng), words.say("user", rng)
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        said = json.dumps(messages, ensure_ascii=False).replace("%", "%%")
        said = said.replace('"user", "content": "', '"user", "content": "Case %d. ')
        model = workload.models[int(len(workload.models) * rng.random())][0]
        made.append(Text(workload, model, said, len(system) + len(user)))
    return made


def written(rows: int, rng: Random) -> Iterator[tuple[str, int, int]]:
    """Yield each good line with its prompt and completion tokens."""
    pool = texts(rng)
    for number in range(rows):
        text = pool[number * _STEP % _TEXTS]
        chance = rng.getrandbits(64)
        prompt = text.chars // _CHARS_PER_TOKEN + 8 + chance % 3_000
        answers = text.workload.operation == "acompletion"
        output = 5 + (chance >> 12) % 400 if answers else 0
        cached = prompt // 256 * 128 if answers and chance & 1 else 0
        started = _START + _MONTH * number // rows
        tokens = Tokens(uncached=prompt - cached, cache_read=cached, output=output)
        line = (
            f'{{"request_id":"chatcmpl-{chance:016x}{number:08x}",'
            f'"call_type":"{text.workload.operation}","api_key":"svc-{text.workload.name}",'
            f'"spend":{cost(text.model, tokens):f},"total_tokens":{prompt + output},'
            f'"prompt_tokens":{prompt},"completion_tokens":{output},'
            f'"startTime":"{iso(started)}","endTime":"{iso(started + 400 + output * 12)}",'
            f'"model":"{text.model}","model_group":"{text.model}",'
            f'"custom_llm_provider":"{provider(text.model)}","cache_hit":"False",'
            f'"team_id":"team-{chance % 23}","metadata":{{"usage_object":'
            f'{{"prompt_tokens_details":{{"cached_tokens":{cached}}}}}}},'
            f'"request_tags":["feature:{text.workload.name}","env:prod"],'
            f'"messages":{text.messages % number},"response":{{}},"session_id":null,'
            f'"status":"success"}}'
        )
        yield line, prompt, output


def write(rows: int, out: Path, *, seed: int, copies: float, bad: float) -> Counter[str]:
    """Write the log; return what is in it."""
    rng = Random(seed)
    truth: Counter[str] = Counter()
    with out.open("w", encoding="utf-8") as file:
        block: list[str] = []
        for line, prompt, output in written(rows, rng):
            block.append(line)
            truth.update(good=1, prompt_tokens=prompt, completion_tokens=output)
            if rng.random() < copies:
                block.append(line)
                truth["duplicates"] += 1
            if rng.random() < bad:
                block.append(_BAD[truth["bad"] % len(_BAD)].format(truth["good"]))
                truth["bad"] += 1
            if len(block) >= _BLOCK:
                file.write("\n".join(block) + "\n")
                block.clear()
        file.writelines(f"{line}\n" for line in block)
    truth["lines"] = truth["good"] + truth["duplicates"] + truth["bad"]
    return truth


def main() -> None:
    """Read the arguments, write both files."""
    parser = argparse.ArgumentParser(description="Write a large LiteLLM spend log.")
    parser.add_argument("rows", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--copies", type=float, default=0.001, help="share of rows written twice")
    parser.add_argument("--bad", type=float, default=0.0005, help="unusable lines per row")
    given = parser.parse_args()
    truth = write(given.rows, given.out, seed=given.seed, copies=given.copies, bad=given.bad)
    path = given.out.with_name(f"{given.out.name}.truth.json")
    path.write_text(json.dumps(truth, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
