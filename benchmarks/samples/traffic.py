"""A day of the company's calls: office work, a monitor that never sleeps, and agents."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Final

from . import incidents, promptcache
from .clock import MINUTE, midnight, moments, weight
from .draft import Desk, between, identity
from .workloads import WORKLOADS

if TYPE_CHECKING:
    from datetime import date

    from .call import Call
    from .workloads import Workload

SEED: Final = "brightwater"
_MONITOR_MINUTES: Final = 20
_NIGHT_MINUTES: Final = 4 * 60
_DAY: Final = 24 * 60 * MINUTE
_READ_AGAIN: Final = 0.6
_MEMORY: Final = 40  # a request is repeated within this many calls
_STEPS: Final = (8, 30)
_STUCK_STEPS: Final = 64
_STUCK_DAY: Final = 22
_RESULT: Final = (2_500, 17_000)
_MOST_CONTEXT: Final = 190_000


def calls_of(day: date) -> list[Call]:
    """Return all calls of a UTC day, in order of time; a day does not depend on another."""
    calls: list[Call] = []
    for workload in WORKLOADS:
        rng = Random(f"{SEED}/{workload.name}/{day}")
        desk = Desk(workload, day, rng)
        made = _SPECIAL.get(workload.name, _office)(desk)
        made = incidents.befall([incidents.rerouted(call, day) for call in made], day, rng)
        calls.extend(promptcache.counted(made, rng))
    end = midnight(day) + _DAY  # what midnight cut short is left out, so that days stand alone
    calls = [call for call in calls if call.started < end]
    return sorted(calls, key=lambda call: (call.started, call.id))


def _count(workload: Workload, day: date, rng: Random) -> int:
    return int(workload.per_day * weight(day) * (0.92 + 0.16 * rng.random()) + rng.random())


def _office(desk: Desk) -> list[Call]:
    rng, workload = desk.rng, desk.workload
    made: list[Call] = []
    for moment in moments(desk.day, _count(workload, desk.day, rng), rng):
        if made and 1000 * rng.random() < workload.repeats:
            made.append(_again(rng.choice(made[-_MEMORY:]), moment, rng))
        else:
            made.append(desk.call(moment))
    return made


def _again(call: Call, moment: int, rng: Random) -> Call:
    """Return the same request once more; a gateway that keeps answers gives its own."""
    hit = call.workload.gateway_cache
    first = call.id.partition("_cache_hit")[0]
    name = f"{first}_cache_hit{moment // 1000}" if hit else identity("chatcmpl", rng)
    return replace(call, id=name, started=moment, gateway_hit=hit)


def _monitor(desk: Desk) -> list[Call]:
    """Return a call every twenty minutes; at night the same posts are often read again."""
    rng = desk.rng
    made: list[Call] = []
    for minute in range(0, 24 * 60, _MONITOR_MINUTES):
        moment = midnight(desk.day) + minute * MINUTE + int(9_000 * rng.random())
        if made and minute < _NIGHT_MINUTES and rng.random() < _READ_AGAIN:
            made.append(_again(made[-1], moment, rng))
        else:
            made.append(desk.call(moment))
    return made


def _agents(desk: Desk) -> list[Call]:
    count = _count(desk.workload, desk.day, desk.rng)
    made = [call for start in moments(desk.day, count, desk.rng) for call in _run(desk, start)]
    if desk.day.day == _STUCK_DAY:
        made.extend(_stuck(made[-1], desk.rng))
    return made


def _run(desk: Desk, start: int) -> list[Call]:
    """Return the steps of one agent: every step sends all that was said before."""
    rng = desk.rng
    call = desk.call(start)
    session = identity("run", rng)
    call = replace(call, session=session, prefix_key=session, prefix=call.prompt_tokens)
    steps = [call]
    for number in range(2, between(_STEPS, rng) + 2):
        before = steps[-1]
        grown = min(before.prompt_tokens + before.output + between(_RESULT, rng), _MOST_CONTEXT)
        output, reasoning = desk.answered(before.model)
        result = f"Step {number}. {desk.said('tail')}"
        step = replace(
            before,
            id=identity("chatcmpl", rng),
            started=before.started + before.latency + int(4_000 * rng.random()),
            messages=(*call.messages, {"role": "tool", "content": result}),
            answer=desk.said("answer"),
            prompt_tokens=grown,
            prefix=grown,
            output=output,
            reasoning=reasoning,
        )
        steps.append(step)
    return steps


def _stuck(call: Call, rng: Random) -> list[Call]:
    """Return an agent that asks for the same page again and again, until somebody stops it."""
    seen = {"role": "tool", "content": "Observation: page text, 41 KB, cut off. Continue."}
    return [
        replace(
            call,
            id=identity("chatcmpl", rng),
            messages=(*call.messages, seen),
            started=call.started + number * 41_000 + int(3_000 * rng.random()),
            prompt_tokens=_MOST_CONTEXT - 24_000,
            prefix=0,
            answer="read_page(id=17)",
            output=58,
            reasoning=0,
        )
        for number in range(1, _STUCK_STEPS + 1)
    ]


_SPECIAL: Final = {"sentiment-monitor": _monitor, "research-agent": _agents}
