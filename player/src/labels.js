// Names on a map that is zoomed in: as many as have room, the most important first. At the home zoom
// they stand where Python placed them.

import { s } from "./dom.js";
import { drawn } from "./shapes.js";

const MOST = 400;

export class Labels {
  constructor(map) {
    this.map = map;
    this.extra = null;
  }

  place(t, close) {
    const layer = this.map.layers.get("labels");
    const home = t.k <= 1.001;
    if (home || !close) {
      this.extra?.forEach(({ element }) => (element.style.display = "none"));
    }
    if (home) {
      for (const entry of layer.entries) entry.element.style.display = "";
      return;
    }
    this.extra ??= this.made();
    const [x, y, w, h] = this.map.frame.box;
    const taken = [];
    const shown = (labels) => {
      for (const label of labels) {
        const [px, py] = t.apply(label.anchor);
        const boxes = label.boxes.map((b) => [px + b[0], py + b[1], b[2], b[3]]);
        const inside = x < px && px < x + w && y < py && py < y + h;
        const free = inside && taken.length < MOST && boxes.every((b) => taken.every((other) => apart(b, other)));
        for (const element of label.elements) element.style.display = free ? "" : "none";
        if (free) taken.push(...boxes);
        if (free && label.own) label.elements[0].setAttribute("transform", `translate(${px} ${py})`);
      }
    };
    shown(this.named(layer));
    if (close) shown(this.extra);
  }

  /** The names of the whole map, the lines of each together, in the order of their importance. */
  named(layer) {
    if (this.from === layer.entries[0]) return this.ranked;
    const found = new Map();
    for (const entry of layer.entries) {
      if (entry.inset) continue;
      const label = found.get(entry.item.of) ?? { anchor: entry.anchor, boxes: [], elements: [] };
      label.elements.push(entry.element);
      if (entry.item.item === "text") label.boxes.push(boxOf(entry.item, entry.anchor));
      found.set(entry.item.of, label);
    }
    this.from = layer.entries[0];
    this.ranked = this.map.frame.names.map((place) => found.get(place)).filter(Boolean);
    return this.ranked;
  }

  /** Names that the whole map has no room for: those of the inset, and those of nowhere. */
  made() {
    const { frame, campaign, data } = this.map;
    const main = new Map(frame.sites.filter(([, n, , , , , ring]) => n === 0 && !ring).map((site) => [site[0], site]));
    const inset = new Map(frame.sites.filter(([, n]) => n > 0).map((site) => [site[0], site]));
    const texts = new Map();
    for (const entry of this.map.layers.get("labels").entries) {
      const { item } = entry;
      if (entry.inset && item.item === "text" && inset.has(item.of)) {
        texts.set(item.of, [...(texts.get(item.of) ?? []), item]);
      }
    }
    const group = s("g", { "data-layer": "more names" });
    this.map.layers.get("labels").groups.front.append(group);
    return [...new Set([...texts.keys(), ...frame.unnamed])].filter((place) => main.has(place)).map((place) => {
      const [, , x, y, size] = main.get(place);
      const from = inset.get(place);
      const items = texts.get(place)?.map((item) => ({ ...item, at: [x + item.at[0] - from[2], y + item.at[1] - from[3]] }))
        ?? [{ item: "text", at: [x + size * 0.7 + 3, y + 3.5 * frame.unit], text: campaign.name(place), size: 10 * frame.unit, colour: "ink", halo: "land", of: place }];
      const element = s("g", { "data-place": place }, items.map((item) => drawn(item, data.looks, [x, y])));
      group.append(element);
      return { anchor: [x, y], own: true, element, elements: [element], boxes: items.map((item) => boxOf(item, [x, y])) };
    });
  }
}

/** About the box of a text, from its anchor. */
function boxOf({ at, text, size, align }, [x, y]) {
  const width = text.length * size * 0.58;
  const left = { left: 0, centre: -width / 2, right: -width }[align ?? "left"];
  return [at[0] - x + left, at[1] - y - size * 0.8, width, size * 1.05];
}

function apart([ax, ay, aw, ah], [bx, by, bw, bh]) {
  return ax + aw < bx || bx + bw < ax || ay + ah < by || by + bh < ay;
}
