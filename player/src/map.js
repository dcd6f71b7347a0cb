// The map: the items of a day in their layers, and a window onto them that pans and zooms.
//
// What lies on the ground moves and grows with it; marks and names keep their size and stay at their
// places. At its home zoom the map is the picture of the export, item by item.

import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import { h, put, s, still } from "./dom.js";
import { drawn } from "./shapes.js";
import { Labels } from "./labels.js";
import { Spots } from "./spots.js";

/** Zoomed in so far, the map needs its inset no longer. */
const INSET_UNTIL = 1.4;
const CLOSEST = 24;
const NARROW = 500;

export class MapView {
  /** `on` has the listeners choose(place), hover(place or null) and moved(zoom). */
  constructor(campaign, on, label) {
    this.campaign = campaign;
    this.on = on;
    this.frameName = null;
    this.transform = zoomIdentity;
    this.svg = s("svg", { class: "map", role: "group", "aria-label": label, tabindex: 0, preserveAspectRatio: "xMinYMin meet" });
    this.tip = h("div", { class: "tip", "aria-hidden": "true", hidden: true });
    this.element = h("div", { class: "map-box" }, this.svg, this.tip);
    this.zoom = zoom()
      .filter((event) => this.wants(event))
      .on("zoom", ({ transform, sourceEvent }) => this.move(transform, Boolean(sourceEvent)));
    select(this.svg).call(this.zoom).on("dblclick.zoom", null);
    this.spots = new Spots(this);
  }

  get data() {
    return this.campaign.data.map;
  }

  get frame() {
    return this.data.frames[this.frameName];
  }

  /** Which gestures are the map's: one finger scrolls the page until one has zoomed in. */
  wants(event) {
    if (event.type === "wheel") return this.frameName !== "narrow" || event.ctrlKey;
    if (event.type === "touchstart") return event.touches.length > 1 || this.transform.k > 1;
    return !event.button;
  }

  // --- building ---------------------------------------------------------------------------------

  /** Take the frame that suits a width; true where it is another one than before. */
  fit(width) {
    const suits = width < NARROW && this.data.frames.narrow ? "narrow" : "wide";
    if (suits === this.frameName) return false;
    this.frameName = suits;
    this.build();
    return true;
  }

  build() {
    const [x, y, w, h] = this.frame.box;
    const id = `clip-${MapView.count = (MapView.count ?? 0) + 1}`;
    this.svg.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
    this.layers = new Map();
    this.main = s("g", { "clip-path": `url(#${id})` });
    this.sight = s("g", { class: "sight" });
    this.bar = s("g", { class: "scale" });
    this.inset = s("g", { class: "inset" });
    this.over = s("g", { class: "over", "clip-path": `url(#${id})` });
    const clips = this.frame.windows.map((shown, n) =>
      s("clipPath", { id: `${id}${n || ""}` }, box(shown.box)));
    this.clip = id;
    put(this.svg, s("defs", {}, clips), this.main, this.bar, this.sight, this.inset, this.over);
    for (const name of this.data.layers) this.layers.set(name, this.layer(name));
    this.labels = new Labels(this);
    this.spots.build();
    this.zoom.extent([[x, y], [x + w, y + h]]).translateExtent([[x, y], [x + w, y + h]]);
    this.zoom.scaleExtent([1, CLOSEST]);
    this.transform = zoomIdentity;
    select(this.svg).call(this.zoom.transform, zoomIdentity);
  }

  layer(name) {
    const groups = { back: s("g"), geo: s("g"), pins: s("g"), front: s("g") };
    this.main.append(s("g", { "data-layer": name }, Object.values(groups)));
    const insets = this.frame.windows.slice(1).map((_, n) => {
      const group = s("g", { "clip-path": `url(#${this.clip}${n + 1})` });
      this.inset.append(group);
      return group;
    });
    return { name, groups, insets, number: null, entries: [] };
  }

  // --- a day ------------------------------------------------------------------------------------

  /** Show a tick of a view. Only what differs from what is shown is drawn anew. */
  show(view, tick) {
    this.view = view;
    this.tick = tick;
    for (const layer of this.layers.values()) this.fill(layer, view.items(this.frameName, layer.name, tick));
    this.spots.tell(view, tick);
    this.spots.ring();
  }

  /** The items that are shown, by layer, as they came from Python: what tests hold against it. */
  shown() {
    const told = {};
    for (const [name, layer] of this.layers) told[name] = layer.entries.map((entry) => entry.item);
    return told;
  }

  fill(layer, numbers) {
    if (layer.number === numbers) return;
    layer.number = numbers;
    while (layer.entries.length > numbers.length) layer.entries.pop().element.remove();
    numbers.forEach((number, n) => {
      const old = layer.entries[n];
      if (old?.number === number) return;
      const entry = this.entry(layer, number);
      const parent = this.parent(layer, entry);
      if (old?.element.parentNode === parent) old.element.replaceWith(entry.element);
      else {
        old?.element.remove();
        const next = layer.entries.slice(n + 1).find((later) => later.element.parentNode === parent);
        parent.insertBefore(entry.element, next?.element ?? null);
      }
      layer.entries[n] = entry;
      this.pin(entry);
    });
  }

  entry(layer, number) {
    const item = this.data.items[number];
    const at = item.at ?? item.points?.[0] ?? item.rings?.[0][0] ?? [item.box[0], item.box[1]];
    const inset = this.insetOf(item, at);
    const entry = { number, item, inset, kind: "page", anchor: null };
    if (inset === 0) Object.assign(entry, this.attitude(layer.name, item, at));
    const figure = drawn(item, this.data.looks, entry.kind === "pin" ? entry.anchor : [0, 0]);
    entry.element = entry.kind === "pin" ? s("g", {}, figure) : figure;
    if (layer.name === "labels" && this.frame.sites.some(([place]) => place === item.of)) entry.element.dataset.place = item.of;
    if (layer.name === "inset" && entry.kind === "geo") entry.element.classList.add("region");
    return entry;
  }

