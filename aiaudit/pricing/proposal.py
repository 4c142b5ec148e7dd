"""From a public price file to a diff that a person reviews: new models, and prices that differ."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from aiaudit.pricing import rows
from aiaudit.pricing.identity import Names
from aiaudit.pricing.lint import doubts
from aiaudit.pricing.sheet_edit import Edited
from aiaudit.pricing.values import Mode, Offering, Price
from aiaudit.pricing.wording import entry_of, interval_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from aiaudit.pricing.published import PriceFile, Published
    from aiaudit.pricing.values import Catalogue, Rates

_REGION: Final = re.compile(r"(us|eu|global|global-standard|[a-z]{2}(-gov)?-[a-z]+-\d)/")
_OWN: Final = ("exact", "spelling")


@dataclass(slots=True, kw_only=True)
class Proposal:
    """A diff against the sheets of a catalogue, and how many models came to what."""

    edited: dict[str, Edited] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def diff(self) -> str:
        """Return the diff of every sheet that would change, in order of name."""
        return "".join(part for _, sheet in sorted(self.edited.items()) if (part := sheet.diff()))


def propose(
    file: PriceFile, catalogue: Catalogue, sheets: Mapping[str, str], day: date
) -> Proposal:
    """Return what a price file of a day would add to a catalogue whose sheets have these texts.

    A model that we do not have becomes an entry; a price that differs from ours on that day
    becomes a new interval, and ours ends where it begins. Nothing that stands is rewritten.
    """
    made = Proposal(counts=Counter({"not priced by token": file.otherwise}))
    names = Names(rows.offerings(catalogue), rows.aliases(catalogue))
    homes = {o.provider: o.place.rpartition(":")[0] for o in catalogue.offerings.values()}
    for name, text in sheets.items():
        made.edited[name] = Edited(name, text)
    seen: dict[str, set[str]] = defaultdict(set)
    for model in sorted(file.models, key=lambda m: (m.provider, m.id.casefold())):
        if model.id.casefold() in seen[model.provider]:
            continue
        seen[model.provider].add(model.id.casefold())
        sheet = made.edited.get(homes.get(model.provider, ""))
        if sheet is None:
            made.counts["of providers without a sheet"] += 1
        else:
            made.counts[_one(model, catalogue, names, sheet, (day, file.title))] += 1
    return made


def _one(
    model: Published, catalogue: Catalogue, names: Names, sheet: Edited, told: tuple[date, str]
) -> str:
    """Edit the sheet for one model; return what it came to."""
    day, title = told
    at = _midnight(day)
    reading = next(r for r in names.read(model.provider, model.id) if r.start <= at < r.until)
    if reading.offering is None:
        if reading.rule != "unknown model":
            return f"not read: {reading.rule}"
        entry = entry_of(model, _warnings(_sold(model)), day, title)
        sheet.add_model(entry)
        return "new"
    if reading.rule not in _OWN:
        return f"read as another name ({reading.rule})"
    offering = catalogue.offerings[reading.offering]
    ours = next(
        (p for p in offering.prices if p.withdrawn is None and p.start <= at < p.until), None
    )
    if ours is None:
        return "known, without a price on that day"
    if not (moved := _moved(ours, model)):
        return "equal"
    start = _midnight(model.start) if model.start else at
    start = start if start > ours.start else at
    interval = interval_of(model, [*moved, *_warnings(_sold(model))], start, day, title)
    added = start > ours.start and sheet.add_price(ours.place, start, interval)
    return "changed" if added else "changed, to be added by hand"


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  # times are UTC without a zone


def _moved(ours: Price, theirs: Published) -> list[str]:
    """Return what both state and state differently; silence of one side is no difference."""
    pairs = [("", ours.standard.rates, theirs.rates)]
    if ours.standard.long is not None and ours.above == theirs.above:
        pairs.append(("long ", ours.standard.long, theirs.long))
    pairs += [
        (f"{mode} ", ours.modes[mode].rates, rates)
        for mode, rates in theirs.modes.items()
        if mode in ours.modes
    ]
    return [
        f"{words}{rate} was {old:f}"
        for words, mine, other in pairs
        for rate, new in other.items()
        if (old := mine.get(rate)) is not None and new is not None and old != new
    ]


def _sold(model: Published) -> Offering:
    """Return the model as an offering of ours, for the checks that ours must pass."""
    return Offering(
        key=f"{model.provider}/{model.id}",
        id=model.id,
        provider=model.provider,
        model=model.id,
        operation=model.operation,
        prices=(_priced(model),),
    )


def _priced(model: Published) -> Price:
    long: Rates | None = {**model.rates, **model.long} if model.long else None
    return Price(
        source="import",
        recorded=datetime(1, 1, 1).date(),  # noqa: DTZ001  # any day: only rates are checked
        standard=Mode(rates=model.rates, long=long),
        modes={mode: Mode(rates=rates) for mode, rates in model.modes.items()},
        above=model.above,
        regions=model.regions,
    )


def _warnings(offering: Offering) -> list[str]:
    """Return what a person should look at: what lint would say, and a region in a name."""
    name = f"{offering.key}: "
    found = [f.text.removeprefix(name) for p in offering.prices for f in doubts(offering, p)]
    if _REGION.match(offering.id):
        found.append("the name holds a region; a multiplier of the plain model may say the same")
    return found
