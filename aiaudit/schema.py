"""The canonical tables: every column, its type, and one sentence about it.

Money in `calls` is not computed here: only `stated_cost`, what a log says of itself. Counters are
disjoint: a token stands in exactly one of them. Times are UTC without a zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MONEY: Final = "DECIMAL(38,18)"  # an amount as an export states it, in its own currency
PICO: Final = "DECIMAL(38,0)"  # an amount that we computed, in pico-dollars (1e-12 USD)

TIERS: Final = ("micro", "efficient", "capable", "frontier")
RATE_CLASSES: Final = ("standard", "batch", "flex", "priority", "provisioned")

# Tokens: each stands in exactly one of these.
TOKENS: Final = ("input_uncached", "cache_read", "cache_write_5m", "cache_write_1h", "output")
# Tokens of another kind inside those, which some models bill at another rate, and the counter in
# which they stand.
PARTS: Final = {
    "audio_input": "input_uncached",
    "audio_cache_read": "cache_read",
    "audio_output": "output",
    "image_input": "input_uncached",
    "image_output": "output",
    "reasoning": "output",
}
# Counters that are priced, in the order in which they are printed.
METERS: Final = (*TOKENS, "web_searches", "images", *PARTS)

# What the text functions keep of a prompt; the text itself is never stored.
TEXT_FEATURES: Final = (
    "system_sha256",
    "template_id",
    "prompt_chars",
    "system_chars",
    "language",
    "rule_task",
    "rule_family",
    "rule_share",
    "complexity",
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a canonical table."""

    name: str
    type: str
    about: str


def _columns(text: str) -> tuple[Column, ...]:
    lines = (line.split(maxsplit=2) for line in text.strip().splitlines())
    return tuple(Column(name, type_, about) for name, type_, about in lines)


CALLS: Final = _columns(f"""
call_id            BIGINT    the call's number in this audit, by its file's digest and its row
source_id          VARCHAR   the file that it was read from
row                BIGINT    its record number in that file, from 1
grain              VARCHAR   call (one request) or bucket (one row of an aggregated export)
natural_id         VARCHAR   its identity within its format; null when the format has none
response_id        VARCHAR   the provider's own id of the answer, as chatcmpl-, msg_, resp_ or gen-
started_at         TIMESTAMP when the call, or the bucket, began
ended_at           TIMESTAMP when it ended
provider           VARCHAR   who bills for it
billing_account    VARCHAR   the account that is billed; null when the source does not say
gateway            VARCHAR   the gateway that logged it
model_raw          VARCHAR   the model as the source spells it
operation          VARCHAR   chat, embedding, image, audio, moderation, rerank or other
requests           BIGINT    how many requests the row stands for; null when the source does not say
input_uncached     BIGINT    input tokens billed at the full rate
cache_read         BIGINT    input tokens read from the provider's prompt cache
cache_write_5m     BIGINT    input tokens written to a cache that lives five minutes
cache_write_1h     BIGINT    input tokens written to a cache that lives an hour
output             BIGINT    output tokens, reasoning inside
reasoning          BIGINT    the part of output that was reasoning
audio_input        BIGINT    the part of input_uncached that was audio
audio_cache_read   BIGINT    the part of cache_read that was audio
audio_output       BIGINT    the part of output that was audio
image_input        BIGINT    the part of input_uncached that was images, where the source counts it
image_output       BIGINT    the part of output that was images, where the source counts it
images             BIGINT    images made
web_searches       BIGINT    searches that the provider made
rate_class         VARCHAR   standard, batch, flex, priority or provisioned
region             VARCHAR   the region or residency that was billed
effort             VARCHAR   the reasoning effort that was asked for
latency_ms         BIGINT    from start to end
ttft_ms            BIGINT    from start to the first token
status             VARCHAR   success, error, cancelled or unknown
error_class        VARCHAR   rate_limit, timeout, context_length, content_filter, auth, server...
attempt            BIGINT    1 for a first attempt
retry_of           VARCHAR   the call that this one repeats
fallback_from      VARCHAR   the model that this one stands in for
gateway_cache_hit  BOOLEAN   answered from the gateway's own cache
billable           BOOLEAN   false when no provider was reached; null is treated as true
stated_cost        {MONEY}   what the log says it cost
user_id            VARCHAR   who called
team               VARCHAR   the team
project            VARCHAR   the project
api_key            VARCHAR   the key's name or hash, never the key
use_case           VARCHAR   what the call was for
environment        VARCHAR   prod, staging, dev, test, eval
session_id         VARCHAR   the conversation
trace_id           VARCHAR   the trace
parent_id          VARCHAR   the span above
agent              VARCHAR   the agent
decision_id        VARCHAR   the unit of business work that the call served
outcome            VARCHAR   what came of it
quality            DOUBLE    how good the answer was, as the source scores it
replay             BOOLEAN   the tool may have copied it here from a call of the same response_id
system_sha256      VARCHAR   digest of the system prompt
template_id        VARCHAR   the prompt's shape, with names and numbers masked
prompt_chars       BIGINT    length of the last user message
system_chars       BIGINT    length of the system prompt
messages           BIGINT    messages in the request
tools              BIGINT    tools offered
has_images         BOOLEAN   an image was sent
has_schema         BOOLEAN   a structured answer was demanded
max_output_tokens  BIGINT    the cap on output that was asked for
language           VARCHAR   latin, other or none: the script that most of the text is written in
rule_task          VARCHAR   the task that hand-written rules see in the text
rule_family        VARCHAR   the family of tasks that they see
rule_share         DOUBLE    how clearly: the winner's share of all rule hits, 0 to 1
complexity         BIGINT    structure of the prompt on a scale from 0 to 100
invalid            VARCHAR   why the counters contradict themselves; null when they do not
""")

