// The view in the address: #day=2017-11-03&lens=only:article&known=2017-10-27&place=rawa

/** What a selection may be of. */
export const KINDS = [
  "place", "event", "force", "operation", "area", "route", "person", "voice", "side", "source",
];

/** Read the part after the #, of which anything may be missing: {day, lens, known, …}. */
export function read(hash) {
  const told = new URLSearchParams(hash.replace(/^#/, ""));
  const view = {};
  for (const name of ["day", "lens", "known", "tab"]) if (told.get(name)) view[name] = told.get(name);
  for (const kind of KINDS) if (told.get(kind)) view.chosen = { kind, id: told.get(kind) };
  if (told.get("zoom")) {
    const [k, x, y] = told.get("zoom").split(",").map(Number);
    if ([k, x, y].every(Number.isFinite) && k > 1) view.zoom = { k, x, y };
  }
  if (told.has("other-day") || told.has("other-lens") || told.has("other-known")) {
    view.other = {};
    for (const name of ["day", "lens", "known"]) {
      if (told.get(`other-${name}`)) view.other[name] = told.get(`other-${name}`);
    }
  }
  return view;
}

/** Spell a view as the part after the #; what is as usual is left out. */
export function spell(view, usual = {}) {
  const told = [["day", view.day]];
  for (const name of ["lens", "known", "tab"]) {
    if (view[name] && view[name] !== usual[name]) told.push([name, view[name]]);
  }
  if (view.chosen) told.push([view.chosen.kind, view.chosen.id]);
  if (view.zoom && view.zoom.k > 1.001) {
    const { k, x, y } = view.zoom;
    told.push(["zoom", [k.toFixed(2), x.toFixed(4), y.toFixed(4)].join(",")]);
  }
  if (view.other) {
    told.push(["other-day", view.other.day]);
    told.push(["other-lens", view.other.lens]);
    if (view.other.known) told.push(["other-known", view.other.known]);
  }
  return "#" + told.map(([name, value]) => `${name}=${encode(value)}`).join("&");
}

function encode(value) {
  return encodeURIComponent(value).replaceAll("%3A", ":").replaceAll("%2C", ",");
}
