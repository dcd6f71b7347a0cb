// The campaign as the page holds it: look-ups only. Every state was computed before; nothing of how
// claims are weighed is known here.

import { at, pieces } from "./runs.js";
import { search, stopsOn } from "./navigator.js";

/** What follows the day where claims without a report date count too. */
export const UNDATED = "+undated";

/** What is known of a campaign, whatever the view. */
export class Campaign {
  constructor(data) {
    this.data = data;
    this.ticks = data.days.length;
    this.thing = new Map(data.things.map((thing) => [thing.id, thing]));
    this.side = new Map(data.sides.map((side) => [side.id, side]));
    this.source = new Map(data.sources.map((source) => [source.id, source]));
    this.lens = new Map(data.lenses.map((lens) => [lens.name, lens]));
    this.phases = data.phases
      .map((phase) => ({ ...phase, first: Math.max(phase.span[0], 0), last: Math.min(phase.span[1], this.ticks - 1) }))
      .filter((phase) => phase.last >= 0 && phase.first < this.ticks && phase.first <= phase.last)
      .sort((a, b) => a.first - b.first);
    this.views = new Map();
  }

  /** The name of anything that has one. */
  name(id) {
    return this.thing.get(id)?.name ?? this.source.get(id)?.title ?? id;
  }

  /** How the campaign calls its steps: "day", "hour", or "step" if they have another length. */
  get unit() {
    return this.data.unit;
  }

  /** The same as the beginning of a label. */
  get unitName() {
    return this.unit[0].toUpperCase() + this.unit.slice(1);
  }

  /** The shown step inside a sentence: "on this day", "in this hour". */
  get onThisUnit() {
    return `${this.unit === "day" ? "on" : "in"} this ${this.unit}`;
  }

  /** The number of the symbol of a place whose control is unknown. */
  unknownSign(place) {
    return this.data.unknown_signs[this.thing.get(place).what];
  }

  /** The tick of a day (or of the day in which an hour lies); null where it is outside the window. */
  tick(day) {
    const { days } = this.data;
    const exact = days.indexOf(day);
    if (exact >= 0) return exact;
    const within = days.findLastIndex((label) => {
      const [first, last] = label.split("/");
      return last ? first <= day && day <= last : label.startsWith(day);
    });
    return within >= 0 ? within : null;
  }

  /** The offer of a lens by which a day of news is known: the latest one up to that day. */
  offer(lens, known) {
    const { known: every, undated } = this.lens.get(lens);
    const counted = known?.endsWith(UNDATED) && undated.length > 0;
    const offered = counted ? undated : every;
    if (known?.endsWith(UNDATED)) known = known.slice(0, -UNDATED.length);
    if (known === null || known === undefined) return offered.at(-1);
    const dated = offered.filter(([day]) => day !== null);
    return dated.findLast(([day]) => day <= known) ?? dated[0] ?? offered.at(-1);
  }

  /** A list of items by its number; one that is like another with changes is made when it is asked for. */
  list(number) {
    const { lists } = this.data.map;
    const chain = [];
    let at = number;
    while (lists[at] && !Array.isArray(lists[at])) {
      chain.push(at);
      at = lists[at].like;
    }
    let full = lists[at] ?? [];
    for (const later of chain.reverse()) {
      const { put } = lists[later];
      full = full.slice();
      for (let n = 0; n < put.length; n += 2) full[put[n]] = put[n + 1];
    }
    if (chain.length) lists[number] = full;
    return full;
  }

  /** The view of a lens and a day of news. */
  view(lens, known) {
    const number = this.offer(lens, known)[2];
    if (!this.views.has(number)) this.views.set(number, new View(this, number));
    return this.views.get(number);
  }
}

/** What holds and is told under one lens and day of news. */
export class View {
  constructor(campaign, number) {
    this.campaign = campaign;
    this.number = number;
    this.data = campaign.data.views[number];
    const { events } = campaign.data;
    this.told = this.data.events.map(([record, tick], order) => ({ ...events[record], tick, order }));
    this.event = new Map(this.told.map((event) => [event.id, event]));
    const inside = this.told.filter((event) => event.tick !== null && event.tick >= 0 && event.tick < campaign.ticks);
    this.dated = inside;
    this.course = {
      ticks: campaign.ticks,
      stops: inside.map((event) => ({ event: event.id, tick: event.tick, words: event.words })),
      phases: campaign.phases.map(({ id, first, last }) => ({ phase: id, first, last })),
    };
  }

  // --- the map ----------------------------------------------------------------------------------

  /** Numbers of the items of a layer on a tick. */
  items(frame, layer, tick) {
    const fixed = this.campaign.data.map.frames[frame].fixed[layer];
    return this.campaign.list(fixed ?? at(this.data.map[frame][layer], tick));
  }

  // --- what is so, and why ----------------------------------------------------------------------

  /** Why something is so at a tick: the record, or null where nothing was ever said. */
  why(aspect, of, tick) {
    return this.record(this.data.why[aspect]?.[of], tick);
  }

