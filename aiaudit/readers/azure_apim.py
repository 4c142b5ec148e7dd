"""Azure API Management's log of model calls (ApiManagementGatewayLlmLog)."""

from __future__ import annotations

from typing import Final

from aiaudit.readers.bodies import requested
from aiaudit.readers.reader import Reader
from aiaudit.resources import statement

_TEXT: Final = (
    "TimeGenerated", "TimeGenerated [UTC]", "CorrelationId", "RequestId", "OperationName", "Region",
    "ModelName", "DeploymentName", "SequenceNumber", "PromptTokens", "CompletionTokens",
    "TotalTokens", "ResultCode", "ApiId", "ProductId", "SubscriptionId",
)  # fmt: skip

READER = Reader(
    id="azure-apim",
    family="azure-apim",
    title="Azure API Management gateway LLM log (JSON lines, JSON list or CSV)",
    carries="calls with tokens (cached ones not told apart), model, deployment and messages",
    found_by="CorrelationId, PromptTokens and CompletionTokens",
    grain="call",
    holds="both",
    verified=False,
    signature=frozenset({"correlationid", "prompttokens", "completiontokens"}),
    columns=dict.fromkeys(_TEXT, "VARCHAR") | {"RequestMessages": "JSON"},
    select=requested(statement("azure_apim")),
)
