// What this page is: method, sources, what control means, lenses, attribution; and its keys.

import { h, name } from "./dom.js";

/** The keys, and what they do; a campaign without phases has no keys for them. */
function keysOf({ unit, phases }) {
  return [
  ["← →", `the ${unit} before, the next ${unit}`],
  ["↑ ↓", "the event before, the next event"],
  ...(phases.length ? [["[ ]", "the phase before, the next phase"]] : []),
  ["Home End", `the first ${unit}, the last ${unit}`],
  ["Space", "play, stop"],
  ["/", "find a place, a force, an event"],
  ["g", `go to the strip of ${unit}s`],
  ["m", "go to the map: arrows move from place to place, Enter asks why"],
  ["w", "why: the card of what is chosen"],
  ["l", "choose a lens"],
  ["k", "choose what had been reported"],
  ["c", `compare two ${unit}s or two readings`],
  ["y", "copy a link to this view"],
  ["+ − 0", "zoom in, out, home"],
  ["Esc", "close"],
  ["?", "this help"],
  ];
}

/** A dialogue with a title and a button that closes it. */
export function dialogue(title, ...body) {
  const id = `title-${title.replaceAll(/\W/g, "")}`;
  const close = () => element.close();
  const element = h("dialog", { "aria-labelledby": id, click: (event) => event.target === element && close() },
    h("div", { class: "dialogue" },
      h("header", {}, h("h2", { id }, title), h("button", { type: "button", class: "icon", "aria-label": "Close", click: close }, "×")),
      h("div", { class: "dialogue-body", tabindex: 0, role: "region", "aria-labelledby": id }, body)));
  return element;
}

export function help(campaign) {
  return dialogue("Keys", h("dl", { class: "keys" }, keysOf(campaign).map(([keys, what]) => [
    h("dt", {}, keys.split(" ").map((key) => h("kbd", {}, key))), h("dd", {}, what)])),
  h("p", {}, "On the map: drag to move, turn the wheel or pinch to zoom, click a place to ask why."));
}

export function about(campaign, on) {
  const { data } = campaign;
  return dialogue("About this page",
    data.summary ? h("p", { class: "lead" }, name(data.summary)) : null,
    h("h3", {}, "How it was made"),
    h("p", {}, "Each event of the campaign was written down with the sentences that report it: which source, which paragraph and sentence, who says it, and when it had been reported. A program replays these claims day by day. A map shows what holds at the end of its day, and every mark leads back to the claims behind it. Nothing here was drawn by hand."),
    h("h3", {}, "What control means"),
    h("p", {}, "A place is ", h("b", {}, "held"), " by a side or by several together, ", h("b", {}, "contested"), " among sides, ", h("b", {}, "besieged"), " (surrounded by others), held by ", h("b", {}, "nobody"), ", or ", h("b", {}, "not known"), ". Apart from that, what we know of it is ", h("b", {}, "certain"), "; ", h("b", {}, "possible"), ", while a vague date has not run out; or ", h("b", {}, "disputed"), ", while claims that are admitted would give it different values. A withdrawal leaves a place empty, not taken. An announcement is not the event."),
    h("p", {}, "A dashed circle is where a vaguely located place may lie. Places that no document locates have no mark on the map; they stand in the list of places."),
    h("h3", {}, "Lenses"),
    h("p", {}, "A lens says which claims are admitted and how those that differ rank. It changes what is shown, never what was written."),
    h("dl", { class: "lenses" }, data.lenses.map((lens) => [h("dt", {}, lens.group ? `${lens.group}: ` : "", name(lens.label)), h("dd", {}, lens.summary)])),
    h("p", {}, "“Known by” admits only what had been reported by the end of that day. A claim without a report date counts from the publication of its source; if that has no date either, it is left out, and the line above the map names it. “Undated reports counted” lets such claims count on every day."),
    h("h3", {}, "Sources"),
    h("ul", { class: "plain" }, data.sources.map((source) => h("li", {},
      h("button", { type: "button", class: "link", click: () => on.choose({ kind: "source", id: source.id }) }, name(source.title)),
      h("span", { class: "soft" }, [source.author, source.publisher, source.published].filter(Boolean).map((text) => [", ", name(text)]), ` (${source.id})`)))),
    data.pauses.length ? [h("h3", {}, "Between the phases"), h("ul", { class: "plain" }, data.pauses.map((pause) => h("li", {}, h("b", {}, pause.period), ": ", name(pause.reason))))] : null,
    h("h3", {}, "Credits"),
    h("p", {}, data.attribution ? [name(data.attribution), ". "] : null, data.author ? ["By ", name(data.author), ". "] : null, data.licence ? ["Licence: ", name(data.licence), ". "] : null, "Made with campaign-replay. This page is one file; it loads nothing and sends nothing."));
}
