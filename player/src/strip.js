// The strip of all days: how many events each has, the phases, and which day it is. You drag on it.

import { h, put, s } from "./dom.js";
import {
  BAND, BARS, DATES, HISTORY, TOP, bars, caption, dates, history, needle, phases,
} from "./strip_picture.js";

export class Strip {
  /** `go(tick)` is called while you drag, and with the keys of a slider. */
  constructor(campaign, go) {
    this.campaign = campaign;
    this.go = go;
    this.svg = s("svg", { class: "strip-picture", "aria-hidden": "true" });
    this.slider = h("div", {
      class: "strip", role: "slider", tabindex: 0, "aria-label": campaign.unitName,
      "aria-valuemin": 0, "aria-valuemax": campaign.ticks - 1, "aria-orientation": "horizontal",
      pointerdown: (event) => this.grab(event), keydown: (event) => this.typed(event),
    }, this.svg);
    this.caption = h("p", { class: "strip-caption" });
    this.element = h("div", { class: "strip-box" }, this.slider, this.caption);
    new ResizeObserver(() => this.draw()).observe(this.slider);
  }

  /** Show a tick of a view, and the history of the chosen place if there is one. */
  show(view, tick, words, pieces = null) {
    const redraw = this.view !== view || this.pieces !== pieces;
    if (this.view !== view) put(this.caption, caption(view.data, this.campaign.unit));
    Object.assign(this, { view, tick, pieces });
    this.slider.setAttribute("aria-valuenow", tick);
    this.slider.setAttribute("aria-valuetext", words);
    if (redraw) this.draw();
    else this.mark();
  }

  /** Where ticks are in pixels: the width of the strip, `at` a tick, and how `wide` some are. */
  get scale() {
    const { width, campaign } = this;
    const wide = (ticks) => (width * ticks) / campaign.ticks;
    return { width, at: wide, wide };
  }

  draw() {
    this.width = this.slider.clientWidth;
    if (!this.view || !this.width) return;
    const { campaign, view, pieces, scale } = this;
    const below = TOP + BARS + (pieces ? HISTORY : 0);
    this.foot = below + BAND;
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.foot + DATES}`);
    this.svg.setAttribute("height", this.foot + DATES);
    this.now = s("g", { class: "now" });
    put(this.svg,
      s("rect", { class: "strip-back", x: 0, y: TOP, width: this.width, height: BARS }),
      bars(view.data, scale), pieces ? history(pieces, scale, TOP + BARS) : null,
      phases(campaign, scale, below), dates(campaign, scale, this.foot), this.now);
    this.mark();
  }

  mark() {
    if (this.now) put(this.now, needle(this.tick, this.scale, this.foot));
  }

  // --- hand and keys ----------------------------------------------------------------------------

  grab(event) {
    if (event.button) return;
    event.preventDefault();
    const { slider } = this;
    slider.focus({ preventScroll: true });
    slider.setPointerCapture(event.pointerId);
    const { left } = slider.getBoundingClientRect();
    const drag = (moved) => {
      this.goWithin(Math.floor(((moved.clientX - left) / this.width) * this.campaign.ticks));
    };
    const drop = () => {
      slider.removeEventListener("pointermove", drag);
      for (const end of ["pointerup", "pointercancel"]) slider.removeEventListener(end, drop);
    };
    slider.addEventListener("pointermove", drag);
    for (const end of ["pointerup", "pointercancel"]) slider.addEventListener(end, drop);
    drag(event);
  }

  typed(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const step = { ArrowUp: 1, ArrowDown: -1, PageUp: 7, PageDown: -7 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    this.goWithin(this.tick + step);
  }

  /** Go to a tick, or to the nearest one inside the window. */
  goWithin(tick) {
    this.go(Math.min(this.campaign.ticks - 1, Math.max(0, tick)));
  }
}
