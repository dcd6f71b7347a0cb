// Places on the map as one points at them: with the mouse, a finger or the keyboard.

import { h, name, put, s } from "./dom.js";
import { round } from "./map.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Spots {
  constructor(map) {
    this.map = map;
    this.spots = [];
    this.lit = new Set();
    this.chosen = null;
    const { svg } = map;
    svg.addEventListener("click", (event) => this.clicked(event));
    svg.addEventListener("keydown", (event) => this.typed(event));
    svg.addEventListener("focusin", (event) => this.entered(event.target));
    svg.addEventListener("focusout", () => this.left());
    svg.addEventListener("pointermove", (event) => event.pointerType !== "touch" && !event.buttons && this.pointed(event));
    svg.addEventListener("pointerleave", () => this.left());
  }

  build() {
    const { frame, campaign, over } = this.map;
    this.rings = s("g", { class: "rings" });
    // as the marks: of two that touch, the more important one lies above
    const order = frame.sites.filter((site) => !site[6]).sort((a, b) => a[5] - b[5] || a[4] - b[4]);
    this.spots = order.map(([place, window, x, y, size, named]) => {
      const element = s("circle", {
        class: "spot", role: "button", tabindex: -1, "data-place": place, r: round(Math.max(size / 2 + 4, 10)),
      });
      return { place, window, at: [x, y], size, named, element, label: campaign.name(place), thing: campaign.thing.get(place) };
    });
    const inset = new Map(this.spots.filter((spot) => spot.window).map((spot) => [spot.place, spot]));
    this.grown = new Map();
    for (const spot of this.spots) {
      const closer = inset.get(spot.place);
      if (spot.window === 0 && closer) this.grown.set(spot.at.join(), closer.size / spot.size);
      spot.doubled = Boolean(spot.window === 0 && closer);
    }
    put(over, this.rings, this.spots.map((spot) => spot.element));
    this.roving = null;
  }

  /** How much a mark grows that the whole map shows small, as its inset shows it too. */
  growth(anchor) {
    return this.grown.get(anchor.join()) ?? 1;
  }

  /** Say of each place what holds there: what a screen reader reads. */
  tell(view, tick) {
    if (!this.roving) this.rove(this.busiest(view));
    for (const spot of this.spots) {
      const why = view.why("control", spot.place, tick);
      if (why === spot.why) continue;
      spot.why = why;
      const words = why?.words ?? "Nothing is known of who holds it";
      spot.element.setAttribute("aria-label", `${spot.label}, ${spot.thing?.what ?? "place"}. ${words}.`);
    }
  }

  /** The place of which most events speak: where the keyboard begins. */
  busiest(view) {
    const events = new Map();
    for (const { of } of view.told) for (const id of of) events.set(id, (events.get(id) ?? 0) + 1);
    const count = (spot) => (spot && !spot.doubled ? events.get(spot.place) ?? 0 : -1);
    return this.spots.reduce((best, spot) => (count(spot) > count(best) ? spot : best), null);
  }

  place(t, close) {
    for (const spot of this.spots) {
      const [x, y] = spot.window ? spot.at : t.apply(spot.at);
      const hidden = spot.window ? close : spot.doubled && !close;
      spot.here = hidden ? null : [x, y];
      spot.element.setAttribute("transform", `translate(${round(x)} ${round(y)})`);
      spot.element.style.display = hidden ? "none" : "";
    }
    this.ring();
  }

  /** Rings around the chosen place and those that are pointed at elsewhere. */
  ring() {
    if (!this.rings) return;
    const found = this.spots.filter((spot) => spot.here && (spot.place === this.chosen || this.lit.has(spot.place)));
    put(this.rings, found.map((spot) => {
      const [cx, cy] = spot.here;
      const r = round(spot.size / 2 + 6);
      const kind = spot.place === this.chosen ? "chosen" : "lit";
      return [s("circle", { class: `${kind} under`, cx, cy, r }), s("circle", { class: kind, cx, cy, r })];
    }));
  }

  choose(place) {
    this.chosen = place;
    this.ring();
  }

  light(places) {
    this.lit = new Set(places);
    this.ring();
  }

  // --- pointing ---------------------------------------------------------------------------------

  clicked(event) {
    const spot = this.under(event);
    if (spot) this.map.on.choose(spot.place);
  }

  /** What a pointer is on: the nearest of the places that it touches, or the one of a name. */
  under(event) {
    const { target } = event;
    if (!target.classList?.contains("spot")) {
      const place = target.closest?.("[data-place]")?.dataset.place;
      return this.spots.find((spot) => spot.place === place && spot.here) ?? (place ? { place } : null);
    }
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.map.svg.getScreenCTM().inverse());
    const far = ({ here }) => (here ? Math.hypot(here[0] - x, here[1] - y) : Infinity);
    return this.spots.reduce((best, spot) => (far(spot) < far(best) ? spot : best));
  }

  pointed(event) {
    const spot = this.under(event);
    if (spot === this.hovered) return;
    this.hovered = spot;
    if (spot?.here) this.told(spot);
    else this.left();
  }

  entered(target) {
    const spot = this.spots.find((one) => one.element === target);
    if (spot?.here) this.told(spot);
  }

  /** A word on a place, beside it. */
  told(spot) {
    const { tip, svg, element } = this.map;
    const why = this.map.view?.why("control", spot.place, this.map.tick);
    tip.hidden = false;
    put(tip, h("b", { dir: "auto" }, spot.label), h("span", {}, name(why?.words ?? "Nothing is known of who holds it")));
    const point = new DOMPoint(...spot.here).matrixTransform(svg.getScreenCTM());
    const outer = element.getBoundingClientRect();
    const left = point.x - outer.left, top = point.y - outer.top;
    const side = left > outer.width / 2;
    tip.style.left = side ? "" : `${left + 16}px`;
    tip.style.right = side ? `${outer.width - left + 16}px` : "";
    tip.style.top = `${Math.min(Math.max(top - 18, 4), outer.height - 60)}px`;
    this.map.on.hover(spot.place);
  }

  left() {
    this.hovered = null;
    this.map.tip.hidden = true;
    this.map.on.hover(null);
  }

  // --- the keyboard -----------------------------------------------------------------------------

  rove(spot) {
    if (!spot) return;
    for (const other of this.spots) other.element.setAttribute("tabindex", other === spot ? 0 : -1);
    this.roving = spot;
  }

  typed(event) {
    const spot = this.spots.find((one) => one.element === event.target);
    const arrow = ARROWS[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!spot && arrow) {
      event.preventDefault();
      event.stopPropagation();
      this.map.pan(...arrow);
    } else if (spot && arrow) {
      event.preventDefault();
      event.stopPropagation();
      const next = this.nearest(spot, arrow);
      if (next) {
        this.rove(next);
        next.element.focus();
      }
    } else if (spot && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      event.stopPropagation();
      this.map.on.choose(spot.place, true);
    }
  }

  /** The next place in a direction: near, and not far off the line. */
  nearest(spot, [dx, dy]) {
    let best = null, least = Infinity;
    for (const other of this.spots) {
      if (other === spot || !other.here) continue;
      const x = other.here[0] - spot.here[0], y = other.here[1] - spot.here[1];
      const along = x * dx + y * dy, off = Math.abs(x * dy) + Math.abs(y * dx);
      const cost = along + 2.5 * off;
      if (along > 0.5 && cost < least) [best, least] = [other, cost];
    }
    return best;
  }
}
