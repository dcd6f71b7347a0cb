// The page: its state, what is on it, and what happens when one acts.

import { read, spell } from "./address.js";
import { placeDays } from "./campaign.js";
import { h, name, put, still } from "./dom.js";
import { about, help } from "./about.js";
import { Find } from "./find.js";
import { keys } from "./keys.js";
import { legend } from "./legend.js";
import { MapView } from "./map.js";
import { carried, step, stopsOn } from "./navigator.js";
import { Playing } from "./playing.js";
import { knownChoice, lensChoice } from "./reading.js";
import { historyPieces } from "./signs.js";
import { Strip } from "./strip.js";
import { Transport } from "./transport.js";
import { card } from "./panels/card.js";
import { compared, otherHead } from "./panels/compare.js";
import { day } from "./panels/day.js";
import { disputed, numbers, places } from "./panels/lists.js";

const TABS = [["places", "Places"], ["numbers", "Numbers"], ["disputed", "Disputed"]];

/** A map that is so much wider than tall has the words below it. */
const LONG = 2;

export class App {
  constructor(campaign, root) {
    this.campaign = campaign;
    this.root = root;
    this.state = { tick: 0, stop: null, lens: "", known: null, chosen: null, tab: "day", other: null, zoom: null, more: undefined };
    this.on = this.actions();
    this.build();
    this.playing = new Playing(this);
    this.keys = keys(this);
    this.acted = location.hash.length > 1;
    this.arrive(location.hash, true);
    addEventListener("hashchange", () => location.hash !== this.spelled && this.arrive(location.hash));
  }

  // --- state --------------------------------------------------------------------------------------

  get view() {
    return this.campaign.view(this.state.lens, this.state.known);
  }

  get otherView() {
    const { other } = this.state;
    return other && this.campaign.view(other.lens, other.known);
  }

  /** Take what an address says; what it does not say is as usual. */
  arrive(hash, first = false) {
    const { campaign } = this;
    const told = read(hash);
    const start = campaign.data.start;
    const lens = campaign.lens.has(told.lens) ? told.lens : start.lens;
    const known = told.known ?? (told.lens ? null : start.known);
    const state = { lens, known, stop: null, chosen: told.chosen ?? null, zoom: told.zoom ?? null, other: null };
    state.tick = (told.day && campaign.tick(told.day)) ?? 0;
    if (state.chosen?.kind === "event" && !told.day) state.tick = this.tickOf(campaign.view(lens, known), state.chosen.id) ?? 0;
    state.tab = told.tab ?? (state.chosen ? "card" : "day");
    if (told.other) {
      state.other = {
        tick: (told.other.day && campaign.tick(told.other.day)) ?? state.tick,
        lens: campaign.lens.has(told.other.lens) ? told.other.lens : lens,
        known: told.other.known ?? null,
      };
      state.tab = told.tab ?? "compared";
    }
    this.set(state, { first });
    for (const map of this.maps) if (map.frameName) map.look(this.state.zoom);
  }

  tickOf(view, id) {
    const event = view.event.get(id);
    return event && view.dated.includes(event) ? event.tick : null;
  }

  /** Change the state, and show it. */
  set(change, { first = false, quiet = false } = {}) {
    const before = this.shown ? this.view : null;
    if (("lens" in change || "known" in change) && before && !("tick" in change)) {
      const now = this.campaign.view(change.lens ?? this.state.lens, "known" in change ? change.known : this.state.known);
      Object.assign(change, carriedTo(this.state, before.course, now.course));
    }
    Object.assign(this.state, change);
    if (!first) this.acted = true;
    this.shown = true;
    this.show(first, quiet);
  }

  go(tick) {
    this.playing.stop();
    this.set({ tick, stop: null });
  }

