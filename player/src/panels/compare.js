// Two days, or two readings, side by side: the other map's choice, and the places that differ.

import { h, name } from "../dom.js";
import { differences } from "../campaign.js";
import { placeSign } from "../signs.js";
import { link } from "../words.js";
import { lower } from "./day.js";
import { knownChoice, lensChoice } from "../reading.js";

/** The head of the other map: which day, whom one believes, what had been reported. */
export function otherHead(campaign, other, on) {
  return [
    h("select", { class: "date", "aria-label": "Day of the other map", change: (event) => on.other({ tick: Number(event.target.value) }) },
      campaign.data.dates.map((date, tick) => h("option", { value: tick, selected: tick === other.tick }, date))),
    h("div", { class: "other-reading" },
      lensChoice(campaign, other, (lens) => on.other({ lens }), "Lens of the other map"),
      knownChoice(campaign, other, (known) => on.other({ known }), "Reports of the other map")),
  ];
}

/** The places of which the two maps say different things. */
export function compared(campaign, state, on) {
  const { other } = state;
  const one = campaign.view(state.lens, state.known), two = campaign.view(other.lens, other.known);
  const found = differences(campaign, one, state.tick, two, other.tick);
  if (!found.length) return h("p", { class: "quiet" }, "No difference: both maps say the same of every place.");
  const names = labels(campaign, state, other);
  return [
    h("h3", {}, `${found.length} place${found.length === 1 ? " differs" : "s differ"}`),
    h("ul", { class: "compared" }, found.map(([thing, a, b]) => h("li", { pointerenter: () => on.light([thing.id]), pointerleave: () => on.light([]) },
      h("p", { class: "compared-place" }, link(campaign, "place", thing.id, on)),
      line(campaign, names[0], thing.id, a), line(campaign, names[1], thing.id, b)))),
  ];
}

/** What tells the two maps apart, in short: their days, or their lenses, or what was known. */
function labels(campaign, one, other) {
  if (one.tick !== other.tick) return [one, other].map(({ tick }) => campaign.data.dates[tick].replace(/ \d+$/, ""));
  if (one.lens !== other.lens) return [one, other].map(({ lens }) => campaign.lens.get(lens).name);
  return [one, other].map(({ lens, known }) => known === null ? "all reports" : `by ${campaign.offer(lens, known)[1].replace(/ \d+$/, "")}`);
}

function line(campaign, label, place, why) {
  return h("p", { class: "compared-line" }, h("span", { class: "compared-label" }, label), placeSign(campaign, place, why), h("span", {}, why ? name(lower(why.words)) : "unknown"));
}
