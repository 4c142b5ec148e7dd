"""Who bills: the many words that exports use for a provider, in one place."""

from __future__ import annotations

from typing import Final

_WORDS: Final = {
    "openai": "openai text-completion-openai open_ai openai-responses",
    "anthropic": "anthropic anthropic_text claude",
    "google": "google gemini google_ai_studio gcp.gemini google-generativeai google_genai"
    " google_gla google-gla googleai palm",
    "vertex": "vertex vertex_ai vertex_ai_beta vertexai vertex-ai gcp.vertex_ai google_vertex"
    " google-vertex google_vertex_ai vertex_ai-language-models vertex_ai-anthropic_models"
    " vertex_ai-llama_models vertex_ai-mistral_models vertex_ai-embedding-models gcp",
    "bedrock": "bedrock bedrock_converse aws_bedrock aws.bedrock amazon-bedrock amazon_bedrock aws"
    " bedrock_invoke",
    "azure": "azure azure_openai azure-openai azure_ai azure_text az.ai.openai azure.ai.openai"
    " az.ai.inference azure.ai.inference azureopenai microsoft",
    "mistral": "mistral mistralai mistral_ai codestral text-completion-codestral",
    "deepseek": "deepseek deep_seek",
    "xai": "xai x_ai x-ai x.ai grok",
    "groq": "groq groqcloud",
    "together": "together together_ai togetherai together-ai together.ai togethercomputer"
    " togetherai.chat togetherai.completion",
    "fireworks": "fireworks fireworks_ai fireworks-ai fireworksai fireworks.ai fireworks.chat"
    " fireworks.completion",
    "cohere": "cohere cohere_chat",
    "openrouter": "openrouter open_router open-router openrouter.ai openrouter_ai openrouter-ai"
    " openrouter.chat openrouter.completion",
    "perplexity": "perplexity perplexity_ai pplx",
    "moonshot": "moonshot moonshotai moonshot_ai kimi",
    "cerebras": "cerebras",
    "amazon_nova": "amazon_nova amazon-nova",
    "voyage": "voyage voyageai voyage_ai",
    "databricks": "databricks",
    "zai": "zai z.ai z-ai zhipu zhipuai",
    "minimax": "minimax",
    "alibaba": "alibaba dashscope qwen alibaba_cloud",
    "nvidia": "nvidia nvidia_nim",
    "deepinfra": "deepinfra",
    "github": "github github_models",
}
_BY_WORD: Final = {word: name for name, words in _WORDS.items() for word in words.split()}

# A gateway bills for nothing itself: who does is then told by the model.
_NOBODY: Final = frozenset(("", "none", "null", "unknown", "litellm_proxy", "litellm"))

# Who sells models that others make: never assumed when an export does not say who bills.
HOSTS: Final = frozenset(
    {
        "azure", "bedrock", "cerebras", "databricks", "deepinfra", "fireworks", "github", "groq",
        "nvidia", "openrouter", "together", "vertex",
    }
)  # fmt: skip


def billing_provider(word: str | None) -> str | None:
    """Return who bills, by any spelling of the name; an unknown word stays, None when absent."""
    plain = (word or "").strip().casefold()
    if plain in _NOBODY:
        return None
    return _BY_WORD.get(plain) or _BY_WORD.get(plain.replace(" ", "_")) or plain


def known(word: str) -> bool:
    """Return whether a word names a provider."""
    return word.casefold() in _BY_WORD