  move(move, byPlay = false) {
    if (!byPlay) this.playing.stop();
    const { tick, stop } = step(this.view.course, { tick: this.state.tick, stop: this.state.stop }, move);
    const event = stop === null ? null : this.view.dated[stop];
    const looked = event && move.endsWith("event");
    this.set({ tick, stop, ...(looked && this.state.tab !== "day" ? { tab: "day" } : {}) });
    if (looked) this.reveal(event.id);
  }

  actions() {
    return {
      choose: (chosen, byKey = false) => {
        this.dialogues.forEach((dialogue) => dialogue.close());
        this.set({ chosen, tab: "card" });
        if (byKey || document.activeElement?.closest("dialog, .panel, .find")) this.focusCard();
        else this.uncover();
      },
      go: (tick) => this.go(tick),
      land: (tick, chosen) => { this.playing.stop(); this.set({ tick, stop: null, chosen, tab: "card" }); this.focusCard(); },
      event: (event) => {
        this.playing.stop();
        const stop = this.view.dated.indexOf(event);
        this.set({ chosen: { kind: "event", id: event.id }, tab: "card", ...(stop >= 0 ? { tick: event.tick, stop } : {}) });
        this.focusCard();
      },
      eventById: (id) => { const event = this.view.event.get(id); if (event) this.on.event(event); },
      summary: (id) => this.view.event.get(id)?.summary ?? id,
      light: (ids) => this.maps.forEach((map) => map.spots.light(ids)),
      more: (more) => this.set({ more }),
      other: (change) => this.set({ other: { ...this.state.other, ...change } }),
    };
  }

  focusCard() {
    this.panel.querySelector("#card-title")?.focus({ preventScroll: true });
    this.panel.scrollTop = 0;
    this.uncover();
  }

  /** On a page that scrolls, bring what was asked for into sight. */
  uncover() {
    const { top } = this.beside.getBoundingClientRect();
    const room = innerHeight - this.foot.clientHeight;
    if (getComputedStyle(this.foot).position === "sticky" && (top > room * 0.6 || top < 0)) {
      this.beside.scrollIntoView({ block: "start", behavior: still() ? "auto" : "smooth" });
    }
  }

