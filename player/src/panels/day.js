// The day: how operations stand, what changed hands, what happened, and all that happened so far.

import { h } from "../dom.js";
import { differences } from "../campaign.js";
import { dayLink, dot, eventItem, link } from "../words.js";

const FEW = 12, MANY = 40;

/** The panel of a day. `more` is how many earlier events are asked for. */
export function day(campaign, view, at, on, more = FEW) {
  const today = view.on(at.tick), [count, before] = view.before(at.tick, more);
  const shown = seen(today, view, at), exact = shown.filter((event) => event.exact);
  const items = (events) => h("ol", { class: "events" }, events.map((event) =>
    eventItem(campaign, event, on, { current: at.stop !== null && view.dated[at.stop] === event, day: event.day !== campaign.data.dates[at.tick] })));
  return [
    h("h3", {}, "On this day"),
    exact.length
      ? items(exact)
      : h("p", { class: "quiet" }, "No document dates an event to this day.", today.length ? null : next(campaign, view, at.tick, on)),
    exact.length < shown.length ? h("h3", {}, "By this day, and perhaps before") : null,
    exact.length < shown.length ? items(shown.filter((event) => !event.exact)) : null,
    today.length > MANY ? h("p", { class: "quiet" }, `and ${today.length - MANY} more on this day`) : null,
    within(campaign, view, at.tick, on),
    changes(campaign, view, at.tick, on),
    efforts(campaign, view, at.tick, on),
    before.length ? h("h3", {}, "So far") : null,
    dated(campaign, before, on),
    count > more
      ? h("button", { type: "button", class: "more", click: () => on.more(more + 100) }, `${count - more} earlier events`)
      : null,
    apart("Before these days", view.earlier, campaign, on),
    apart("Without a day", view.undated, campaign, on),
  ];
}

/** Of very many events of a day the first ones; or those about the one that is looked at. */
function seen(today, view, at) {
  const from = at.stop === null ? 0 : Math.max(0, Math.min(today.indexOf(view.dated[at.stop]) - 5, today.length - MANY));
  return today.slice(from, from + MANY);
}

function next(campaign, view, tick, on) {
  const event = view.dated.find((one) => one.tick > tick);
  return event ? [" The next one is of ", dayLink(campaign, event.tick, on), "."] : null;
}

function efforts(campaign, view, tick, on) {
  const current = view.efforts(tick).filter((effort) => effort.status !== "complete" || turned(view, effort.of, tick));
  if (!current.length) return null;
  return [h("h3", {}, "How the operations stand"), h("ul", { class: "efforts" }, current.map((effort) => h("li", {},
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
    h("h3", {}, "Changed since the day before"),
    h("ul", { class: "changes" }, turned.slice(0, MANY).map((thing) => {
      const why = view.why("control", thing.id, tick);
      return h("li", {}, dot(campaign, why), h("span", {}, link(campaign, "place", thing.id, on), " ", h("span", { class: "soft" }, lower(why.words))));
    })),
    turned.length > MANY ? h("p", { class: "quiet" }, `and ${turned.length - MANY} more places`) : null,
  ];
}

/** Changes within the day, each with its hour: who held a place only until the evening, too. */
function within(campaign, view, tick, on) {
  const told = view.within(tick);
  if (!told.length) return null;
  return [
    h("h3", {}, campaign.data.step === "day" ? "Within this day" : "Within this step"),
    h("ul", { class: "changes" }, told.slice(0, MANY).map(([place, time, why]) =>
      h("li", {}, dot(campaign, why), h("span", {}, h("span", { class: "soft" }, `${time} `),
        link(campaign, "place", place, on), " ", h("span", { class: "soft" }, lower(why.words)))))),
    told.length > MANY ? h("p", { class: "quiet" }, `and ${told.length - MANY} more changes`) : null,
  ];
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

