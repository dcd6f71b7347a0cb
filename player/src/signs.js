// Places in lists: the same symbols as on the map, and a place's history as a bar.

import { s } from "./dom.js";
import { paint } from "./colour.js";
import { sign } from "./shapes.js";

const UNKNOWN = ["unknown", [], []];

/** The symbol of a place as the map shows it, small enough for a line of text. */
export function placeSign(campaign, place, why) {
  const { looks } = campaign.data.map;
  return s("svg", {
    class: "sign", viewBox: "-10 -10 20 20", width: 18, height: 18, "aria-hidden": "true",
  }, sign(looks[why?.look ?? campaign.unknownSign(place)]));
}

/** The colours of a value of control: of every side that holds or contests the place. */
export function colours(campaign, control) {
  const [status, sides] = control;
  if (!sides.length) return [status === "none" ? "paper" : "rule"];
  const found = sides.map((id) => colourOf(campaign, id));
  return status === "contested" && sides.length === 1 ? [...found, "faint"] : found;
}

function colourOf(campaign, side) {
  return campaign.side.get(side)?.colour ?? "faint";
}

/** The history of a place in pieces: the colours of who holds it, and of who besieges it. */
export function historyPieces(campaign, view, place) {
  return view.history("control", place).map(({ first, last, value }) => {
    const control = value.control ?? UNKNOWN;
    const { holders, besiegers } = rivals(value);
    const [colour, ...others] = colours(campaign, control);
    if (value.mark === "disputed" && holders && !others.length) {
      const [rival] = colours(campaign, holders);
      others.push(rival === colour ? "rule" : rival);
    }
    const around = [...new Set([...control[2], ...(besiegers ?? [])])];
    const siege = around.map((side) => colourOf(campaign, side));
    return { first, last, bands: [colour, ...others], siege, unsure: besiegers !== null, value };
  });
}

/** What other values would show: who else may hold a place, and who else may besiege it. */
function rivals({ mark, control, could }) {
  if (mark === "certain") return { holders: null, besiegers: null };
  const value = control ?? UNKNOWN;
  const others = could.map((other) => other ?? UNKNOWN);
  const holders = others.find((other) => holding(other) !== holding(value)) ?? null;
  const besiegers = others.find((other) => String(other[2]) !== String(value[2]))?.[2] ?? null;
  return { holders, besiegers };
}

/** Who holds or contests a place, whether or not it is besieged. */
function holding([status, sides]) {
  return `${status === "besieged" ? "held" : status} ${sides}`;
}

/**
 * A history as a bar: bands of who holds the place; if it is besieged, a line along both edges.
 * Of a scale, `at` is where a tick begins, and `wide` how wide some ticks are.
 */
export function historyBar(pieces, scale, { y, height }) {
  return pieces.flatMap((piece) => {
    const { first, last, bands, siege, value } = piece;
    const opacity = value.mark === "possible" ? 0.5 : null;
    const tall = height / bands.length;
    const filled = bands.map((colour, n) => s("rect", {
      x: scale.at(first), width: scale.wide(last + 1 - first), y: y + n * tall, height: tall,
      fill: paint(colour), opacity,
    }));
    return siege.length ? [...filled, siegeEdges(piece, scale, { y, height })] : filled;
  });
}

/** The lines of a siege: above in the colour of the first besieger, below in that of the last. */
function siegeEdges({ first, last, siege, unsure }, scale, { y, height }) {
  const edge = (at, colour) => s("rect", {
    x: scale.at(first), width: scale.wide(last + 1 - first), y: at, height: 2,
    fill: paint(colour), opacity: unsure ? 0.5 : null,
  });
  return s("g", { class: unsure ? "siege unsure" : "siege" },
    edge(y - 3, siege[0]), edge(y + height + 1, siege.at(-1)));
}