  reveal(id) {
    this.panel.querySelector(`.events [data-event="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest" });
  }

  closeCard() {
    this.set({ chosen: null, tab: this.state.other ? "compared" : "day" });
  }

  compare() {
    const { other, tick, lens, known } = this.state;
    if (other) this.set({ other: null, tab: "day" });
    else this.set({ other: { tick: Math.max(0, tick - 7), lens, known }, tab: "compared" });
  }

  async copyLink() {
    if (location.protocol === "about:") return this.say("Within another page a view has no address of its own.");
    const link = location.href;
    try {
      await navigator.clipboard.writeText(link);
      return this.say("A link to this view was copied.");
    } catch {
      const box = h("textarea", { class: "sr", "aria-label": "Link" });
      box.value = link;
      document.body.append(box);
      box.select();
      const done = document.execCommand("copy");
      box.remove();
      return this.say(done ? "A link to this view was copied." : "The link stands in the address bar.");
    }
  }

  say(text) {
    put(this.toast, text);
    this.toast.hidden = false;
    clearTimeout(this.toasting);
    this.toasting = setTimeout(() => (this.toast.hidden = true), 3500);
  }

  // --- building -----------------------------------------------------------------------------------

  build() {
    const { campaign, on } = this;
    const { data } = campaign;
    this.find = new Find(() => this.view, (entry) => this.open(entry));
    this.live = h("p", { class: "sr", role: "status", "aria-live": "polite" });
    this.toast = h("p", { class: "toast", role: "status", hidden: true });
    this.reading = h("div", { class: "reading" });
    this.aboutBox = about(campaign, on);
    this.helpBox = help(campaign);
    this.dialogues = [this.aboutBox, this.helpBox];
    const button = (text, key, act, more = {}) => h("button", { type: "button", class: "plain-button", title: `${text} (${key})`, click: act, ...more }, text);
    this.compareButton = button("Compare", "c", () => this.compare(), { "aria-pressed": "false" });
    const head = h("header", { class: "masthead" },
      h("div", { class: "title" }, h("h1", {}, name(data.title)), data.summary ? h("p", { class: "standfirst" }, name(data.summary)) : null),
      h("div", { class: "tools" }, h("div", { class: "tool-row" }, this.find.element,
        h("div", { class: "buttons" }, this.compareButton, button("Copy link", "y", () => this.copyLink()),
          button("About", "about this page", () => this.aboutBox.showModal()),
          h("button", { type: "button", class: "plain-button", "aria-label": "Keys", title: "Keys (?)", click: () => this.helpBox.showModal() }, "?"))), this.reading));
    this.date = h("h2", { class: "date" });
    this.phase = h("p", { class: "phase-line" });
    this.maps = [0, 1].map((n) => new MapView(campaign, {
      choose: (place, byKey) => on.choose({ kind: "place", id: place }, byKey),
      hover: (place) => this.hovered(place),
      moved: (seen) => this.moved(n, seen),
    }, n ? "The other map" : "Map"));
    this.otherHead = h("div", { class: "other" });
    this.otherFigure = h("figure", { class: "figure other-figure", hidden: true }, this.otherHead, this.maps[1].element);
    this.lensNote = h("p", { class: "lens-note", hidden: true });
    this.zooms = h("div", { class: "zooms", role: "group", "aria-label": "Zoom" },
      ...[["+", "Zoom in", () => this.both((map) => map.by(1.6))], ["−", "Zoom out", () => this.both((map) => map.by(1 / 1.6))], ["⌂", "Whole map", () => this.both((map) => map.home())]]
        .map(([text, label, act]) => h("button", { type: "button", "aria-label": label, title: label, click: act }, text)));
    const credit = data.attribution ? h("p", { class: "credit" }, name(data.attribution)) : null;
    const figure = h("figure", { class: "figure" }, h("div", { class: "date-line" }, this.date, this.phase, this.zooms), this.maps[0].element);
    this.figures = h("div", { class: "figures" }, figure, this.otherFigure);
    const hasMap = Boolean(data.map.frames.wide.windows.length);
    if (!hasMap) this.maps.forEach((map) => (map.element.hidden = true));
    this.tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "Beside the map" });
    this.panel = h("div", { class: "panel", role: "tabpanel", id: "panel", tabindex: 0, "aria-labelledby": "tab-day" });
    this.strip = new Strip(campaign, (tick) => this.go(tick));
    this.transport = new Transport(this);
    put(this.root,
      h("a", { class: "skip", href: "#panel", click: (event) => { event.preventDefault(); this.panel.focus(); } }, `Skip to the ${campaign.unit}'s events`),
      head,
      this.desk = h("main", { class: "desk" },
        this.lensNote,
        this.mapsBox = h("section", { class: "maps", "aria-label": `Map of the ${campaign.unit}` }, this.figures),
        this.beside = h("aside", { class: "beside", "aria-label": "What is told of it" }, this.tabs, this.panel),
        h("div", { class: "under" }, legend(campaign), credit)),
      this.foot = h("footer", { class: "transport", "aria-label": `${campaign.unitName}s` }, this.transport.element, this.strip.element),
      this.live, this.toast, this.dialogues);
    const [, , width, height] = campaign.data.map.frames.wide.box;
    this.desk.classList.toggle("long", width > LONG * height);
    new ResizeObserver(() => this.room()).observe(this.desk);
    this.root.addEventListener("pointerdown", ({ target }) => (this.pointedAt = target));
    this.root.addEventListener("keydown", () => (this.pointedAt = null), true);
    // who chose with the mouse goes on with the arrows, which step by day
    this.root.addEventListener("change", ({ target }) => target.matches("select") && this.pointedAt && this.root.querySelectorAll("select:focus").forEach((one) => one.blur()));
    new ResizeObserver(() => this.fit()).observe(this.figures);
  }

