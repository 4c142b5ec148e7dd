"""From dated prices to rates: whole pico-dollars for every way in which a call can be billed.

Defaults, modes, long context, hours, regions, and the customer's rates and discounts are applied
here, once, in Decimal, half-even to one pico-dollar; what had to be rounded or assumed is counted.

Tokens of another kind (audio, images, reasoning) stand inside a counter that is billed already. So
the rate of such a part is compiled as what it costs more, or less, than the counter's own rate.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any, Final

from aiaudit.pricing.cells import cells, pico
from aiaudit.pricing.contract import contract_of
from aiaudit.schema import METERS, PARTS, TOKENS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aiaudit.pricing.cells import Cell, Meters
    from aiaudit.pricing.contract import Contract
    from aiaudit.pricing.values import Catalogue, Offering, Policy, Price, Span

_HUNDRED: Final = Decimal(100)
_LARGEST: Final = 2**63 - 1
# What a rate is for: the counters, and the request itself.
BILLED: Final = (*METERS, "requests")
# A model of sound or of images that states one rate states that of its sound or its images.
_IMPLIED: Final = {"image": ("image_output",), "audio": ("audio_input", "audio_output")}
_BASES: Final = ("list", "contracted")
_SELDOM_APART: Final = ("reasoning", "image_input", "requests")

COLUMNS: Final = (
    ("rate_id", "BIGINT"),
    ("offering", "VARCHAR"),
    ("rate_class", "VARCHAR"),
    ("region", "VARCHAR"),
    ("band", "VARCHAR"),
    ("above", "BIGINT"),
    ("inclusive", "BOOLEAN"),
    ("long_id", "BIGINT"),
    ("hours", "VARCHAR"),
    ("off_peak_id", "BIGINT"),
    ("is_regional", "BOOLEAN"),
    ("is_plain", "BOOLEAN"),
    ("most", "BIGINT"),
    ("valid_from", "TIMESTAMP"),
    ("valid_to", "TIMESTAMP"),
    *((f"{basis}_{meter}", "BIGINT") for basis in _BASES for meter in BILLED),
    ("refused", "VARCHAR"),
    ("defaults", "VARCHAR"),
    ("confidence", "VARCHAR"),
    ("source", "VARCHAR"),
    ("sku_price_id", "VARCHAR"),
)
_BLANK: Final[dict[str, Any]] = dict.fromkeys(name for name, _ in COLUMNS)


@dataclass(slots=True)
class Compiled:
    """Rows for the table `rates`, and how often a rate was rounded or taken from a default."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    roundings: int = 0
    defaults: Counter[str] = field(default_factory=Counter)

    def whole(self, amount: Decimal) -> int:
        """Return an amount as whole pico-dollars, half-even, counting when it was not whole."""
        rounded = amount.quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
        self.roundings += rounded != amount
        return int(rounded)

    def columns(self, basis: str, meters: Meters) -> dict[str, int]:
        """Return a column for every meter that has a rate; for a part, the difference it makes."""
        whole = {meter: self.whole(rate) for meter, rate in meters.items()}
        base = {meter: whole.get(PARTS[meter], 0) for meter in whole if meter in PARTS}
        return {f"{basis}_{meter}": rate - base.get(meter, 0) for meter, rate in whole.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sold:
    """One price of one offering, under the catalogue's policy and the customer's contract."""

    offering: Offering
    price: Price
    policy: Policy
    contract: Contract


def compiled(catalogue: Catalogue) -> Compiled:
    """Return every rate of the catalogue."""
    result = Compiled()
    for offering in catalogue.offerings.values():
        policy = catalogue.policies[offering.provider]
        contract = contract_of(catalogue, offering)
        for price in offering.prices:
            if price.withdrawn is None:
                sold = _Sold(offering=offering, price=price, policy=policy, contract=contract)
                for part in contract.parts(price):
                    result.rows += _linked(_rows(sold, part, result), len(result.rows))
    return result


def _rows(sold: _Sold, part: Span, result: Compiled) -> Iterator[dict[str, Any]]:
    """Yield a row for each way to be billed and each region, during a part of a price's time."""
    listed = tuple(cells(sold.price, sold.policy))
    rates, percent = sold.contract.rates(part), sold.contract.percent(part)
    if part.start == sold.price.start:
        result.defaults.update(name for cell in listed for name in cell.defaults)
    for cell, mine in zip(listed, cells(sold.price, sold.policy, rates), strict=True):
        own = pico(rates) if cell.rate_class == "standard" and cell.band != "long" else {}
        for region, factor in {"": Decimal(1), **sold.price.regions}.items():
            published = _complete(sold.offering, _scaled(cell.meters, factor))
            agreed = _complete(sold.offering, _scaled(mine.meters, factor) | own)
            yield {
                **_described(sold, part, cell, region),
                **result.columns("list", published),
                **result.columns("contracted", _discounted(agreed, percent)),
            }


def _linked(rows: Iterable[dict[str, Any]], first: int) -> list[dict[str, Any]]:
    """Return the rows numbered; a base row knows the numbers of its long and off-peak rates."""
    numbered = [_BLANK | {"rate_id": number, **row} for number, row in enumerate(rows, first)]
    ids = {(row["rate_class"], row["region"], row["band"]): row["rate_id"] for row in numbered}
    for row in numbered:
        if row["band"] == "base":
            row["long_id"] = ids.get((row["rate_class"], row["region"], "long"))
            row["off_peak_id"] = ids.get((row["rate_class"], row["region"], "off_peak"))
            row.update(_plainness(row))
    return numbered


def _plainness(row: dict[str, Any]) -> dict[str, Any]:
    """Return whether a sum over five known list rates prices a text, and up to how many tokens.

    That sum is short: it needs no other rate, no hour, and no more than a BIGINT.
    """
    rates = [row[f"list_{token}"] for token in TOKENS]
    own = [row[f"contracted_{token}"] for token in TOKENS]
    # What a source counts of ordinary texts, and few models bill apart.
    apart = [row[f"{basis}_{meter}"] for basis in _BASES for meter in _SELDOM_APART]
    if row["region"] or row["hours"] or any(apart) or rates != own or None in rates:
        return {"is_plain": False}
    return {"is_plain": True, "most": _LARGEST // max(1, *rates)}


def _described(sold: _Sold, part: Span, cell: Cell, region: str) -> dict[str, Any]:
    return {
        "offering": sold.offering.key,
        "rate_class": cell.rate_class,
        "region": region,
        "band": cell.band,
        "above": sold.price.above,
        "inclusive": sold.price.inclusive,
        "hours": sold.price.hours if cell.rate_class == "standard" else None,
        "is_regional": bool(sold.price.regions),
        "valid_from": part.start,
        "valid_to": part.until,
        "refused": cell.refused,
        "defaults": ",".join(cell.defaults) or None,
        "confidence": sold.price.confidence,
        "source": sold.price.source,
        "sku_price_id": _sku(sold.offering, sold.price, cell, region),
    }


def _discounted(meters: Meters, percent: Meters) -> Meters:
    return {m: value * (_HUNDRED - percent.get(m, 0)) / _HUNDRED for m, value in meters.items()}


def _complete(offering: Offering, meters: Meters) -> Meters:
    """Return the rates with what goes without saying: an image is paid by its tokens."""
    implied = {part: PARTS[part] for part in _IMPLIED.get(offering.operation, ())}
    if not meters.keys() & implied.keys():
        meters = meters | {p: meters[whole] for p, whole in implied.items() if whole in meters}
    return {"images": Decimal(0), **meters} if "image_output" in meters else meters


def _scaled(meters: Meters, factor: Decimal) -> Meters:
    """Return the rates of a region: a multiple for tokens; fees are the same everywhere."""
    tokens = {*TOKENS, *PARTS}
    return {m: value * factor if m in tokens else value for m, value in meters.items()}


def _sku(offering: Offering, price: Price, cell: Cell, region: str) -> str:
    """Return the name of the price row that a call is priced with."""
    day = price.start.isoformat().removesuffix("T00:00:00")
    band = {"long": "long", "off_peak": "off-peak"}.get(cell.band, "")
    ways = (cell.rate_class, band, region)
    return f"{offering.key}@{day}/{'/'.join(way for way in ways if way)}"
