// Two days, or two readings, side by side: the other map's choice, and the places that differ.

import { h, name } from "../dom.js";
import { differences } from "../campaign.js";
import { dot, link } from "../words.js";
import { lower } from "./day.js";
import { knownChoice, lensChoice } from "../reading.js";

/** The head of the other map: which day, whom one believes, what had been reported. */
export function otherHead(campaign, other, on) {
  return h("div", { class: "other-head" },
    h("label", {}, h("span", {}, "Day"), h("select", { "aria-label": "Day of the other map", change: (event) => on.other({ tick: Number(event.target.value) }) },
      campaign.data.dates.map((date, tick) => h("option", { value: tick, selected: tick === other.tick }, date)))),
    lensChoice(campaign, other, (lens) => on.other({ lens }), "Lens of the other map"),
    knownChoice(campaign, other, (known) => on.other({ known }), "Reports of the other map"));
}

/** The places of which the two maps say different things. */
export function compared(campaign, one, oneTick, other, otherTick, on) {
  const found = differences(campaign, one, oneTick, other, otherTick);
  if (!found.length) return [h("p", { class: "quiet" }, "No difference: both maps say the same of every place.")];
  return [
    h("h3", {}, `${found.length} place${found.length === 1 ? " differs" : "s differ"}`),
    h("table", { class: "compared" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Place"), h("th", { scope: "col" }, "This map"), h("th", { scope: "col" }, "The other"))),
      h("tbody", {}, found.map(([thing, a, b]) => h("tr", {},
        h("th", { scope: "row" }, link(campaign, "place", thing.id, on)), cell(campaign, a), cell(campaign, b))))),
  ];
}

function cell(campaign, why) {
  return h("td", {}, dot(campaign, why), " ", why ? name(lower(why.words)) : "not known");
}

