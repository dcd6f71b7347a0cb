// Items as SVG: the same shapes, lines, symbols, texts and images that a picture of the export has.

import { s } from "./dom.js";
import { paint } from "./colour.js";

const ANCHORS = { left: "start", centre: "middle", right: "end" };

/** An item as an SVG element, drawn around `origin` (for what keeps its size when one zooms). */
export function drawn(item, looks, origin = [0, 0]) {
  switch (item.item) {
    case "shape": return shape(item, origin);
    case "line": return line(item, origin);
    case "symbol": return symbol(item, looks, origin);
    case "text": return text(item, origin);
    case "image": return image(item, origin);
  }
  throw new Error(`no item is called ${item.item}`);
}

/** A symbol around the origin, of its shapes. */
export function sign(look) {
  return s("g", {}, look.map((part) => shape(part, [0, 0])));
}

function shape(item, origin) {
  return s("path", {
    d: item.rings.map((ring) => path(ring, origin) + "Z").join(""),
    fill: paint(item.fill),
    "fill-rule": "evenodd",
    opacity: item.opacity,
    ...stroke(item.edge, item.width ?? 1, item.dash),
  });
}

function line(item, origin) {
  return s("path", {
    d: path(item.points, origin),
    fill: "none",
    opacity: item.opacity,
    ...stroke(item.colour, item.width ?? 1, item.dash),
  });
}

function stroke(colour, width, dash) {
  if (!colour) return {};
  return {
    stroke: paint(colour),
    "stroke-width": width,
    "stroke-dasharray": dash?.length ? dash.join(" ") : null,
    "stroke-linejoin": "round",
    "vector-effect": "non-scaling-stroke",
  };
}

function path(points, [x0, y0]) {
  return points.map(([x, y], n) => `${n ? "L" : "M"}${near(x - x0)} ${near(y - y0)}`).join("");
}

function near(value) {
  return Math.round(value * 100) / 100;
}

function symbol(item, looks, [x0, y0]) {
  const element = sign(looks[item.look]);
  element.setAttribute("transform", `translate(${near(item.at[0] - x0)} ${near(item.at[1] - y0)})`);
  return element;
}

function text(item, [x0, y0]) {
  const x = near(item.at[0] - x0), y = near(item.at[1] - y0);
  return s("text", {
    x, y,
    "font-size": near(item.size),
    "font-weight": item.bold ? 700 : null,
    "font-style": item.italic ? "italic" : null,
    "text-anchor": ANCHORS[item.align ?? "left"],
    fill: paint(item.colour),
    stroke: item.halo ? paint(item.halo) : null,
    "stroke-width": item.halo ? near(Math.max(2, item.size * 0.22)) : null,
    transform: item.turn ? `rotate(${near(-item.turn)} ${x} ${y})` : null,
    class: item.halo ? "halo" : null,
  }, item.text);
}

function image(item, [x0, y0]) {
  const [x, y, width, height] = item.box;
  return s("image", {
    x: near(x - x0), y: near(y - y0), width, height,
    opacity: item.opacity,
    preserveAspectRatio: "none",
    href: `data:image/png;base64,${item.png}`,
  });
}