  record(runs, tick) {
    return runs ? this.campaign.data.whys[at(runs, tick)] ?? null : null;
  }

  /** All that was ever so of a thing, as pieces {first, last, value}. */
  history(aspect, of) {
    const runs = this.data.why[aspect]?.[of];
    if (!runs) return [];
    return pieces(runs, this.campaign.ticks).map((piece) => ({ ...piece, value: this.campaign.data.whys[piece.value] }));
  }

  /** Changes of control within a step: [place, time in words, record]. */
  within(tick) {
    return (this.data.within ?? []).filter(([when]) => when === tick)
      .map(([, place, time, why]) => [place, time, this.campaign.data.whys[why]]);
  }

  /** Where a force or person was documented: [place, record] of those who have not gone. */
  presence(of, tick) {
    return Object.entries(this.data.why.presence?.[of] ?? {})
      .map(([place, runs]) => [place, this.record(runs, tick)])
      .filter(([, why]) => why && !why.none && !why.words.startsWith("Gone"));
  }

  /** The forces that were documented at a place: [force, record]. */
  presentAt(place, tick) {
    return Object.entries(this.data.why.presence ?? {})
      .map(([force, places]) => [force, this.record(places[place], tick)])
      .filter(([, why]) => why && !why.none && !why.words.startsWith("Gone"));
  }

  grounds(tick) {
    return (at(this.data.ground, tick) ?? []).map((n) => this.campaign.data.grounds[n]);
  }

  efforts(tick) {
    return (at(this.data.efforts, tick) ?? []).map((n) => this.campaign.data.efforts[n]);
  }

  counted(tick) {
    return (at(this.data.counted, tick) ?? []).map((n) => this.campaign.data.numbers[n]);
  }

  get disputes() {
    return this.data.disputes.map((n) => this.campaign.data.disputes[n]);
  }

  // --- events -----------------------------------------------------------------------------------

  on(tick) {
    return this.dated.slice(...stopsOn(this.course, tick));
  }

  /** Events that other sources date to a tick: [event, claims, when the event is shown]. */
  elsewhere(tick) {
    return this.data.elsewhere.filter(([at]) => at === tick)
      .map(([, record, claims, shown]) => {
        const { id } = this.campaign.data.events[record];
        return [this.event.get(id), claims, shown];
      });
  }

  /** How many events of the window lie before a tick, and as many of them, the latest first. */
  before(tick, most) {
    const count = stopsOn(this.course, tick)[0];
    return [count, this.dated.slice(Math.max(0, count - most), count).reverse()];
  }

  get earlier() {
    return this.told.filter((event) => event.tick === -1);
  }

  get undated() {
    return this.told.filter((event) => event.tick === null || event.tick >= this.campaign.ticks);
  }

  /** Events that speak of a thing, in order. */
  about(of) {
    return this.told.filter((event) => event.of.includes(of) || event.operation === of);
  }

  // --- search -----------------------------------------------------------------------------------

  get entries() {
    this._entries ??= [
      ...this.campaign.data.things.map((thing) => ({
        kind: thing.kind, of: thing.id, name: thing.name, spellings: thing.called, tick: null,
      })),
      ...this.told.map((event) => ({
        kind: "event", of: event.id, name: event.summary, spellings: event.called,
        tick: event.tick !== null && event.tick >= 0 && event.tick < this.campaign.ticks ? event.tick : null,
      })),
    ];
    return this._entries;
  }

  find(typed, most) {
    return search(this.entries, typed, most);
  }
}

/** The places of which two views, each on its own tick, say different things: [place, one, other]. */
export function differences(campaign, one, oneTick, other, otherTick) {
  const found = [];
  for (const thing of campaign.data.things) {
    if (thing.kind !== "place") continue;
    const a = one.why("control", thing.id, oneTick), b = other.why("control", thing.id, otherTick);
    if (a !== b && stateOf(a) !== stateOf(b)) found.push([thing, a, b]);
  }
  return found;
}

/** How many places differ on how many days between two views: {places, days}. */
export function placeDays(campaign, one, other) {
  if (one === other) return { places: 0, days: 0 };
  let days = 0, places = 0;
  for (const thing of campaign.data.things) {
    if (thing.kind !== "place") continue;
    let own = 0;
    for (let tick = 0; tick < campaign.ticks; tick++) {
      if (stateOf(one.why("control", thing.id, tick)) !== stateOf(other.why("control", thing.id, tick))) own += 1;
    }
    days += own;
    places += own > 0;
  }
  return { places, days };
}

const states = new WeakMap();

/** What is compared: the value of control, and what we know of it. */
export function stateOf(why) {
  // a place of which no claim speaks yet, and one of which none speaks at all, are alike unknown
  if (!why?.control || (why.control[0] === "unknown" && why.mark === "certain")) return "unknown";
  let state = states.get(why);
  if (state === undefined) states.set(why, state = JSON.stringify([why.control, why.mark, why.could]));
  return state;
}
