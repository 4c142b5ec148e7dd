"""The three moves: what to do first, with its range, its owner and what a worse answer may cost."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from aiaudit.ledger import rounded
from aiaudit.report import titles
from aiaudit.report.blocks import Move, Moves, Note, Section, Stamp, Tone
from aiaudit.report.figures import percent, usd
from aiaudit.report.sections.cells import money
from aiaudit.report.words import Words, counted, name, sentences

if TYPE_CHECKING:
    from aiaudit.report.basis import Basis
    from aiaudit.report.rows import Record

_MOST: Final = 3
_BEST: Final = "Best first. Amounts are the low case; each call is counted in one move."
_LARGEST: Final = "Largest first. No amount here is supported; each call is counted once."
_JUDGE: Final = "Judge a sample of your own answers before any of these moves."
_CLASSES: Final[dict[str, tuple[str, Tone]]] = {
    "calculated": ("Calculated", "good"),
    "tested": ("Tested", "good"),
    "likely": ("Likely", "warn"),
    "untested": ("Untested", "bad"),
}


def section(basis: Basis) -> Section:
    """Return the first moves, supported ones before untested ones."""
    rows = _first(basis)
    part = sum((max(_supported(row), Decimal(0)) for row in rows), Decimal(0))
    whole = max(basis.shown.headline, part)
    if not rows:
        absent = basis.absent("moves", "The replay found no move that would save anything.")
        return Section(name="moves", title=(titles.moves(0, part, whole),),
                       blocks=(Note(absent),))  # fmt: skip
    title = titles.moves(len(rows), part, basis.audit.money("savings.headline") or Decimal(0))
    return Section(
        name="moves",
        title=(title,),
        say=(_BEST if part else _LARGEST,),
        blocks=(Moves(items=tuple(_move(basis, row) for row in rows)), _before(basis)),
    )


def _first(basis: Basis) -> list[Record]:
    rows = basis.records("moves")
    supported = [row for row in rows if _supported(row) > 0]
    saving = [row for row in rows if _saving(row) > 0]
    return (supported or sorted(saving, key=_saving, reverse=True))[:_MOST]


def _saving(row: Record) -> Decimal:
    return money(row, "saving") or Decimal(0)


def _supported(row: Record) -> Decimal:
    """Return the low case of a move: all of it where it is arithmetic, nothing where untested."""
    if row["class"] == "calculated":
        return _saving(row)
    if row["class"] in {"likely", "tested"}:
        return money(row, "likely_low") or Decimal(0)
    return Decimal(0)


def _move(basis: Basis, row: Record) -> Move:
    supported = _supported(row)
    exact = supported or _saving(row)
    tag, tone = _CLASSES.get(str(row["class"]), ("Untested", "bad"))
    return Move(
        amount=basis.usd(rounded(exact, basis.shown.places), exact),
        tone="good" if supported else "muted",
        title=_title(row),
        tag=tag,
        tag_tone=tone,
        lines=(_range(basis, row), _break_even(row), _owner(row)),
    )


def _title(row: Record) -> Words:
    case = name(row["use_case"], "unallocated work")
    lever = row["lever"]
    if lever in {"route", "refresh"}:
        models = name(row["from_model"], "several models"), name(row["to_model"], "cheaper models")
        return ("Move ", case, " from ", models[0], " to ", models[1])
    titled = {
        "avoid": ("Stop paying for failed attempts in ", case),
        "trim": ("Trim context and output in ", case),
        "cache": ("Cache repeated prompts in ", case),
        "batch": ("Send ", case, " by batch"),
        "rate": ("Take ", case, " off its dearer rate class"),
    }
    return titled.get(str(lever), (name(lever, "Change"), ": ", case))


def _range(basis: Basis, row: Record) -> Words:
    calls = counted(row["requests"] or 0, "call")
    cost = basis.usd(rounded(money(row, "cost_contracted") or Decimal(0), basis.shown.places))
    low, high = money(row, "likely_low"), money(row, "likely_high")
    base = f"{calls} that cost {cost}."
    if row["class"] == "calculated":
        return (f"{base} Arithmetic on logged facts, so no range.",)
    if row["class"] == "untested" or low is None or high is None:
        return (f"{base} The whole amount is untested.",)
    ends = (basis.usd(rounded(value, basis.shown.places), value) for value in (low, high))
    return (f"{base} Low case {next(ends)}, high case {next(ends)}.",)


def _break_even(row: Record) -> Words:
    even = money(row, "break_even")
    if row["class"] == "calculated":
        return ("The answers stay the same.",)
    if even is None:
        return ("What a worse answer may cost is not known.",)
    places = 2 if abs(even) >= 1 else 4
    return (
        f"Pays while one worse answer costs less than {usd(rounded(even, places), places, even)}.",
    )


def _owner(row: Record) -> Words:
    return ("Owner: ", name(row["owner"], "not named"), ".")


def _before(basis: Basis) -> Stamp:
    shown = basis.shown
    replay: Words = ("This is a replay of past calls, not a trial.",)
    if not basis.supported:
        return Stamp(tag="Before you act", tone="warn", words=sentences([replay, (_JUDGE,)]))
    parts: list[Words] = [replay]
    if shown.low > 0:
        parts.append((
            (f"{basis.usd(shown.low)} rests on public stand-ins for this kind of work:"
            " judge a sample of your own answers first."),
        ))  # fmt: skip
    harm = basis.ratio("harm.budget_used")
    if harm and shown.low > 0:
        parts.append((f"In the high case {percent(harm)} of all calls would get a worse answer.",))
    if basis.tie.state == "off":
        parts.append(("The amounts are provisional until the differences below are explained.",))
    return Stamp(tag="Before you act", tone="warn", words=sentences(parts))