  /** In which inset an item stands; 0 for the whole map. */
  insetOf(item, [x, y]) {
    const holds = ([left, top, w, h]) => left - 1 <= x && x <= left + w + 1 && top - 1 <= y && y <= top + h + 1;
    if (item.clip) {
      return Math.max(0, this.frame.windows.findIndex(({ box }, n) => n && near(box, item.clip)));
    }
    return Math.max(0, this.frame.windows.findIndex(({ box }, n) => n && holds(box)));
  }

  /** Whether an item of the whole map lies on the ground, is pinned to a point of it, or neither. */
  attitude(layer, item, at) {
    if (layer === "labels") {
      const site = item.of && this.frame.sites.find(([place, n, , , , , ring]) => place === item.of && n === 0 && !ring);
      return { kind: "pin", anchor: site ? [site[2], site[3]] : at };
    }
    if (item.space !== "map") return { kind: "page" };
    if (item.item === "symbol" || item.item === "text") return { kind: "pin", anchor: at };
    return { kind: "geo" };
  }

  parent(layer, { item, inset, kind }) {
    if (inset) return layer.insets[inset - 1];
    if (layer.name === "scale") return this.bar;
    if (kind === "pin") return layer.groups.pins;
    if (kind === "geo") return layer.name === "inset" ? this.layers.get("tracks").groups.geo : layer.groups.geo;
    if (layer.name === "inset") return this.sight;
    return item.fill ? layer.groups.back : layer.groups.front;
  }

  // --- moving -----------------------------------------------------------------------------------

  move(transform, byHand) {
    this.transform = transform;
    this.svg.classList.toggle("zoomed", transform.k > 1.001);
    this.svg.classList.toggle("close", transform.k > INSET_UNTIL);
    this.tip.hidden = true;
    this.place();
    if (byHand) this.on.moved(this.seen());
  }

  /** Put everything where the zoom wants it. */
  place() {
    if (!this.layers) return;
    const t = this.transform;
    const close = t.k > INSET_UNTIL;
    const ground = `translate(${t.x} ${t.y}) scale(${t.k})`;
    for (const layer of this.layers.values()) {
      layer.groups.geo.setAttribute("transform", ground);
      for (const entry of layer.entries) this.pin(entry);
    }
    this.labels.place(t, close);
    this.spots.place(t, close);
    this.rule(t);
  }

  /** Put a mark or a name where its place is now. */
  pin(entry) {
    if (entry.kind !== "pin") return;
    const [x, y] = this.transform.apply(entry.anchor);
    const grown = this.transform.k > INSET_UNTIL ? this.spots.growth(entry.anchor) : 1;
    entry.element.setAttribute("transform", `translate(${round(x)} ${round(y)})${grown === 1 ? "" : ` scale(${round(grown)})`}`);
  }

  /** The scale bar of a map that is zoomed in. */
  rule(t) {
    this.ruler?.remove();
    this.ruler = null;
    if (t.k <= 1.001) return;
    const [x, y, , tall] = this.frame.box;
    const perKm = this.frame.windows[0].scale * t.k;
    const most = 110 * this.frame.unit / perKm;
    const power = 10 ** Math.floor(Math.log10(most));
    const km = [5, 2, 1].map((n) => n * power).find((n) => n <= most);
    const left = x + 12, foot = y + tall - 12, long = km * perKm;
    this.ruler = s("g", { class: "ruler" },
      s("path", { d: `M${left} ${foot - 5}v5h${round(long)}v-5` }),
      s("text", { x: left + long / 2, y: foot - 5, "text-anchor": "middle" }, `${km < 1 ? km.toFixed(1) : km} km`));
    this.over.before(this.ruler);
  }

  by(factor) {
    const target = select(this.svg);
    (still() ? target : target.transition().duration(180)).call(this.zoom.scaleBy, factor);
    this.on.moved(this.seen());
  }

  pan(dx, dy) {
    const [, , w, tall] = this.frame.box;
    select(this.svg).call(this.zoom.translateBy, (-dx * w) / this.transform.k / 6, (-dy * tall) / this.transform.k / 6);
    this.on.moved(this.seen());
  }

  home() {
    select(this.svg).call(this.zoom.transform, zoomIdentity);
    this.on.moved(null);
  }

  /** What is seen, for the address: how close, and where the middle lies as shares of the map. */
  seen() {
    const { k } = this.transform;
    const [x, y, w, tall] = this.frame.box;
    const [mx, my] = this.transform.invert([x + w / 2, y + tall / 2]);
    return { k, x: (mx - x) / w, y: (my - y) / tall };
  }

  /** The inverse. */
  look(seen) {
    if (!seen) return select(this.svg).call(this.zoom.transform, zoomIdentity);
    const [x, y, w, tall] = this.frame.box;
    const k = Math.min(CLOSEST, seen.k);
    const mx = x + seen.x * w, my = y + seen.y * tall;
    const t = zoomIdentity.translate(x + w / 2 - k * mx, y + tall / 2 - k * my).scale(k);
    return select(this.svg).call(this.zoom.transform, t);
  }
}

export function round(value) {
  return Math.round(value * 100) / 100;
}

function near(a, b) {
  return a.every((value, n) => Math.abs(value - b[n]) < 0.01);
}

function box([x, y, width, height]) {
  return s("rect", { x, y, width, height });
}
