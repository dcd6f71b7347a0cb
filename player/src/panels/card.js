// The card of one thing: what is so, since when, why, who says otherwise, and what comes next.

import { h, name, s } from "../dom.js";
import { lower } from "./day.js";
import { historyBar, historyPieces, placeSign } from "../signs.js";
import { cite, dayLink, eventItem, link, noteOf, testimony, witnesses } from "../words.js";

const ASPECTS = {
  place: ["control", "share", "formation"], area: ["ground", "progress"], route: ["ground", "progress"], operation: ["effort"],
  force: ["strength", "position", "standing"], person: ["standing"], voice: ["standing"], side: [],
};

/** The card of what is chosen. */
export function card(campaign, view, tick, chosen, on) {
  if (chosen.kind === "event") return eventCard(campaign, view, chosen.id, on);
  if (chosen.kind === "source") return sourceCard(campaign, view, chosen, on);
  const thing = campaign.thing.get(chosen.id);
  if (!thing) return [h("p", { class: "quiet" }, "There is no such thing in this campaign.")];
  return [head(campaign, asOf(thing, tick), on), body(campaign, view, tick, thing, on)];
}

/** A force with the side, parent and name that it has on a day. */
function asOf(thing, tick) {
  return { ...thing, ...(thing.turns ?? []).findLast((turn) => turn.tick <= tick) };
}

function head(campaign, thing, on) {
  const what = thing.what ?? thing.role ?? thing.kind;
  const side = thing.side ? link(campaign, "side", thing.side, on) : null;
  const above = thing.part_of && campaign.thing.get(thing.part_of);
  return h("header", { class: "card-head" },
    h("p", { class: "kicker" }, what, side ? [" · ", side] : null, above ? [" · part of ", link(campaign, above.kind, above.id, on)] : null),
    h("h2", { id: "card-title", tabindex: -1 }, name(thing.name)),
    thing.also ? h("p", { class: "also" }, "also ", thing.also.map((other, n) => [n ? ", " : "", name(other)])) : null);
}

function body(campaign, view, tick, thing, on) {
  const found = [];
  for (const aspect of ASPECTS[thing.kind] ?? []) {
    const why = view.why(aspect, thing.id, tick);
    if (aspect === "control") found.push(control(campaign, view, tick, thing, why, on));
    else if (why && !(why.none && !why.pending.length)) found.push(aspectOf(campaign, tick, why, on, view.history(aspect, thing.id)));
  }
  if (thing.kind === "side") found.push(holds(campaign, view, tick, thing, on));
  found.push(presence(campaign, view, tick, thing, on));
  if (thing.kind === "voice") found.push(spoken(campaign, view, thing, on));
  const events = view.about(thing.id);
  if (events.length) {
    found.push(h("h3", {}, `Events (${events.length})`),
      h("ol", { class: "events" }, events.map((event) => eventItem(campaign, event, on, { day: true, current: event.tick === tick }))));
  }
  found.push(notes(campaign, thing, on));
  return found;
}

// --- a place --------------------------------------------------------------------------------------

function control(campaign, view, tick, place, why, on) {
  if (!why) {
    return place.context
      ? h("p", { class: "quiet" }, "On the map to find one's way; no document speaks of who holds it.")
      : h("p", { class: "quiet" }, "No document, as this lens reads them, says who holds it.");
  }
  return [
    h("p", { class: "holds" }, placeSign(campaign, place.id, why), h("span", {}, h("b", {}, name(why.words)), why.since ? [h("span", { class: "since" }, ` ${why.since}`)] : null)),
    history(campaign, view, tick, place, on),
    reasons(campaign, why, on),
  ];
}

/** The whole history of a place. */
function history(campaign, view, tick, place, on) {
  const pieces = historyPieces(campaign, view, place.id);
  const all = campaign.ticks;
  const share = (n) => `${((100 * n) / all).toFixed(3)}%`;
  return h("div", { class: "history" },
    s("svg", { class: "history-strip", height: 22, width: "100%", "aria-hidden": "true" },
      historyBar(pieces, { at: share, wide: share }, { y: 4, height: 14 }),
      s("rect", { class: "history-edge", x: 0, y: 4, width: "100%", height: 14 }),
      s("rect", { class: "history-now", x: share(tick), width: share(1), y: 0, height: 22 })),
    h("ol", { class: "pieces" }, pieces.map(({ first, last, value }) =>
      h("li", { class: first <= tick && tick <= last ? "current" : null },
        h("button", { type: "button", class: "piece", click: () => on.go(first), "aria-current": first <= tick && tick <= last ? "true" : null },
          placeSign(campaign, place.id, value), h("span", { class: "piece-day" }, first === 0 ? "at first" : campaign.data.dates[first].replace(/ \d+$/, "")), name(lower(value.words)))))));
}

