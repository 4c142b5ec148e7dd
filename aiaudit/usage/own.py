"""Our own counters, for those who have them already: disjoint, as this tool prints them."""

from __future__ import annotations

from typing import Final

from aiaudit.usage.convention import USAGE, Convention, first
from aiaudit.usage.counters import plus

COUNTERS: Final = (
    "input_uncached",
    "cache_read",
    "cache_write",
    "cache_write_5m",
    "cache_write_1h",
    "output",
    "reasoning",
    "audio_input",
    "audio_cache_read",
    "audio_output",
    "image_input",
    "image_output",
    "images",
    "web_searches",
)
_KNOWN: Final = ", ".join(f"'{name}'" for name in COUNTERS)

CONVENTION = Convention(
    id="counters",
    family="counters",
    title="the counters of this tool",
    # One foreign name among ours would be tokens that nobody pays for: then it is not ours.
    recognise=(
        f"(json_type({USAGE}) = 'OBJECT' AND len(json_keys({USAGE})) > 0"
        f" AND len(list_filter(json_keys({USAGE}), lambda key_: key_ NOT IN ({_KNOWN}))) = 0)"
    ),
    # Measured audio is all of it; our counter is the part that the cache did not hold.
    measures={name: first(name) for name in COUNTERS}
    | {"audio_input": plus(first("audio_input"), first("audio_cache_read"))},
)