  /** The map gets the width that its height allows; the words beside it get the rest. */
  room() {
    const box = this.campaign.data.map.frames[this.state.other && this.campaign.data.map.frames.narrow ? "narrow" : "wide"].box;
    const count = this.state.other ? 2 : 1;
    const around = this.mapsBox.clientHeight - this.maps[0].element.clientHeight;
    const wide = ((this.mapsBox.clientHeight - around) * box[2]) / box[3];
    const most = this.desk.clientWidth - (count === 2 ? 340 : 380);
    this.desk.style.setProperty("--map-width", `${Math.round(Math.max(320, Math.min(wide * count + 18 * (count - 1), most)))}px`);
  }

  /** Which frame suits the room that a map has; then as large as the room allows. */
  fit() {
    const shown = this.state.other ? this.maps : this.maps.slice(0, 1);
    let changed = false;
    for (const map of shown) changed = map.fit(map.element.clientWidth) || changed;
    if (changed && this.shown) this.show(false, true);
  }

  both(act) {
    act(this.maps[0]);
  }

  moved(n, seen) {
    this.state.zoom = seen && seen.k > 1.001 ? seen : null;
    if (this.state.other && seen) this.maps[1 - n].look(seen);
    if (this.state.other && !seen) this.maps[1 - n].look(null);
    this.address();
  }

  hovered(place) {
    for (const item of this.panel.querySelectorAll(".event.near")) item.classList.remove("near");
    if (!place) return;
    for (const event of this.view.about(place)) {
      this.panel.querySelector(`.event[data-event="${CSS.escape(event.id)}"]`)?.classList.add("near");
    }
  }

  open(entry) {
    if (entry.kind === "event") {
      this.on.eventById(entry.of);
    } else {
      this.on.choose({ kind: entry.kind, id: entry.of }, true);
    }
  }

  // --- showing ------------------------------------------------------------------------------------

  show(first, quiet) {
    const { campaign, state, view } = this;
    this.fitFirst();
    const words = this.dayInWords();
    put(this.date, campaign.data.dates[state.tick]);
    put(this.phase, words.phase);
    this.drawMaps();
    this.strip.show(view, state.tick, words.spoken, this.historyShown());
    this.transport.show();
    this.showReading();
    this.showBeside();
    if (!quiet && !this.playing?.running) this.announce(words.spoken);
    document.title = `${campaign.data.title}, ${campaign.data.dates[state.tick]}`;
    this.address(first);
  }

  fitFirst() {
    this.otherFigure.hidden = !this.state.other;
    this.compareButton.setAttribute("aria-pressed", String(Boolean(this.state.other)));
    if (this.root.classList.toggle("comparing", Boolean(this.state.other)) !== this.wasComparing) {
      this.wasComparing = Boolean(this.state.other);
      this.room();
    }
    for (const map of this.state.other ? this.maps : this.maps.slice(0, 1)) {
      if (!map.frameName) map.fit(map.element.clientWidth || innerWidth);
    }
  }

  drawMaps() {
    const { state, view } = this;
    this.maps[0].show(view, state.tick);
    if (state.other) this.maps[1].show(this.otherView, state.other.tick);
    const place = state.chosen?.kind === "place" ? state.chosen.id : null;
    for (const map of this.maps) map.frameName && map.spots.choose(place);
    if (state.chosen?.kind === "event") {
      this.maps[0].spots.light(view.event.get(state.chosen.id)?.of ?? []);
    } else if (state.stop !== null) this.maps[0].spots.light(view.dated[state.stop].of);
    else this.maps[0].spots.light([]);
  }

