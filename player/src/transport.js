// The buttons: play, and steps by day (or hour), event and phase.

import { h, s } from "./dom.js";
import { PACES } from "./navigator.js";

const ICONS = {
  first: "M3 3v10M13 3L5 8l8 5z", last: "M13 3v10M3 3l8 5-8 5z",
  back: "M11 3L4 8l7 5z", on: "M5 3l7 5-7 5z",
  play: "M4 2.5L13 8l-9 5.5z", stop: "M4 3h3v10H4zM9 3h3v10H9z",
};

export class Transport {
  constructor(app) {
    this.app = app;
    const { unit, unitName, phases } = app.campaign;
    const phased = phases.length > 0;
    const step = (move, icon, word, label) => h("button", {
      type: "button", class: "step", "aria-label": label, title: label, click: () => app.move(move),
    }, this.icon(icon), word ? h("span", { class: "step-word", "aria-hidden": "true" }, word) : null);
    this.playIcon = this.icon("play");
    this.play = h("button", { type: "button", class: "play", click: () => app.playing.toggle() }, this.playIcon);
    this.element = h("div", { class: "buttons-row", role: "group", "aria-label": "Steps" },
      step("first", "first", "", `First ${unit} (Home)`),
      phased ? step("previous-phase", "back", "phase", "Phase before ([)") : null,
      step("previous-event", "back", "event", "Event before (↑)"),
      step("previous-day", "back", unit, `${unitName} before (←)`),
      this.play,
      step("next-day", "on", unit, `Next ${unit} (→)`),
      step("next-event", "on", "event", "Next event (↓)"),
      phased ? step("next-phase", "on", "phase", "Next phase (])") : null,
      step("last", "last", "", `Last ${unit} (End)`),
      h("label", { class: "pace" }, h("span", {}, "Pace"), h("select", {
        "aria-label": "Pace", change: (event) => app.playing.change({ pace: event.target.value }),
      }, PACES.filter((pace) => phased || pace !== "phase").map((pace) =>
        h("option", { value: pace }, `by ${pace === "day" ? unit : pace}`)))),
      h("label", { class: "pace" }, h("span", {}, "Speed"), h("select", {
        "aria-label": "Speed", change: (event) => app.playing.change({ speed: Number(event.target.value) }),
      }, [0.5, 1, 2, 4].map((speed) => h("option", { value: speed, selected: speed === 1 }, `${speed} ×`)))));
  }

  icon(name) {
    return s("svg", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" },
      s("path", { d: ICONS[name], fill: "currentColor", stroke: "currentColor", "stroke-width": 1.2, "stroke-linejoin": "round" }));
  }

  show() {
    const running = Boolean(this.app.playing?.running);
    this.play.setAttribute("aria-label", running ? "Stop (Space)" : "Play (Space)");
    this.play.title = running ? "Stop (Space)" : "Play (Space)";
    this.playIcon.firstChild.setAttribute("d", ICONS[running ? "stop" : "play"]);
  }
}
