// Steps, jumps, search and pace: the functions of replay/stepping/navigator.py, held against them by a test.
// A course is {ticks, stops: [{event, tick, words}], phases: [{phase, first, last}]}; a cursor is
// {tick, stop}, where stop is the number of the event that is looked at, or null.

export const MOVES = [
  "next-day", "previous-day", "next-event", "previous-event",
  "next-phase", "previous-phase", "first", "last",
];
export const PACES = ["event", "day", "phase"];

/** Where a move leads; at the end of the way one stays. */
export function step(along, at, move) {
  switch (move) {
    case "next-day": return on(along, at, at.tick + 1);
    case "previous-day": return on(along, at, at.tick - 1);
    case "first": return { tick: 0, stop: null };
    case "last": return { tick: along.ticks - 1, stop: null };
    case "next-phase": {
      const later = along.phases.find((span) => span.first > at.tick);
      return later ? { tick: later.first, stop: null } : at;
    }
    case "previous-phase": {
      const earlier = along.phases.filter((span) => span.first < at.tick).at(-1);
      return earlier ? { tick: earlier.first, stop: null } : at;
    }
    case "next-event":
      return stopped(along, at, at.stop === null ? following(along, at.tick) : at.stop + 1);
    case "previous-event":
      return stopped(along, at, (at.stop === null ? following(along, at.tick) : at.stop) - 1);
  }
  throw new Error(`no move is called ${move}`);
}

function on(along, at, tick) {
  return 0 <= tick && tick < along.ticks ? { tick, stop: null } : at;
}

function stopped(along, at, number) {
  const inside = 0 <= number && number < along.stops.length;
  return inside ? { tick: along.stops[number].tick, stop: number } : at;
}

/** The number of the first stop on a tick or later. */
function following(along, tick) {
  let low = 0, high = along.stops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (along.stops[middle].tick < tick) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The numbers of the stops of a tick: the first, and the one after the last. */
export function stopsOn(along, tick) {
  return [following(along, tick), following(along, tick + 1)];
}

/** The phase in which a tick lies, or null. */
export function phaseAt(along, tick) {
  return along.phases.find((span) => span.first <= tick && tick <= span.last) ?? null;
}

/** The same moment on another course; the event too if it is on that day. */
export function carried(at, old, now) {
  const tick = Math.min(at.tick, now.ticks - 1);
  if (at.stop !== null) {
    const event = old.stops[at.stop].event;
    const [first, end] = stopsOn(now, tick);
    for (let n = first; n < end; n++) if (now.stops[n].event === event) return { tick, stop: n };
  }
  return { tick, stop: null };
}

// --- pace ---------------------------------------------------------------------------------------

const QUIET = 0.3, LOOK = 0.8, EACH_EVENT = 0.3, EACH_WORD = 0.12;
const LONGEST_STAY = 10, EVEN = 0.8, CHAPTER = 12;

/** How many seconds each tick stays when one plays by event, by day or by phase. */
export function stays(along, by = "event") {
  if (by === "day") return Array(along.ticks).fill(EVEN);
  const found = Array(along.ticks).fill(QUIET);
  if (by === "phase") {
    for (const { first, last } of along.phases) found.fill(CHAPTER / (last - first + 1), first, last + 1);
    return found;
  }
  const events = Array(along.ticks).fill(0), words = Array(along.ticks).fill(0);
  for (const stop of along.stops) {
    events[stop.tick] += 1;
    words[stop.tick] += stop.words;
  }
  events.forEach((number, tick) => {
    const stay = LOOK + EACH_EVENT * number + EACH_WORD * words[tick];
    if (number) found[tick] = Math.round(Math.min(LONGEST_STAY, stay) * 1000) / 1000;
  });
  return found;
}

// --- search -------------------------------------------------------------------------------------

const KINDS = ["place", "operation", "force", "area", "route", "event", "person", "voice", "side"];
const NOT = 5;

/** Letters and digits alone: no case, accents, apostrophes or punctuation. */
export function plain(text) {
  const bare = text.toLowerCase().replaceAll("ß", "ss").normalize("NFKD");
  const kept = bare.replace(/[\p{M}'’‘ʿʾ`ʻʼ]/gu, "");
  return (kept.match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
}

/** What is meant by some letters, the best first, of entries {kind, of, name, spellings, tick}. */
export function search(among, typed, most = 20) {
  const wanted = plain(typed);
  if (!wanted) return [];
  const ranked = [];
  among.forEach((entry, number) => {
    const rank = Math.min(...entry.spellings.map((called) => rankOf(called, wanted)));
    if (rank < NOT) {
      ranked.push([+(rank > 0), +(entry.kind === "event"), rank, KINDS.indexOf(entry.kind), number]);
    }
  });
  ranked.sort((a, b) => {
    for (let n = 0; n < a.length; n++) if (a[n] !== b[n]) return a[n] - b[n];
    return 0;
  });
  return ranked.slice(0, most).map((ranking) => among[ranking.at(-1)]);
}

/** How well a spelling answers: 0 it is the very name … 5 not at all. */
function rankOf(called, wanted) {
  if (called === wanted) return 0;
  if (called.startsWith(wanted)) return 1;
  if (called.includes(` ${wanted}`)) return 2;
  if (wanted.split(" ").every((word) => ` ${called}`.includes(` ${word}`))) return 3;
  return called.replaceAll(" ", "").includes(wanted.replaceAll(" ", "")) ? 4 : NOT;
}