  dayInWords() {
    const { campaign, state, view } = this;
    const phase = campaign.phases.find(({ first, last }) => first <= state.tick && state.tick <= last);
    const line = phase ? `${phase.name} · ${campaign.unit} ${state.tick - phase.first + 1} of ${phase.last - phase.first + 1}`
      : campaign.phases.length ? "between phases" : "";
    const [from, end] = stopsOn(view.course, state.tick);
    const count = end - from;
    return { phase: line, spoken: `${campaign.data.dates[state.tick]}${line ? `, ${line}` : ""}. ${count === 0 ? "No events" : count === 1 ? "1 event" : `${count} events`}.` };
  }

  historyShown() {
    const { chosen } = this.state;
    if (chosen?.kind !== "place") return null;
    const key = `${this.view.number} ${chosen.id}`;
    if (this.historyKey !== key) {
      this.historyKey = key;
      const pieces = historyPieces(this.campaign, this.view, chosen.id);
      this.history = pieces.length ? pieces : null;
    }
    return this.history;
  }

  announce(text) {
    clearTimeout(this.announcing);
    this.announcing = setTimeout(() => put(this.live, text), 120);
  }

  showReading() {
    const { campaign, state } = this;
    const key = `${state.lens} ${state.known}`;
    if (this.readingKey === key) return;
    this.readingKey = key;
    const usual = campaign.view(campaign.data.lenses[0].name, null);
    const lens = campaign.lens.get(state.lens);
    const other = this.view !== usual || state.lens !== campaign.data.lenses[0].name || state.known !== null;
    if (other) {
      const { places: count, days } = placeDays(campaign, usual, this.view);
      const counted = lens.undated.includes(campaign.offer(state.lens, state.known));
      const left = state.known === null ? null : counted ? lens.counted : lens.left;
      put(this.lensNote, h("b", {}, name(lens.label), state.known !== null ? `, as known by ${campaign.offer(state.lens, state.known)[1]}${counted ? ", undated reports counted" : ""}` : "", ". "), lens.summary,
        days ? ` It changes ${count} place${count === 1 ? "" : "s"}, ${days} place-day${days === 1 ? "" : "s"} in all. ` : " It changes nothing on the map. ",
        left ? `${left} ` : null,
        h("button", { type: "button", class: "link", click: () => this.set({ lens: campaign.data.lenses[0].name, known: null }) }, "Back to all claims"));
    }
    this.lensNote.hidden = !other;
    this.room();
    const focused = this.reading.contains(document.activeElement) ? document.activeElement.className : null;
    put(this.reading,
      lensChoice(campaign, state, (chosen) => this.set({ lens: chosen })),
      knownChoice(campaign, state, (known) => this.set({ known })));
    if (focused) this.reading.querySelector(`.${focused.split(" ")[0]}`)?.focus();
  }

  showBeside() {
    const { campaign, state, view, on } = this;
    const tabs = [["day", campaign.unitName], ...TABS];
    if (state.other) tabs.unshift(["compared", "Compared"]);
    if (state.chosen) tabs.push(["card", this.chosenName()]);
    if (!tabs.some(([id]) => id === state.tab)) state.tab = tabs[0][0];
    this.showTabs(tabs);
    this.panel.setAttribute("aria-labelledby", `tab-${state.tab}`);
    const key = [this.acted, state.tab, view.number, state.tick, state.stop, state.chosen?.kind, state.chosen?.id, state.more,
      state.other && [state.other.tick, state.other.lens, state.other.known].join()].join("|");
    if (key === this.besideKey) return;
    const samePlace = this.besideTab === state.tab && (state.tab !== "card" || this.besideOf === state.chosen?.id);
    const scrolled = samePlace && state.tab !== "day" ? this.panel.scrollTop : 0;
    const at = samePlace ? this.focusInPanel() : null;
    [this.besideKey, this.besideTab, this.besideOf] = [key, state.tab, state.chosen?.id];
    put(this.panel, this.content());
    this.panel.scrollTop = scrolled;
    if (at !== null) this.panel.querySelectorAll("button, summary")[at]?.focus({ preventScroll: true });
    if (state.other) {
      const focused = this.otherHead.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
      put(this.otherHead, otherHead(campaign, state.other, on));
      if (focused) this.otherHead.querySelector(`[aria-label="${focused}"]`)?.focus();
    }
  }

