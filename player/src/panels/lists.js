// The other panels: places, numbers, and what the sources differ about.

import { h, name, s } from "../dom.js";
import { paint } from "../colour.js";
import { placeSign } from "../signs.js";
import { dayLink, link, witnesses } from "../words.js";
import { lower } from "./day.js";

const MANY = 250;

/** All places: those on the map, and those that no document lets one locate. */
export function places(campaign, view, tick, frame, on) {
  const shown = new Set(frame.sites.filter((site) => !site[6]).map(([place]) => place));
  const all = campaign.data.things.filter((thing) => thing.kind === "place" && !thing.context);
  const spoken = (thing) => Boolean(view.data.why.control?.[thing.id]);
  const groups = [
    ["On the map", all.filter((thing) => shown.has(thing.id))],
    ["Not located by the documents", all.filter((thing) => !shown.has(thing.id) && spoken(thing))],
    ["Of whose control nobody speaks", all.filter((thing) => !shown.has(thing.id) && !spoken(thing))],
  ];
  return groups.filter(([, found]) => found.length).map(([title, found]) => [
    h("h3", {}, `${title} (${found.length})`),
    h("ul", { class: "changes all" }, found.slice(0, MANY).map((thing) => {
      const why = view.why("control", thing.id, tick);
      return h("li", { pointerenter: () => on.light([thing.id]), pointerleave: () => on.light([]) },
        placeSign(campaign, thing.id, why), h("span", {}, link(campaign, "place", thing.id, on), " ", h("span", { class: "soft" }, why ? lower(why.words) : "unknown")));
    })),
    found.length > MANY ? h("p", { class: "quiet" }, `and ${found.length - MANY} more: find them by their names`) : null,
  ]);
}

/** What was taken of areas and routes, and what was counted. */
export function numbers(campaign, view, tick, on) {
  const grounds = view.grounds(tick).filter((ground) => view.data.why.progress?.[ground.of] || view.data.why.ground?.[ground.of]);
  const counted = view.counted(tick);
  return [
    grounds.length ? h("h3", {}, "Areas and routes") : null,
    grounds.map((ground) => bar(campaign, ground, on)),
    h("h3", {}, "Counted so far"),
    counted.length ? series(campaign, view, counted, on) : h("p", { class: "quiet" }, `Nothing had been counted by this ${campaign.unit}.`),
  ];
}

function bar(campaign, ground, on) {
  const colour = campaign.side.get(ground.side)?.colour ?? "faint";
  const rest = campaign.side.get(ground.rest)?.colour;
  const [low, best, high] = ground.share ?? [0, null, 0];
  const percent = (share) => `${Math.min(100, (share ?? 1) * 100)}%`;
  return h("div", { class: "ground" },
    h("p", {}, link(campaign, campaign.thing.get(ground.of)?.kind ?? "area", ground.of, on), h("span", { class: "amount" }, ground.words)),
    s("svg", { class: ground.basis === "interpolated" ? "bar interpolated" : "bar", width: "100%", height: 12, "aria-hidden": "true" },
      ground.share ? [
        rest ? s("rect", { y: 1, height: 10, width: "100%", fill: paint(rest) }) : null,
        s("rect", { y: 1, height: 10, width: percent(high), fill: paint(`mix(${colour},paper,0.6)`) }),
        s("rect", { y: 1, height: 10, width: percent(low), fill: paint(colour) }),
        best !== null && !(low === best && best === high) ? s("rect", { class: "best", y: 0, height: 12, width: 2, x: percent(best) }) : null,
      ] : null,
      s("rect", { class: "bar-edge", x: 0.5, y: 1, height: 10, width: "99.6%" })),
    ground.control ? h("p", { class: "soft note" }, name(ground.control)) : null,
    ground.basis === "interpolated" ? h("p", { class: "soft note" }, "interpolated between documented values") : null);
}

function series(campaign, view, counted, on) {
  const groups = new Map();
  for (const row of counted) groups.set(row.name, [...(groups.get(row.name) ?? []), row]);
  const most = largest(campaign, view);
  return [...groups].map(([title, rows]) => h("section", { class: "tally" }, h("h4", {}, name(title)),
    [...rows].reverse().map((row) => tally(campaign, row, most.get(title), on))));
}

/** The largest number that each tally ever reaches in a view: the end of its bars. */
function largest(campaign, view) {
  if (!view.most) {
    view.most = new Map();
    for (let n = 1; n < view.data.counted.length; n += 2) {
      for (const number of view.data.counted[n]) {
        const { name: title, bounds: [low, best, high] } = campaign.data.numbers[number];
        const far = Math.max(low, best ?? 0, high ?? 0) * (high === null ? 1.3 : 1);
        view.most.set(title, Math.max(view.most.get(title) ?? 0, far));
      }
    }
  }
  return view.most;
}

