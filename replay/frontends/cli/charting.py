"""The command that draws charts over time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from replay.frontends.cli.options import (
    AsJson,
    KnownOn,
    LensName,
    PageSize,
    ScenarioName,
    StyleName,
    UndatedCount,
    console,
    look,
    print_json,
    print_lines,
    timeline_of,
)

if TYPE_CHECKING:
    from replay.picture.charts import Chart
    from replay.timeline.timeline import Timeline


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("chart")(chart)


def chart(
    scenario: ScenarioName,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="places, ground, events, delay, or what is counted: killed, villages taken …",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE",
            help="PNG, SVG, PDF, or CSV of the plotted numbers. [default: SCENARIO-NAME.png]",
        ),
    ] = None,
    style: StyleName = None,
    size: PageSize = None,
    lens: LensName = "default",
    known_on: KnownOn = None,
    undated: UndatedCount = "unknown",
    as_json: AsJson = False,
) -> None:
    """Draw a chart over time, or print or write its numbers.

    `places`: how many places each side holds, at least, as shown, at most. `ground`: km² and km
    taken against what was reported. `events`: events per day. `delay`: days until the first report.
    Anything that is counted: its name. Without NAME it lists the charts.
    """
    from replay.outputs.rendering.write import kind_of
    from replay.picture.charts import chart_of

    if out is not None:
        kind_of(out, ["csv"])
    options = look(style, size)
    timeline = timeline_of(scenario, lens, known_on, undated)
    if name is None:
        _list(timeline, as_json)
        return
    made = chart_of(timeline, name)
    if as_json:
        print_json(_as_json(timeline, made))
    if out is not None and out.suffix.lower() == ".csv":
        _write_csv(made, out)
    elif out is not None or not as_json:
        _draw(timeline, made, out, options)


def _list(timeline: Timeline, as_json: bool) -> None:
    """Which charts there are, and what is counted."""
    from replay.picture.charts import CHARTS
    from replay.text.narrative import TextLine

    units = {s.name: s.unit for key, _ in timeline.keys_of("tally") if (s := key.tally)}
    if as_json:
        known = {kind.name: kind.summary for kind in CHARTS.values()}
        print_json({"charts": known, "counted": dict(sorted(units.items()))})
        return
    wide = max(map(len, (*CHARTS, *units)), default=0) + 2
    rows = [(kind.name, kind.summary) for kind in CHARTS.values()]
    for name, unit in sorted(units.items()):
        of = ", unit missing in the source" if unit == "unknown" else f", in {unit}"
        rows.append((name, f"as counted{'' if unit == name else of}."))
    print_lines(TextLine("row", f"{name:<{wide}}{text}", wide) for name, text in rows)


def _as_json(timeline: Timeline, made: Chart) -> dict[str, object]:
    from replay.facts.answers import json_head

    calendar = timeline.scenario.calendar
    who = {
        k: v
        for k, v in json_head(timeline, calendar.label(calendar.ticks - 1)).items()
        if k != "on"
    }
    return {
        **who,
        "chart": made.name,
        "title": made.title,
        "unit": made.unit,
        "says": made.says,
        "rests": made.rests,
        "rows": list(made.rows),
    }


def _draw(timeline: Timeline, made: Chart, out: Path | None, options: dict[str, object]) -> None:
    from replay.outputs.rendering.write import write_picture
    from replay.picture.pages.chart import SIZE, chart_page, page_of
    from replay.picture.styles import style_of

    page = page_of(options.get("size") or SIZE)  # type: ignore[arg-type]
    name = made.name.replace(" ", "-").replace("/", "-")
    path = out or Path(f"{timeline.scenario.scenario}-{name}.png")
    dress = style_of(options.get("style"))  # type: ignore[arg-type]
    write_picture(chart_page(timeline, made, page), path, dress)
    console(stderr=True).print(f"wrote {path}")


def _write_csv(made: Chart, out: Path) -> None:
    """The plotted numbers, one row each; empty if a number is unknown or has no bound."""
    import csv
    import io

    from replay.foundation.files import write_text
    from replay.foundation.spreadsheets import harmless_cell

    file = io.StringIO()
    keys = list(dict.fromkeys(key for row in made.rows for key in row))
    table = csv.writer(file, lineterminator="\n")
    table.writerow(harmless_cell(keys))
    table.writerows(harmless_cell(row.get(key) for key in keys) for row in made.rows)
    write_text(out, file.getvalue())
    console(stderr=True).print(f"wrote {out}")
