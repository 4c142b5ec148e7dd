"""The charts of a report: each is a frozen value, drawn as SVG by the file that defines it."""

from __future__ import annotations

from aiaudit.report.charts.bars import SmallBar
from aiaudit.report.charts.bridge import Bridge, Segment, Step
from aiaudit.report.charts.daily import Daily, Day
from aiaudit.report.charts.flow import Flow, Link, Node
from aiaudit.report.charts.span import Span

__all__ = [
    "Bridge", "Chart", "Daily", "Day", "Flow", "Link", "Node", "Segment", "SmallBar", "Span",
    "Step",
]  # fmt: skip

Chart = Bridge | Flow | Daily | Span
