// Which reading is shown: whom one believes (the lens), and what had been reported by a day.

import { UNDATED } from "./campaign.js";
import { h } from "./dom.js";

/** The choice of a lens. */
export function lensChoice(campaign, at, choose, label = "Whom to believe") {
  const groups = new Map();
  for (const lens of campaign.data.lenses) groups.set(lens.group, [...(groups.get(lens.group) ?? []), lens]);
  const option = (lens) => h("option", { value: lens.name, selected: lens.name === at.lens }, lens.label);
  return h("label", {}, h("span", {}, "Believe"),
    h("select", { class: "lens", "aria-label": label, change: (event) => choose(event.target.value) },
      [...groups].map(([group, lenses]) => group ? h("optgroup", { label: group }, lenses.map(option)) : lenses.map(option))));
}

/** The choice of a day of news: only those on which, under this lens, something differs. */
export function knownChoice(campaign, at, choose, label = "What had been reported") {
  const { known: offered, undated } = campaign.lens.get(at.lens);
  const current = campaign.offer(at.lens, at.known);
  const options = (days, after) => [...days].reverse().filter(([day]) => day).map(([day, words, view]) =>
    h("option", { value: day + after, selected: at.known !== null && current[0] === day && current[2] === view && (after !== "") === undated.includes(current) }, words));
  return h("label", {}, h("span", {}, "Known by"),
    h("select", { class: "known", "aria-label": label, change: (event) => choose(event.target.value === "all" ? null : event.target.value) },
      h("option", { value: "all", selected: at.known === null }, "all reports"),
      options(offered, ""),
      undated.length ? h("optgroup", { label: "undated reports counted" }, options(undated, UNDATED)) : null));
}