CHARGES: Final = _columns(f"""
source_id        VARCHAR   the file that it was read from
row              BIGINT    its record number in that file, from 1
natural_id       VARCHAR   its dimensions, not its measures
charge_start     TIMESTAMP when the charge period begins, inclusive
charge_end       TIMESTAMP when it ends, exclusive
exported_at      TIMESTAMP when the provider made the export
provider         VARCHAR   who bills
billing_account  VARCHAR   the account that is billed
service          VARCHAR   what is bought
sku              VARCHAR   the line's own text
category         VARCHAR   usage, credit, refund, tax, purchase or rounding
quantity         {MONEY}   what was consumed
unit             VARCHAR   the unit of the quantity
list_cost        {MONEY}   at list prices
contracted_cost  {MONEY}   at the contract's prices
effective_cost   {MONEY}   with prepayments spread over what they covered
billed_cost      {MONEY}   what the invoice rests on
currency         VARCHAR   ISO code
model_raw        VARCHAR   the model, when the line names one
token_class      VARCHAR   the counter, when the line names one
rate_class       VARCHAR   standard, batch, flex, priority or provisioned
project          VARCHAR   the project or workspace
""")

REJECTS: Final = _columns("""
source_id  VARCHAR  the file
row        BIGINT   the record number in it, from 1
code       VARCHAR  the reason, as a code
cause      VARCHAR  the reason, in a few words; never the text of the record
""")

SOURCES: Final = _columns("""
source_id      VARCHAR    digest of the content and the relative path
file           VARCHAR    path relative to the argument that was given
sha256         VARCHAR    digest of the bytes
bytes          BIGINT     size of the file as it lies there
format         VARCHAR    the reader that recognised it
reader         VARCHAR    the reader's version and mapping, so that a change is read again
grain          VARCHAR    call, bucket or charge
period_start   TIMESTAMP  the earliest start
period_end     TIMESTAMP  the latest end
rows_read      BIGINT     records, blank lines left out
loaded         BIGINT     rows_read - duplicates - rejected - ignored
duplicates     BIGINT     records that stand elsewhere already
rejected       BIGINT     records that cannot be used
ignored        BIGINT     records that are no call and no charge by nature
blank          BIGINT     blank lines
reasons        VARCHAR    JSON: reason to count, for duplicates, rejected and ignored
notes          VARCHAR    JSON: sentences that the report prints
""")

DUPLICATES: Final = _columns("""
source_id    VARCHAR  the file of the copy
row          BIGINT   the record number of the copy
kept_source  VARCHAR  the file of the survivor
kept_row     BIGINT   the record number of the survivor
rule         VARCHAR  the rule that decided
""")


def table_sql(name: str, columns: tuple[Column, ...], *, temporary: bool = False) -> str:
    """Return the statement that makes an empty canonical table, or one that a run needs alone."""
    body = ", ".join(f'"{column.name}" {column.type}' for column in columns)
    kind = "TEMP TABLE" if temporary else "TABLE"
    return f"CREATE {kind} IF NOT EXISTS {name} ({body})"
