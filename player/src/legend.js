// The legend: the signs that Python chose, with what they mean, laid out as a line of text.

import { h, s } from "./dom.js";
import { drawn } from "./shapes.js";

export function legend(campaign) {
  const { frames, items, looks } = campaign.data.map;
  return h("ul", { class: "legend", "aria-label": "Legend" }, frames.wide.legend.map(({ text, items: numbers }) => {
    const figures = numbers.map((n) => items[n]);
    const points = figures.flatMap((item) => item.at ? [item.at] : item.points ?? item.rings.flat());
    const xs = points.map(([x]) => x), ys = points.map(([, y]) => y);
    const middle = [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
    return h("li", {}, s("svg", { viewBox: "-11 -10 22 20", width: 20, height: 18, "aria-hidden": "true" },
      figures.map((item) => drawn(item, looks, middle))), h("span", {}, text));
  }));
}
