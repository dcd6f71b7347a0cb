// The day: what happened, what changed hands, the operations, and all that happened so far.

import { h } from "../dom.js";
import { differences } from "../campaign.js";
import { placeSign } from "../signs.js";
import { dayLink, elsewhereItem, eventItem, link } from "../words.js";

const FEW = 12, MANY = 40;

/** The panel of a day. `more` is how many earlier events are asked for. */
export function day(campaign, view, at, on, more = FEW) {
  const [count, before] = view.before(at.tick, more);
  return [
    today(campaign, view, at, on),
    within(campaign, view, at.tick, on),
    changes(campaign, view, at.tick, on),
    efforts(campaign, view, at.tick, on),
    before.length ? h("h3", {}, "So far") : null,
    dated(campaign, before, on),
    count > more
      ? h("button", { type: "button", class: "more", click: () => on.more(more + 100) },
        `${count - more} earlier events`)
      : null,
    apart("Earlier", view.earlier, campaign, on),
    apart("Undated", view.undated, campaign, on),
  ];
}

/** The events of the day: those dated to it, by whichever source; then those that had happened. */
function today(campaign, view, at, on) {
  const { unit } = campaign, all = view.on(at.tick), shown = seen(all, view, at);
  const item = (event) => eventItem(campaign, event, on, {
    current: at.stop !== null && view.dated[at.stop] === event,
    day: event.day !== campaign.data.dates[at.tick],
  });
  const exact = shown.filter((event) => event.exact).map(item);
  const by = shown.filter((event) => !event.exact).map(item);
  const elsewhere = view.elsewhere(at.tick).map((found) => elsewhereItem(campaign, found, on));
  return [
    h("h3", {}, capital(campaign.onThisUnit)),
    exact.length || elsewhere.length
      ? h("ol", { class: "events" }, exact, elsewhere)
      : quietDay(campaign, view, at.tick, on),
    by.length ? [h("h3", {}, `By this ${unit}, and perhaps before`), h("ol", { class: "events" }, by)] : null,
    all.length > MANY ? h("p", { class: "quiet" }, `and ${all.length - MANY} more ${campaign.onThisUnit}`) : null,
  ];
}

/** What is said of a day to which nothing is dated: when the next event is, unless one is listed. */
function quietDay(campaign, view, tick, on) {
  const next = view.on(tick).length ? null : view.dated.find((event) => event.tick > tick);
  return h("p", { class: "quiet" }, `Nothing is dated to this ${campaign.unit}.`,
    next ? [" Next: ", dayLink(campaign, next.tick, on), "."] : null);
}

/** Of very many events of a day the first ones; or those about the one that is looked at. */
function seen(all, view, at) {
  const before = at.stop === null ? 0 : all.indexOf(view.dated[at.stop]) - 5;
  const from = Math.max(0, Math.min(before, all.length - MANY));
  return all.slice(from, from + MANY);
}

function efforts(campaign, view, tick, on) {
  const current = view.efforts(tick).filter((effort) => effort.status !== "complete" || turned(view, effort.of, tick));
  if (!current.length) return null;
  return [h("h3", {}, "Operations"), h("ul", { class: "efforts" }, current.map((effort) => h("li", {},
    link(campaign, "operation", effort.of, on), `: ${effort.status}`,
    effort.reason ? ` (${effort.reason})` : "", effort.mark === "disputed" ? h("span", { class: "alert" }, " sources differ") : null)))];
}

function turned(view, of, tick) {
  return tick > 0 && view.why("effort", of, tick)?.words !== view.why("effort", of, tick - 1)?.words;
}

/** Places whose control or its mark is not what it was the day before. */
function changes(campaign, view, tick, on) {
  if (tick === 0) return null;
  const turned = differences(campaign, view, tick, view, tick - 1).map(([thing]) => thing);
  if (!turned.length) return null;
  return [
    h("h3", {}, `Changed since the ${campaign.unit} before`),
    h("ul", { class: "changes" }, turned.slice(0, MANY).map((thing) => {
      const why = view.why("control", thing.id, tick);
      return h("li", {}, placeSign(campaign, thing.id, why), h("span", {}, link(campaign, "place", thing.id, on), " ", h("span", { class: "soft" }, lower(why.words))));
    })),
    turned.length > MANY ? h("p", { class: "quiet" }, `and ${turned.length - MANY} more places`) : null,
  ];
}

/** Changes within the day, each with its hour: who held a place only until the evening, too. */
function within(campaign, view, tick, on) {
  const told = view.within(tick);
  if (!told.length) return null;
  return [
    h("h3", {}, `Within this ${campaign.unit}`),
    h("ul", { class: "changes" }, told.slice(0, MANY).map(([place, time, why]) =>
      h("li", {}, placeSign(campaign, place, why), h("span", {}, h("span", { class: "soft" }, `${time} `),
        link(campaign, "place", place, on), " ", h("span", { class: "soft" }, lower(why.words)))))),
    told.length > MANY ? h("p", { class: "quiet" }, `and ${told.length - MANY} more changes`) : null,
  ];
}

/** A text with a capital letter at its start. */
export function capital(words) {
  return words[0].toUpperCase() + words.slice(1);
}

export function lower(words) {
  return words[0].toLowerCase() + words.slice(1);
}

/** Events with their days as headings. */
export function dated(campaign, events, on) {
  const found = [];
  for (const event of events) {
    if (found.at(-1)?.day !== event.day) found.push({ day: event.day, events: [] });
    found.at(-1).events.push(event);
  }
  return found.map((group) => h("section", { class: "past-day" }, h("h4", {}, group.day),
    h("ol", { class: "events" }, group.events.map((event) => eventItem(campaign, event, on)))));
}

function apart(title, events, campaign, on) {
  if (!events.length) return null;
  // it stands at the end of the list: what was opened is brought into sight
  const uncover = ({ currentTarget }) => currentTarget.open && currentTarget.scrollIntoView({ block: "nearest" });
  return h("details", { toggle: uncover }, h("summary", {}, `${title} (${events.length})`),
    h("ol", { class: "events" }, events.slice(0, 300).map((event) => eventItem(campaign, event, on, { day: true }))));
}

