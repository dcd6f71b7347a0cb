"""A widget that steps through a replay: its day, lens and selection are traits."""

from __future__ import annotations

from typing import Any

from replay.analysis.names import find_thing
from replay.foundation.errors import UsageError
from replay.frontends.notebook.inline import lines_html, picture, safe
from replay.stepping.navigator import MOVES
from replay.stepping.session import Session
from replay.text.state import told_moment, told_thing
from replay.timeline.timeline import Timeline

SCRIPT = """
function render({ model, el }) {
  const part = (name, parent) => parent.appendChild(document.createElement(name));
  const bar = part("div", el);
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Steps");
  for (const [move, sign, name] of model.get("moves")) {
    const button = part("button", bar);
    button.textContent = sign;
    button.title = name;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", () => model.send({ move }));
  }
  const days = part("input", bar);
  days.type = "range";
  days.min = 0;
  days.max = model.get("days").length - 1;
  days.setAttribute("aria-label", "Day");
  days.style.width = "min(30em, 45%)";
  days.addEventListener("input", () => put("day", model.get("days")[days.value]));
  const lens = part("select", bar);
  lens.setAttribute("aria-label", "Lens");
  for (const name of model.get("lenses")) lens.add(new Option(name, name));
  lens.addEventListener("change", () => put("lens", lens.value));
  const place = part("select", bar);
  place.setAttribute("aria-label", "Why");
  place.add(new Option("why …", ""));
  for (const [id, name] of model.get("places")) place.add(new Option(name, id));
  place.addEventListener("change", () => put("selection", place.value));
  const shown = part("div", el);
  shown.setAttribute("aria-live", "polite");
  function put(name, value) { model.set(name, value); model.save_changes(); }
  function show() {
    days.value = model.get("days").indexOf(model.get("day"));
    days.setAttribute("aria-valuetext", model.get("day"));
    lens.value = model.get("lens");
    place.value = model.get("selection");
    shown.innerHTML = model.get("shown");
  }
  model.on("change", show);
  show();
}
export default { render };
"""

_SIGNS = {
    "first": ("⏮", "First day"),
    "previous-phase": ("[", "Phase before"),
    "previous-event": ("↑", "Event before"),
    "previous-day": ("◀", "Day before"),
    "next-day": ("▶", "Next day"),
    "next-event": ("↓", "Next event"),
    "next-phase": ("]", "Next phase"),
    "last": ("⏭", "Last day"),
}


def stepper(timeline: Timeline, on: str | None = None) -> Any:
    """A widget with the map, the day's events, and why a place is held as it is.

    Its traits can be read and set: `day` (EDTF), `lens`, `known_on` (or ""), `selection` (the id of
    a place, or ""). Needs the extra `notebook`; raises UsageProblem U510 where it is not installed,
    U503 where `on` is no moment of the window.
    """
    try:
        import anywidget
        import traitlets
    except ImportError:
        hint = "pip install 'campaign-replay[notebook]', or use timeline.player()"
        raise UsageError("U510", "the widget needs anywidget", hint) from None
    walk = Session(timeline, on)
    scenario = timeline.scenario
    label = scenario.calendar.label

    class Stepper(anywidget.AnyWidget):
        """The widget. A trait takes what the command line takes, or raises a UsageProblem."""

        _esm = SCRIPT
        day = traitlets.Unicode().tag(sync=True)
        lens = traitlets.Unicode().tag(sync=True)
        known_on = traitlets.Unicode().tag(sync=True)
        selection = traitlets.Unicode().tag(sync=True)
        shown = traitlets.Unicode().tag(sync=True)
        days: Any = traitlets.List().tag(sync=True)
        lenses: Any = traitlets.List().tag(sync=True)
        places: Any = traitlets.List().tag(sync=True)
        moves: Any = traitlets.List().tag(sync=True)

        def __init__(self) -> None:
            super().__init__(
                day=walk.label,
                lens=timeline.lens.name,
                known_on=timeline.known_on or "",
                days=[label(tick) for tick in range(walk.course.ticks)],
                lenses=[name for name, _ in walk.lenses()],
                places=[[place.id, place.name] for place in scenario.places],
                moves=[[move, *_SIGNS[move]] for move in _SIGNS],
            )
            self.observe(self._show, ["day", "lens", "known_on", "selection"])
            self.on_msg(self._moved)
            self._show()

        @traitlets.validate("day")
        def _goto(self, proposal: Any) -> str:
            if proposal["value"] != walk.label:
                walk.goto(proposal["value"])
            return walk.label

        @traitlets.validate("lens")
        def _through(self, proposal: Any) -> str:
            if proposal["value"] != walk.timeline.lens.name:
                walk.through(proposal["value"])
            return walk.timeline.lens.name

        @traitlets.validate("known_on")
        def _known(self, proposal: Any) -> str:
            if (proposal["value"] or None) != walk.timeline.known_on:
                walk.known(proposal["value"] or None)
            return walk.timeline.known_on or ""

        @traitlets.validate("selection")
        def _select(self, proposal: Any) -> str:
            of = find_thing(scenario, proposal["value"]) if proposal["value"] else ""
            walk.chosen = of or None
            return of

        def _moved(self, _: object, message: dict[str, Any], __: object) -> None:
            """A button was pressed."""
            if message.get("move") in MOVES:
                walk.go(message["move"])
                self.day = walk.label
                self._show()

        def _show(self, change: object = None) -> None:
            self.shown = shown(walk)

    return Stepper()


def shown(walk: Session) -> str:
    """What the widget shows: the map, the event that is looked at, the day, and why."""
    told = told_moment(walk.timeline, walk.at.tick, walk.texts)
    why = told_thing(walk.timeline, walk.chosen, walk.now) if walk.chosen else ()
    looked_at = walk.reading.event.summary if walk.reading else ""
    event = f"<p><b>{safe(looked_at)}</b></p>" if looked_at else ""
    return (
        f'<img alt="{safe(walk.label)}" style="width:100%" '
        f'src="{picture(walk.timeline, walk.at.tick)}">'
        f"{lines_html(why)}{event}"
        f"<details><summary>The day in words</summary>{lines_html(told)}</details>"
    )
