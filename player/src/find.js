// The search: places, forces and events by any of their spellings, as one types.

import { h, name, put } from "./dom.js";

/** A box with a list under it; `open(entry)` is called with what is chosen. */
export class Find {
  constructor(view, open) {
    this.view = view;
    this.found = [];
    this.marked = -1;
    this.input = h("input", {
      type: "search", role: "combobox", "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list",
      "aria-label": "Find a place, a force or an event", placeholder: "Find a place, force, event", autocomplete: "off", spellcheck: "false",
      input: () => this.look(), keydown: (event) => this.typed(event),
      focus: () => this.look(), blur: () => setTimeout(() => document.activeElement !== this.input && this.close(), 150),
    });
    this.list = h("ul", { id: "found", role: "listbox", "aria-label": "What is found", hidden: true });
    this.element = h("div", { class: "find" }, this.input, this.list);
    this.open = open;
  }

  look() {
    this.found = this.input.value ? this.view().find(this.input.value, 12) : [];
    this.marked = this.found.length ? 0 : -1;
    this.draw();
  }

  draw() {
    const nothing = this.input.value.trim() && !this.found.length;
    this.list.hidden = !this.found.length && !nothing;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    put(this.list, nothing ? h("li", { role: "option", "aria-selected": "false", class: "none" }, "Nothing is called so") : this.found.map((entry, n) => h("li", {
      role: "option", id: `found-${n}`, "aria-selected": String(n === this.marked),
      pointerdown: (event) => { event.preventDefault(); this.choose(n); },
    }, h("span", { class: "found-kind" }, entry.kind), name(entry.name))));
    if (this.marked >= 0) this.input.setAttribute("aria-activedescendant", `found-${this.marked}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  typed(event) {
    event.stopPropagation();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const count = this.found.length;
      if (count) this.marked = (this.marked + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
      this.draw();
    } else if (event.key === "Enter" && this.marked >= 0) {
      this.choose(this.marked);
    } else if (event.key === "Escape") {
      this.input.value = "";
      this.close();
      this.input.blur();
    }
  }

  choose(n) {
    const entry = this.found[n];
    this.input.value = "";
    this.close();
    this.open(entry);
  }

  close() {
    this.found = [];
    this.marked = -1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
