"""Ollama: counters beside the answer; what its own cache held is missing from the prompt."""

from __future__ import annotations

from aiaudit.usage.convention import Convention, first, has

CONVENTION = Convention(
    id="ollama",
    family="ollama",
    title="Ollama, in its own words",
    recognise=has("eval_count", "prompt_eval_count"),
    measures={"input_uncached": first("prompt_eval_count"), "output": first("eval_count")},
)
