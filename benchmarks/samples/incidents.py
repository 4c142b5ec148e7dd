"""What went wrong in the month: failures and retries, a retry storm, an outage, odd models."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from .call import Error
from .clock import MINUTE, midnight
from .draft import identity

if TYPE_CHECKING:
    from random import Random

    from .call import Call

STORM: Final = date(2026, 10, 14)
_STORM_HOURS: Final = (7, 11)  # UTC
_STORM_ATTEMPTS: Final = (10, 34)
OUTAGE: Final = date(2026, 10, 18)  # a Sunday on which no Anthropic model was called
PILOT: Final = (date(2026, 10, 19), date(2026, 10, 23))
PILOT_MODEL: Final = "brightwater-ft-07"
AZURE_MODEL: Final = "azure/prod-chat-02"
SHORT_DAYS: Final = (date(2026, 10, 13), date(2026, 10, 27))  # the provider metered less

_FAILING: Final = 0.016
_TIMEOUT: Final = Error("408", "Timeout", "Request timed out after 60 s", billed=True)
_ERRORS: Final = (
    (50, Error("429", "RateLimitError", "Rate limit reached for requests per minute")),
    (24, Error("503", "ServiceUnavailableError", "The server is overloaded, try again later")),
    (14, _TIMEOUT),
    (8, Error("400", "ContextWindowExceededError", "Prompt is too long", retried=False)),
    (4, Error("400", "ContentPolicyViolationError", "Flagged by the filter", retried=False)),
)
_BACKOFF: Final = 2_500


def rerouted(call: Call, day: date) -> Call:
    """Return the call as the gateway sent it that day."""
    if day == OUTAGE and call.provider == "anthropic":
        return replace(call, model="gpt-5.4", fallback_from=call.model)
    spread = int(call.id[9:13], 16) if call.id.startswith("chatcmpl-") else 0
    odd = call.env == "prod" and not call.gateway_hit and spread % 32 == 0
    if odd and call.workload.name == "customer-reply-drafts":
        return replace(call, model=AZURE_MODEL)
    if odd and call.workload.name == "ticket-routing" and PILOT[0] <= day <= PILOT[1]:
        return replace(call, model=PILOT_MODEL, prefix=0)
    return call


def befall(calls: list[Call], day: date, rng: Random) -> list[Call]:
    """Return the calls with their failed attempts before them and what was not metered marked."""
    made = []
    for call in calls:
        if day == STORM and _in_storm(call, day):
            made.extend(_storm(call, rng))
        elif not call.gateway_hit and rng.random() < _FAILING:
            made.extend(_failed(call, rng))
        else:
            made.append(call)
    return _unmetered(made) if day in SHORT_DAYS else made


def _in_storm(call: Call, day: date) -> bool:
    hours = [midnight(day) + hour * 60 * MINUTE for hour in _STORM_HOURS]
    return call.workload.name == "ticket-routing" and hours[0] <= call.started < hours[1]


def _storm(call: Call, rng: Random) -> list[Call]:
    """Return a ticket whose answers came too late, and which was sent again at once."""
    least, most = _STORM_ATTEMPTS
    count = least + int((most - least) * rng.random())
    failed = replace(call, error=_TIMEOUT)
    return [*_attempts(failed, count, rng), _retry(call, count + 1, rng)]


def _failed(call: Call, rng: Random) -> list[Call]:
    error = rng.choices([error for _, error in _ERRORS], [share for share, _ in _ERRORS])[0]
    failed = replace(call, error=error)
    if not error.billed:
        failed = replace(failed, prompt_tokens=0, output=0, reasoning=0, prefix=0)
    if not error.retried:
        return [failed]
    count = 1 + int(2 * rng.random() * rng.random() + 0.3)
    return [*_attempts(failed, count, rng), _retry(call, count + 1, rng)]


def _attempts(call: Call, count: int, rng: Random) -> list[Call]:
    return [_retry(call, number, rng) for number in range(1, count + 1)]


def _retry(call: Call, attempt: int, rng: Random) -> Call:
    if attempt == 1:
        return call
    wait = (attempt - 1) * (_BACKOFF + call.latency) + int(1_000 * rng.random())
    return replace(call, id=identity("chatcmpl", rng), started=call.started + wait, attempt=attempt)


def _unmetered(calls: list[Call]) -> list[Call]:
    """Return the calls with three of the day's that the provider never counted."""
    lost = [
        call.id
        for call in calls
        if call.workload.name == "customs-document-qa" and call.model == "gpt-5.5" and call.reached
    ][4:7]
    return [replace(call, metered=call.id not in lost) for call in calls]
