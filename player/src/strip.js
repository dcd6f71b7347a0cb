// The strip of all days: how many events each has, the phases, and which day it is. One drags on it.

import { h, put, s } from "./dom.js";
import { paint } from "./colour.js";

const BARS = 34, BAND = 18, DATES = 16, HISTORY = 9, TOP = 8;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

export class Strip {
  /** `go(tick)` is called while one drags, and with the keys of a slider. */
  constructor(campaign, go) {
    this.campaign = campaign;
    this.go = go;
    this.svg = s("svg", { class: "strip-picture", "aria-hidden": "true" });
    this.element = h("div", {
      class: "strip", role: "slider", tabindex: 0, "aria-label": "Day",
      "aria-valuemin": 0, "aria-valuemax": campaign.ticks - 1, "aria-orientation": "horizontal",
    }, this.svg);
    this.element.addEventListener("pointerdown", (event) => this.grab(event));
    this.element.addEventListener("keydown", (event) => this.typed(event));
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  show(view, tick, words, history = null) {
    const redraw = this.view !== view || this.history !== history;
    Object.assign(this, { view, tick, history });
    this.element.setAttribute("aria-valuenow", tick);
    this.element.setAttribute("aria-valuetext", words);
    if (redraw) this.draw();
    else this.mark();
  }

  x(tick) {
    return (this.width * tick) / this.campaign.ticks;
  }

  draw() {
    if (!this.view) return;
    this.width = this.element.clientWidth;
    if (!this.width) return;
    const history = this.history ? HISTORY + 3 : 0;
    const tall = TOP + BARS + history + BAND + DATES;
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${tall}`);
    this.svg.setAttribute("height", tall);
    this.now = s("g", { class: "now" });
    this.foot = TOP + BARS + history + BAND;
    put(this.svg,
      s("rect", { class: "strip-back", x: 0, y: TOP, width: this.width, height: BARS }),
      this.bars(), history ? this.past(TOP + BARS + 2) : null,
      this.phases(TOP + BARS + history), this.dates(TOP + BARS + history + BAND), this.now);
    this.mark();
  }

  /** Of many days, those that share a pixel share a bar. */
  bars() {
    const { density } = this.view;
    const each = Math.max(1, Math.ceil(density.length / Math.max(this.width, 1)));
    const sums = [];
    for (let tick = 0; tick < density.length; tick += each) {
      let sum = 0;
      for (let n = tick; n < Math.min(tick + each, density.length); n++) sum += density[n];
      sums.push([tick, sum]);
    }
    const most = Math.max(1, ...sums.map(([, sum]) => sum));
    return s("g", { class: "bars" }, sums.filter(([, sum]) => sum).map(([tick, sum]) => {
      const tall = Math.max(2, (BARS - 3) * Math.sqrt(sum / most));
      const wide = this.x(tick + each) - this.x(tick);
      return s("rect", { x: this.x(tick), y: TOP + BARS - tall, width: Math.max(0.8, wide - Math.min(1.5, wide * 0.2)), height: tall });
    }));
  }

  /** What became of the chosen place, day by day, under the bars. */
  past(y) {
    return s("g", { class: "past" }, this.history.map(({ first, last, bands, mark }) => {
      const x = this.x(first), width = this.x(last + 1) - x, height = HISTORY / bands.length;
      return bands.map((colour, n) => s("rect", { x, y: y + n * height, width, height, fill: paint(colour), opacity: mark === "possible" ? 0.5 : null }));
    }));
  }

  phases(y) {
    return s("g", { class: "phases" }, this.campaign.phases.map((phase, n) => {
      const x = this.x(phase.first), width = Math.max(1, this.x(phase.last + 1) - x - 1.5);
      const fits = Math.floor((width - 8) / 6.1);
      const short = phase.name.length <= fits ? phase.name : fits > 4 ? `${phase.name.slice(0, fits - 1).trim()}…` : "";
      return s("g", { class: n % 2 ? "phase odd" : "phase" },
        s("rect", { x, y: y + 2, width, height: BAND - 4 }),
        s("text", { x: x + 5, y: y + BAND - 5.5 }, short), s("title", {}, `${phase.name}, ${phase.period}`));
    }));
  }

  /** First days of months, else of years, where there is room. */
  dates(y) {
    const { days } = this.campaign.data;
    let end = 0;
    const found = [];
    days.forEach((label, tick) => {
      const [from, until = from] = label.split("/");
      // the tick in which a month begins: of a longer step the one that has its first day
      const begins = from.slice(8, 10) === "01" && (from.length === 10 || from.endsWith("T00:00:00"));
      const first = tick === 0 || begins || from.slice(0, 7) !== until.slice(0, 7);
      const x = this.x(tick);
      if (!first || x < end) return;
      const [year, month, day] = (tick === 0 ? from : until).split(/(?!^)[-T]/);
      const name = MONTHS[Number(month) - 1] ?? label;
      const text = tick === 0 ? `${Number(day)} ${name} ${year}` : month === "01" ? `${name} ${year}` : name;
      const wide = text.length * 6.2 + 12;
      if (x + wide > this.width) return;
      found.push(s("path", { d: `M${x + 0.5} ${y}v10` }), s("text", { x: x + 4, y: y + 11 }, text));
      end = x + wide;
    });
    return s("g", { class: "dates" }, found);
  }

  mark() {
    if (!this.now) return;
    const x = (this.x(this.tick) + this.x(this.tick + 1)) / 2;
    const wide = Math.max(1.5, this.x(1));
    put(this.now,
      s("rect", { class: "today", x: x - wide / 2, y: TOP, width: wide, height: this.foot - TOP }),
      s("path", { class: "needle", d: `M${x} ${TOP - 1}V${this.foot}` }),
      s("path", { class: "handle", d: `M${x - 6} 0h12v4l-6 6l-6 -6z` }));
  }

  // --- hand and keys ----------------------------------------------------------------------------

  grab(event) {
    if (event.button) return;
    event.preventDefault();
    this.element.focus({ preventScroll: true });
    this.element.setPointerCapture(event.pointerId);
    const left = this.element.getBoundingClientRect().left;
    const to = (moved) => {
      const tick = Math.floor(((moved.clientX - left) / this.width) * this.campaign.ticks);
      this.go(Math.min(this.campaign.ticks - 1, Math.max(0, tick)));
    };
    const drop = () => {
      this.element.removeEventListener("pointermove", to);
      this.element.removeEventListener("pointerup", drop);
      this.element.removeEventListener("pointercancel", drop);
    };
    this.element.addEventListener("pointermove", to);
    this.element.addEventListener("pointerup", drop);
    this.element.addEventListener("pointercancel", drop);
    to(event);
  }

  typed(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const step = { ArrowUp: 1, ArrowDown: -1, PageUp: 7, PageDown: -7 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    this.go(Math.min(this.campaign.ticks - 1, Math.max(0, this.tick + step)));
  }
}