function tally(campaign, row, most, on) {
  const [low, best, high] = row.bounds;
  const percent = (value) => `${(100 * value) / (most || 1)}%`;
  const about = [
    row.of ? ["of ", name(campaign.name(row.of))] : null,
    row.by ? ["by ", name(row.by)] : null,
    row.where.length ? ["at ", row.where.map((place, n) => [n ? " and " : "", link(campaign, "place", place, on)])] : null,
    row.when,
    name(row.who),
  ].filter((part) => part);
  return h("div", { class: row.together ? "count together" : "count" },
    h("p", { class: "count-words" }, h("b", {}, row.words), row.mark === "certain" ? null : h("span", { class: "alert" }, ` ${row.mark}`)),
    s("svg", { class: "bar", width: "100%", height: 8, "aria-hidden": "true" },
      s("rect", { class: "bar-back", y: 1, height: 6, width: "100%" }),
      s("rect", { class: high === null ? "bar-open" : "bar-high", y: 1, height: 6, width: high === null ? "100%" : percent(high) }),
      s("rect", { class: "bar-low", y: 1, height: 6, width: percent(low) }),
      best !== null && best !== low ? s("rect", { class: "best", y: 0, height: 8, width: 2, x: percent(best) }) : null),
    h("p", { class: "soft" }, about.map((part, n) => [n ? " · " : "", part])),
    row.said.length ? h("p", { class: "said" }, witnesses(campaign, row.said, on)) : null,
    row.together ? null : row.parts.map((part) => addend(campaign, part, row.parts.length > 1, on)));
}

/** One number that somebody gave: a part of a sum is named with its own words and days. */
function addend(campaign, part, named, on) {
  return [
    h("p", { class: "said" }, named ? [h("b", {}, part.words), part.when ? ` (${part.when})` : "", ": "] : null, witnesses(campaign, part.said, on)),
    part.against.map(([number, says]) => h("p", { class: "rival" }, "≠ ", name(says), " ", witnesses(campaign, [number], on))),
  ];
}

const ORDER = ["control", "formation", "progress", "tally", "effort", "statement"];

/** Everything that admitted claims differ on: about what is chosen, on this day, on other days. */
export function disputed(campaign, view, tick, chosen, on) {
  const rank = ({ aspect }) => (ORDER.includes(aspect) ? ORDER.indexOf(aspect) : ORDER.length);
  const all = [...view.disputes].sort((a, b) => rank(a) - rank(b));
  if (!all.length) return h("p", { class: "quiet" }, "Under this lens no two claims differ.");
  const about = chosen ? all.filter((one) => one.about.includes(chosen.id) || one.events.includes(chosen.id)) : [];
  const others = all.filter((one) => !about.includes(one));
  const open = others.filter((one) => one.first <= tick && tick <= one.last);
  const rest = others.filter((one) => !open.includes(one));
  const group = (title, found) => found.length
    ? [h("h3", {}, title, ` (${found.length})`), h("ol", { class: "disputes" }, found.map((one) => dispute(campaign, one, on)))] : null;
  return [
    group(["About ", name(chosen?.kind === "event" ? "this event" : campaign.name(chosen?.id ?? ""))], about),
    group(`Disputed ${campaign.onThisUnit}`, open),
    open.length || about.length ? null : h("p", { class: "quiet" }, `Nothing is disputed ${campaign.onThisUnit}.`),
    group(`On other ${campaign.unit}s`, rest),
  ];
}

function dispute(campaign, one, on) {
  const kind = campaign.thing.get(one.of)?.kind;
  return h("li", { class: "dispute", pointerenter: () => on.light(one.about), pointerleave: () => on.light([]) },
    h("p", { class: "dispute-title" },
      h("button", { type: "button", class: "summary small", click: () => on.land(one.first, kind ? { kind, id: one.of } : { kind: "event", id: one.events[0] }) },
        one.title[0].toUpperCase() + one.title.slice(1))),
    h("p", { class: "soft" }, dayLink(campaign, one.first, on), one.last > one.first ? [" to ", dayLink(campaign, one.last, on)] : null),
    h("ul", { class: "dispute-sides" }, one.sides.map(([says, who]) => h("li", {}, h("b", {}, name(says)), ": ", h("span", { class: "soft" }, name(who))))));
}