// --- why ------------------------------------------------------------------------------------------

function aspectOf(campaign, tick, why, on, pieces) {
  return h("section", { class: "aspect" },
    h("p", { class: "holds" }, h("span", {}, h("b", {}, name(why.words)), why.since ? h("span", { class: "since" }, ` ${why.since}`) : null)),
    pieces.length > 2 ? h("details", {}, h("summary", {}, `${pieces.length} steps`),
      h("ol", { class: "pieces" }, pieces.map(({ first, last, value }) => h("li", {},
        h("button", { type: "button", class: "piece", click: () => on.go(first), "aria-current": first <= tick && tick <= last ? "true" : null },
          h("span", { class: "piece-day" }, campaign.data.dates[first].replace(/ \d+$/, "")), name(lower(value.words))))))) : null,
    reasons(campaign, why, on));
}

/** Because of which claims, against which others, what is open, and what comes next. */
export function reasons(campaign, why, on) {
  return [
    (why.wholes ?? []).map((whole) => h("p", { class: "quiet" }, "As a part of ", name(whole), ".")),
    why.because.length ? [h("h3", {}, "Who says so"), byEvent(campaign, why.because, on)] : null,
    why.against.length ? [h("h3", { class: "alert" }, "Who says otherwise"), against(campaign, why.against, on)] : null,
    (why.takers ?? []).map((text) => h("p", { class: "quiet" }, name(text))),
    why.pending.length ? [h("h3", {}, `Disputed ${campaign.onThisUnit}`), byEvent(campaign, why.pending, on)] : null,
    why.next ? h("p", { class: "next" }, h("b", {}, "Next: "), dayLink(campaign, why.next.tick, on), ", ", name(lower(why.next.words)), ".") : null,
  ];
}

function byEvent(campaign, numbers, on) {
  const groups = new Map();
  for (const number of numbers) {
    const { event } = campaign.data.claims[number];
    groups.set(event, [...(groups.get(event) ?? []), number]);
  }
  return [...groups].map(([id, claims]) => h("div", { class: "reason" },
    h("button", { type: "button", class: "summary small", click: () => on.eventById(id) }, name(on.summary(id)),
      campaign.data.claims[claims[0]].date ? h("span", { class: "soft" }, ` (${campaign.data.claims[claims[0]].date})`) : null),
    testimony(campaign, claims, on)));
}

function against(campaign, told, on) {
  return h("ul", { class: "testimony against" }, told.map(([number, says]) => {
    const claim = campaign.data.claims[number];
    return h("li", {}, h("span", { class: "unequal", "aria-hidden": "true" }, "≠ "),
      claim.by ? [name(claim.by, { class: "voice" }), " "] : null, cite(campaign, claim, on),
      h("span", { class: "says" }, " ", claim.date ?? "", claim.date && says ? ": " : "", name(says)), noteOf(claim));
  }));
}

// --- forces, voices, sides --------------------------------------------------------------------------

function presence(campaign, view, tick, thing, on) {
  const found = thing.kind === "place" ? view.presentAt(thing.id, tick) : view.presence(thing.id, tick);
  if (!found.length) return null;
  const title = thing.kind === "place" ? "Forces last documented here" : "Where last documented";
  return [h("h3", {}, title), h("ul", { class: "plain" }, found.map(([id, why]) => h("li", {},
    link(campaign, campaign.thing.get(id)?.kind ?? "force", id, on),
    h("span", { class: "soft" }, why.words.startsWith("Believed") ? " believed to be there" : "", why.since ? `, ${why.since}` : ""),
    h("p", { class: "said" }, witnesses(campaign, why.because, on)))))];
}

/** Whether a side holds a place, alone or together with others, besieged or not. */
function holdsIt(control, side) {
  return Boolean(control) && ["held", "besieged"].includes(control[0]) && control[1].includes(side);
}

function holds(campaign, view, tick, side, on) {
  const held = campaign.data.things.filter((thing) => thing.kind === "place" && holdsIt(view.why("control", thing.id, tick)?.control, side.id));
  return [h("h3", {}, `Holds ${held.length} place${held.length === 1 ? "" : "s"} ${campaign.onThisUnit}`),
    h("ul", { class: "changes" }, held.map((thing) => h("li", {}, placeSign(campaign, thing.id, view.why("control", thing.id, tick)), link(campaign, "place", thing.id, on))))];
}

