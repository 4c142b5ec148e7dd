"""Cohere: what is billed stands in `billed_units`, often far below the tokens that were read."""

from __future__ import annotations

from aiaudit.usage.convention import Convention, first, has
from aiaudit.usage.counters import plus

_INPUT = first("billed_units.input_tokens", "tokens.input_tokens")
_IMAGES = first("billed_units.image_tokens")

CONVENTION = Convention(
    id="cohere",
    family="cohere",
    title="Cohere chat and embed, priced on billed units",
    recognise=has("billed_units", "tokens"),
    measures={
        # An embedded image is billed beside the text.
        "input_uncached": plus(_INPUT, _IMAGES),
        "image_input": _IMAGES,
        "output": first("billed_units.output_tokens", "tokens.output_tokens"),
    },
)
