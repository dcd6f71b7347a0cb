// Keys for everything. Where a field or a list has the focus, its own keys come first.

const MOVES = {
  ArrowLeft: "previous-day", ArrowRight: "next-day", ArrowUp: "previous-event", ArrowDown: "next-event",
  "[": "previous-phase", "]": "next-phase", Home: "first", End: "last",
};

/** Listen on the whole page. */
export function keys(app) {
  const acts = {
    " ": () => app.playing.toggle(),
    "/": () => app.find.input.focus(),
    g: () => app.strip.slider.focus(),
    m: () => app.maps[0].spots.roving?.element.focus(),
    w: () => why(app),
    l: () => app.reading.querySelector("select.lens").focus(),
    k: () => app.reading.querySelector("select.known").focus(),
    c: () => app.compare(),
    y: () => app.copyLink(),
    "+": () => app.maps[0].by(1.6),
    "=": () => app.maps[0].by(1.6),
    "-": () => app.maps[0].by(1 / 1.6),
    0: () => app.maps[0].home(),
    "?": () => app.helpBox.showModal(),
    Escape: () => escape(app),
  };
  const listener = (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const { target, key } = event;
    if (target.closest?.("dialog[open]")) return;
    if (target.matches?.("select, input, textarea")) return;
    if (key === " " && target.closest?.("button, summary, a")) return;
    if ((key === "ArrowUp" || key === "ArrowDown" || key === "Home" || key === "End") && target.closest?.(".panel") && target === app.panel) return;
    if (MOVES[key]) {
      event.preventDefault();
      app.move(MOVES[key]);
    } else if (acts[key]) {
      event.preventDefault();
      acts[key]();
    }
  };
  document.addEventListener("keydown", listener);
  return listener;
}

function why(app) {
  if (app.state.chosen) app.set({ tab: "card" });
  else app.say("Choose a place on the map first, or find one with /.");
  app.focusCard();
}

function escape(app) {
  if (app.state.chosen) app.closeCard();
  else if (app.state.other) app.compare();
}