function spoken(campaign, view, voice, on) {
  const events = view.told.filter((event) => [...event.said, ...event.otherwise.flatMap(([, told]) => told)]
    .some((number) => campaign.data.claims[number].voice === voice.id));
  if (!events.length) return null;
  return [h("h3", {}, `Speaks of ${events.length} event${events.length === 1 ? "" : "s"}`),
    h("ol", { class: "events" }, events.map((event) => eventItem(campaign, event, on, { day: true })))];
}

function notes(campaign, thing, on) {
  const found = [thing.where, thing.note && `${thing.note[0].toUpperCase()}${thing.note.slice(1)}.`].filter(Boolean);
  return h("footer", { class: "notes" },
    thing.perhaps?.length ? h("p", {}, "Perhaps the same place as ", thing.perhaps.map((other, n) => [n ? " or " : null, link(campaign, "place", other, on)]), ".") : null,
    found.map((text) => h("p", {}, name(text))));
}

// --- an event, a source -----------------------------------------------------------------------------

function eventCard(campaign, view, id, on) {
  const event = view.event.get(id);
  if (!event) return [h("h2", { id: "card-title", tabindex: -1 }, "Not told"), h("p", { class: "quiet" }, "No claim that this lens admits, of those reported by this day, speaks of this event.")];
  const inside = event.tick !== null && event.tick >= 0 && event.tick < campaign.ticks;
  const things = event.of.filter((of) => campaign.thing.has(of));
  return [
    h("header", { class: "card-head" },
      h("p", { class: "kicker" }, event.type.replaceAll("-", " "), " · ", event.day),
      h("h2", { id: "card-title", tabindex: -1, class: "sentence" }, name(event.summary)),
      inside ? h("p", {}, "Takes effect at the end of ", dayLink(campaign, event.tick, on), ".")
        : h("p", { class: "quiet" }, event.tick === null ? "It has no day, and so it changes nothing on the map." : "It lies outside these days."),
      noteOf(event)),
    h("h3", {}, "Who says so"), testimony(campaign, event.said, on),
    event.otherwise.length ? [h("h3", { class: "alert" }, "Who says otherwise"), event.otherwise.map(([differs, told]) =>
      h("div", { class: "reason" }, h("p", { class: "says" }, h("span", { class: "unequal", "aria-hidden": "true" }, "≠ "), name(differs)), testimony(campaign, told, on)))] : null,
    (event.takers ?? []).map((text) => h("p", { class: "quiet" }, name(text))),
    things.length || event.operation ? [h("h3", {}, "Of whom and where"), h("ul", { class: "plain" },
      [...things, event.operation].filter(Boolean).map((of) => h("li", {}, link(campaign, campaign.thing.get(of)?.kind, of, on),
        h("span", { class: "soft" }, ` ${campaign.thing.get(of)?.what ?? campaign.thing.get(of)?.kind ?? ""}`))))] : null,
  ];
}

/** Everything that a source is cited for, in the order of its sentences. */
function sourceCard(campaign, view, { id, event: from }, on) {
  const source = campaign.source.get(id);
  if (!source) return [h("p", { class: "quiet" }, "There is no such source in this campaign.")];
  const told = [];
  for (const event of view.told) {
    for (const number of [...event.said, ...event.otherwise.flatMap(([, claims]) => claims)]) {
      const claim = campaign.data.claims[number];
      if (claim.source === id) told.push({ claim, event });
    }
  }
  told.sort((a, b) => a.claim.locator.localeCompare(b.claim.locator, "en", { numeric: true }));
  return [
    h("header", { class: "card-head" },
      h("p", { class: "kicker" }, source.kind),
      h("h2", { id: "card-title", tabindex: -1 }, name(source.title)),
      h("p", { class: "also" }, [source.author, source.publisher, source.published].filter(Boolean).map((text, n) => [n ? ", " : "", name(text)])),
      source.derives ? h("p", {}, "Derives from ", link(campaign, "source", source.derives, on), ": it is no second witness.") : null,
      source.note ? h("p", { class: "soft" }, name(source.note)) : null),
    h("h3", {}, `Cited ${told.length} times`),
    h("ol", { class: "sentences" }, told.map(({ claim, event }) => h("li", { class: event.id === from ? "current" : null },
      h("span", { class: "locator", title: `${claim.source} ${claim.locator}` }, claim.locator),
      h("button", { type: "button", class: "summary small", click: () => on.event(event) }, name(event.summary), h("span", { class: "soft" }, ` ${event.day}`))))),
  ];
}

