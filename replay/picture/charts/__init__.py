"""Charts over time, as items, before any drawing.

To add a chart, write a function `(timeline) -> Chart` under `@chart` and import its module here.
"""

from __future__ import annotations

from replay.picture.charts import control, delay, density, ground, numbers
from replay.picture.charts.registry import CHARTS, Chart, chart_of

__all__ = ["CHARTS", "Chart", "chart_of", "control", "delay", "density", "ground", "numbers"]
