"""The sample month: traffic of an invented freight company, as its exports would show it."""
