// How claims, events and values look as words and signs: one look for all panels.

import { h, name, s } from "./dom.js";
import { paint } from "./colour.js";

/** The colours of a value of control: of every side that holds or contests the place. */
export function colours(campaign, control) {
  const [status, sides] = control ?? ["unknown", []];
  if (!sides.length) return [status === "none" ? "paper" : "rule"];
  const found = sides.map((id) => campaign.side.get(id)?.colour ?? "faint");
  return status === "contested" && sides.length === 1 ? [...found, "faint"] : found;
}

/** The pieces of a place's history with their colours. */
export function past(campaign, view, place) {
  return view.history("control", place).map(({ first, last, value }) => {
    const [colour, ...others] = colours(campaign, value.control);
    const rival = value.mark === "disputed" ? colours(campaign, value.could.find(Boolean) ?? null)[0] : null;
    if (rival && !others.length) others.push(rival === colour ? "rule" : rival);
    return { first, last, bands: [colour, ...others], mark: value.mark, value };
  });
}

/** A small sign of a value of control. */
export function dot(campaign, why) {
  const [colour, ...others] = colours(campaign, why?.control ?? null);
  const rival = why?.mark === "disputed" ? colours(campaign, why.could?.find(Boolean) ?? null)[0] : null;
  const unsure = why && why.mark !== "certain";
  return s("svg", { class: "dot", viewBox: "-8 -8 16 16", width: 14, height: 14, "aria-hidden": "true" },
    s("circle", { r: 6, fill: paint(colour), opacity: why?.mark === "possible" ? 0.5 : null }),
    why?.control?.[0] === "contested"
      ? others.map((other, n) => s("path", { d: sector((n + 1) / (others.length + 1)), fill: paint(other) })).reverse()
      : others.map((other, n) => s("path", { d: band((n + 1) / (others.length + 1)), fill: paint(other), class: "band" })),
    rival && !others.length ? [-3.6, 0, 3.6].map((x) => s("path", { d: `M${x - 3} 4.5L${x + 3} -4.5`, stroke: paint(rival === colour ? "paper" : rival), "stroke-width": 1.8 })) : null,
    s("circle", { r: 6, fill: "none", class: "dot-edge", "stroke-dasharray": unsure ? "2.2 1.6" : null }));
}

/** A circle from a share of its height on. */
function band(share) {
  const y = 12 * share - 6, x = Math.sqrt(36 - y * y);
  return `M${x.toFixed(2)} ${y.toFixed(2)}A6 6 0 ${share < 0.5 ? 1 : 0} 1 ${(-x).toFixed(2)} ${y.toFixed(2)}Z`;
}

/** A sector of a circle, up to a share of it, clockwise from the top. */
function sector(share) {
  const angle = 2 * Math.PI * share;
  return `M0 0L0 -6A6 6 0 ${share > 0.5 ? 1 : 0} 1 ${(6 * Math.sin(angle)).toFixed(2)} ${(-6 * Math.cos(angle)).toFixed(2)}Z`;
}

/** Where a sentence stands, as a reader says it. */
export function standing(campaign, claim) {
  const source = campaign.source.get(claim.source);
  return `“${source?.title ?? claim.source}”, ${source?.own ? claim.locator : spelled(claim.locator)}`;
}

function spelled(locator) {
  const parts = locator.split("-").map((part) => /^(?:p(\d+))?\.?(?:s(\d+))?$/.exec(part));
  if (parts.some((part) => !part)) return locator;
  return parts.map(([, p, n]) => [p && `paragraph ${p}`, n && `sentence ${n}`].filter(Boolean).join(", ")).join(" to ");
}

/** Citations: each reporter once, the sources that speak for themselves first. */
export function witnesses(campaign, numbers, on) {
  const own = [], reporters = new Map();
  for (const number of numbers) {
    const claim = campaign.data.claims[number];
    if (claim.by === null) own.push(claim);
    else reporters.set(claim.by, [...(reporters.get(claim.by) ?? []), claim]);
  }
  const groups = [...own.map((claim) => [null, [claim]]), ...reporters];
  return h("span", { class: "witnesses" }, groups.map(([by, claims], n) => [
    n ? h("span", { class: "sep" }, "; ") : null,
    by ? name(by, { class: "voice" }) : null,
    by ? " " : null,
    claims.map((claim, m) => [m ? " " : null, cite(campaign, claim, on)]),
  ]));
}

/** A citation that leads to its source; its title says the whole of it. */
export function cite(campaign, claim, on) {
  const more = [claim.via && `by way of ${claim.via}`, claim.reported && `reported ${claim.reported}`].filter(Boolean);
  const whole = [standing(campaign, claim), ...more].join("; ");
  return h("button", {
    class: "cite", type: "button", title: whole, "aria-label": `${claim.source} ${claim.locator}: ${whole}`,
    click: () => on.choose({ kind: "source", id: claim.source, event: claim.event }),
  }, `${claim.source} ${claim.locator}`);
}

/** Claims as lines, each with its carrier and date of report. */
export function testimony(campaign, numbers, on) {
  return h("ul", { class: "testimony" }, numbers.map((number) => {
    const claim = campaign.data.claims[number];
    const more = [claim.via && ["by way of ", name(claim.via)], claim.reported && `reported ${claim.reported}`].filter(Boolean);
    return h("li", {},
      claim.by ? name(claim.by, { class: "voice" }) : name(campaign.source.get(claim.source)?.title ?? claim.source, { class: "voice own" }),
      " ", cite(campaign, claim, on),
      more.length ? h("span", { class: "carried" }, more.map((part, n) => [n ? ", " : " ", part])) : null,
      noteOf(claim));
  }));
}

/** What the author noted beside a claim or an event. */
export function noteOf(record) {
  return record.note ? h("p", { class: "quiet noted" }, "Note: ", name(record.note)) : null;
}

/** A link to a thing: a button that chooses it. */
export function link(campaign, kind, id, on, text = null) {
  return h("button", { class: "link", type: "button", click: () => on.choose({ kind, id }) },
    name(text ?? campaign.name(id)));
}

/** A day that one can go to. */
export function dayLink(campaign, tick, on) {
  return h("button", { class: "link day", type: "button", click: () => on.go(tick) }, campaign.data.dates[tick]);
}

/** An event in a list: what happened, who says so, who says otherwise. */
export function eventItem(campaign, event, on, { current = false, day = false } = {}) {
  const inside = event.tick !== null && event.tick >= 0 && event.tick < campaign.ticks;
  return h("li", {
    class: current ? "event current" : "event",
    "data-event": event.id,
    pointerenter: () => on.light(event.of),
    pointerleave: () => on.light([]),
  },
  day ? h("p", { class: "event-day" }, event.day) : null,
  h("button", {
    class: "summary", type: "button", "aria-current": current ? "true" : null,
    click: () => on.event(event),
    focus: () => on.light(event.of), blur: () => on.light([]),
    title: inside ? null : "It has no day in the window",
  }, name(event.summary)),
  h("p", { class: "said" }, witnesses(campaign, event.said, on)),
  event.otherwise.map(([differs, told]) =>
    h("p", { class: "rival" }, h("span", { class: "unequal", "aria-hidden": "true" }, "≠ "), h("span", { class: "sr" }, "Otherwise: "),
      name(differs), ": ", witnesses(campaign, told, on))));
}
