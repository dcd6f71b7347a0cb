// How claims, events and values look as words and signs: one look for all panels.

import { h, name } from "./dom.js";

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
  return listed(campaign, event, on, current, [
    day ? h("p", { class: "event-day" }, event.day) : null,
    summary(campaign, event, on, current),
    h("p", { class: "said" }, witnesses(campaign, event.said, on)),
    event.otherwise.map(([differs, claims]) =>
      rival([h("span", { class: "sr" }, "Otherwise: "), name(differs), ": ",
        witnesses(campaign, claims, on)])),
  ]);
}

/** An event that other sources date to a day on which it is not shown. */
export function elsewhereItem(campaign, [event, claims, shown], on) {
  return listed(campaign, event, on, false, [
    summary(campaign, event, on, false),
    rival([`dated to this ${campaign.unit} by `, witnesses(campaign, claims, on), `; shown ${shown}`]),
  ]);
}

function listed(campaign, event, on, current, parts) {
  return h("li", {
    class: current ? "event current" : "event", "data-event": event.id,
    pointerenter: () => on.light(event.of), pointerleave: () => on.light([]),
  }, parts);
}

/** The button of an event, which opens its card; a sign says that the author added a note. */
function summary(campaign, event, on, current) {
  const inside = event.tick !== null && event.tick >= 0 && event.tick < campaign.ticks;
  return h("button", {
    class: "summary", type: "button", "aria-current": current ? "true" : null,
    click: () => on.event(event),
    focus: () => on.light(event.of), blur: () => on.light([]),
    title: inside ? null : "It has no date inside the window",
  }, name(event.summary), hasNote(campaign, event) ? h("span", { class: "note-sign" }, "Note") : null);
}

/** Whether the author added a note to an event or to one of its claims. */
function hasNote(campaign, event) {
  const claims = [...event.said, ...event.otherwise.flatMap(([, differing]) => differing)];
  return Boolean(event.note) || claims.some((claim) => campaign.data.claims[claim].note);
}

function rival(parts) {
  return h("p", { class: "rival" }, h("span", { class: "unequal", "aria-hidden": "true" }, "≠ "), parts);
}
