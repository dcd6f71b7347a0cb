// Elements of the page. Texts only ever become text nodes: nothing that an author wrote is markup.

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element: its attributes (listeners as functions, `class`, `data` by name), its children. */
export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function s(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A name or sentence that an author wrote, in whatever script: it runs as its own letters do. */
export function name(text, attributes = {}) {
  return h("bdi", attributes, text);
}

/** Put other children into an element. */
export function put(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
}

/** Whether motion is wanted as little as possible. */
export function still() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
