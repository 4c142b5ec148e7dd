"""Offline audit of what an organisation spends on AI models."""

__version__ = "0.2.0"