  focusInPanel() {
    const buttons = [...this.panel.querySelectorAll("button, summary")];
    const at = buttons.indexOf(document.activeElement);
    return at >= 0 ? at : null;
  }

  content() {
    const { campaign, state, view, on } = this;
    switch (state.tab) {
      case "places": return places(campaign, view, state.tick, campaign.data.map.frames[this.maps[0].frameName ?? "wide"], on);
      case "numbers": return numbers(campaign, view, state.tick, on);
      case "disputed": return disputed(campaign, view, state.tick, state.chosen, on);
      case "compared": return compared(campaign, state, on);
      case "card": return card(campaign, view, state.tick, state.chosen, on);
    }
    return [this.hint(), day(campaign, view, state, on, state.more)];
  }

  /** What one can do here, until one has done something. */
  hint() {
    if (this.acted) return null;
    return h("p", { class: "hint" }, "Press play, drag along the days, or click a place to read who holds it and who says so.");
  }

  showTabs(tabs) {
    const { state } = this;
    const key = tabs.map(([id, text]) => id + text).join() + state.tab;
    if (key === this.tabsKey) return;
    this.tabsKey = key;
    const focused = this.tabs.contains(document.activeElement);
    const choose = (tab) => this.set({ tab });
    put(this.tabs, tabs.map(([id, text], n) => [
      h("button", {
        type: "button", role: "tab", id: `tab-${id}`, class: id === "card" ? "tab card-tab" : "tab",
        "aria-selected": String(id === state.tab), "aria-controls": "panel", tabindex: id === state.tab ? 0 : -1,
        click: (event) => {
          choose(id);
          if (event.detail) this.panel.focus({ preventScroll: true }); // so that the arrows step on
        },
        keydown: (event) => {
          const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
          if (event.key === "Delete" && id === "card") return this.closeCard();
          if (!turn) return undefined;
          event.preventDefault();
          event.stopPropagation();
          return choose(tabs[(n + turn + tabs.length) % tabs.length][0]);
        },
      }, name(text)),
    ]));
    this.closer ??= h("button", { type: "button", class: "icon close-card", "aria-label": "Close the card", title: "Close (Esc)", click: () => this.closeCard() }, "×");
    if (state.chosen) this.tabs.after(this.closer);
    else this.closer.remove();
    if (focused) this.tabs.querySelector('[aria-selected="true"]').focus();
  }

  chosenName() {
    const { chosen } = this.state;
    if (chosen.kind === "event") return "Event";
    if (chosen.kind === "source") return chosen.id;
    return this.campaign.name(chosen.id);
  }

  // --- the address --------------------------------------------------------------------------------

  address() {
    const { campaign, state } = this;
    const { days } = campaign.data;
    const usual = { lens: campaign.data.start.lens, known: campaign.data.start.known, tab: state.chosen ? "card" : state.other ? "compared" : "day" };
    const told = { day: days[state.tick], lens: state.lens, known: state.known, tab: state.tab, chosen: state.chosen, zoom: state.zoom };
    if (state.other) told.other = { ...state.other, day: days[state.other.tick] };
    if (told.known === null && usual.known !== null) told.known = "all";
    this.spelled = spell(told, usual);
    clearTimeout(this.addressing);
    const write = () => {
      try {
        history.replaceState(null, "", this.spelled);
      } catch {
        // a page within another has no address of its own
      }
    };
    if (this.playing?.running) this.addressing = setTimeout(write, 400);
    else write();
  }
}

function carriedTo(state, old, now) {
  return carried({ tick: state.tick, stop: state.stop }, old, now);
}

