// What the strip of days shows: bars of events, a place's history, the phases, the dates.

import { h, s } from "./dom.js";
import { historyBar } from "./signs.js";

/** Heights in pixels, from top to bottom; a history has its room only if a place is chosen. */
export const TOP = 8, BARS = 34, HISTORY = 15, BAND = 18, DATES = 16;

/** About the width of a letter on the strip. */
const LETTER = 6.2;

/** The bars of a tick, the lowest first. */
const KINDS = ["by", "dated", "rival"];

/** How many events bars stand for; ticks that share a pixel share a bar: [first tick, sums]. */
function sums({ density, exact, rivals }, each) {
  const found = [];
  for (let tick = 0; tick < density.length; tick += each) {
    const total = (counts) => counts.slice(tick, tick + each).reduce((sum, n) => sum + n, 0);
    const [all, dated, differing] = [total(density), total(exact), total(rivals)];
    const by = all > dated ? all : 0, rival = differing ? all + differing : 0;
    found.push([tick, { by, dated, rival }]);
  }
  return found;
}

/**
 * A bar for each tick: pale for events that had happened by then, and perhaps before; an outline
 * for those that other sources date to it.
 */
export function bars(counts, { width, at, wide }) {
  const each = Math.max(1, Math.ceil(counts.density.length / Math.max(width, 1)));
  const all = sums(counts, each), room = wide(each);
  const most = Math.max(1, ...all.flatMap(([, sum]) => Object.values(sum)));
  return s("g", { class: "bars" }, all.map(([tick, sum]) =>
    KINDS.filter((kind) => sum[kind]).map((kind) => {
      const height = Math.max(2, (BARS - 3) * Math.sqrt(sum[kind] / most));
      return s("rect", {
        class: `bar-${kind}`, x: at(tick), y: TOP + BARS - height, height,
        width: Math.max(0.8, room - Math.min(1.5, room * 0.2)),
      });
    })));
}

/** What the bars mean; only the kinds that occur. */
export function caption({ density, exact, rivals }, unit) {
  const signs = [["dated", `dated to the ${unit}`]];
  if (density.some((all, tick) => all > exact[tick])) {
    signs.push(["by", `had happened by that ${unit}`]);
  }
  if (rivals.some((count) => count)) signs.push(["rival", "dated so by other sources"]);
  const shown = signs.length > 1 ? signs : [];
  return [
    h("span", {}, unit === "day" ? "Events on each day" : `Events in each ${unit}`),
    shown.map(([kind, text]) => h("span", {},
      s("svg", { width: 9, height: 10, "aria-hidden": "true", class: "bars" },
        s("rect", { class: `bar-${kind}`, x: 0.5, y: 0.5, width: 8, height: 9 })), ` ${text}`)),
  ];
}

/** The history of the chosen place, under the bars. */
export function history(pieces, scale, y) {
  return s("g", { class: "past" }, historyBar(pieces, scale, { y: y + 4, height: HISTORY - 8 }));
}

/** The phases, each with as much of its name as has room. */
export function phases(campaign, { at, wide }, y) {
  return s("g", { class: "phases" }, campaign.phases.map(({ first, last, name, period }, n) => {
    const x = at(first), width = Math.max(1, wide(last + 1 - first) - 1.5);
    return s("g", { class: n % 2 ? "phase odd" : "phase" },
      s("rect", { x, y: y + 2, width, height: BAND - 4 }),
      s("text", { x: x + 5, y: y + BAND - 5.5 }, shortened(name, Math.floor((width - 8) / 6.1))),
      s("title", {}, `${name}, ${period}`));
  }));
}

function shortened(text, letters) {
  if (text.length <= letters) return text;
  return letters > 4 ? `${text.slice(0, letters - 1).trim()}…` : "";
}

/** The labels of the axis that have room: those that Python chose for a strip of this width. */
export function dates(campaign, { width, at }, y) {
  const { axis } = campaign.data;
  const [, labels] = axis.findLast(([least]) => least <= width) ?? axis[0];
  let end = 0;
  const found = [];
  for (const [tick, text] of labels) {
    const x = at(tick), wide = text.length * LETTER;
    if (x < end || (x && x + 4 + wide > width)) continue;
    found.push(s("path", { d: `M${x + 0.5} ${y}v10` }), s("text", { x: x + 4, y: y + 11 }, text));
    end = x + wide + 10;
  }
  return s("g", { class: "dates" }, found);
}

/** A line at a tick, with a handle to drag. */
export function needle(tick, { at, wide }, foot) {
  const x = at(tick + 0.5), width = Math.max(1.5, wide(1));
  return [
    s("rect", { class: "today", x: x - width / 2, y: TOP, width, height: foot - TOP }),
    s("path", { class: "needle", d: `M${x} ${TOP - 1}V${foot}` }),
    s("path", { class: "handle", d: `M${x - 6} 0h12v4l-6 6l-6 -6z` }),
  ];
}
