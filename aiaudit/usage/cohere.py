"""Cohere: what is billed stands in `billed_units`, often far below the tokens that were read."""

from __future__ import annotations

from aiaudit.usage.convention import Convention, first, has

CONVENTION = Convention(
    id="cohere",
    family="cohere",
    title="Cohere chat and embed, priced on billed units",
    recognise=has("billed_units", "tokens"),
    measures={
        "input_uncached": first("billed_units.input_tokens", "tokens.input_tokens"),
        "output": first("billed_units.output_tokens", "tokens.output_tokens"),
    },
)
