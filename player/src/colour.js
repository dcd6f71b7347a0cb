// Colours by their role: an item says "ink" or "mix(blue,paper,0.35)", the page's style what that is.

const known = new Map();

/** A CSS colour for a role, a mixture of two, or a colour that is #RRGGBB already. */
export function paint(colour) {
  if (!colour) return "none";
  let css = known.get(colour);
  if (css === undefined) {
    css = resolved(colour);
    known.set(colour, css);
  }
  return css;
}

function resolved(colour) {
  if (/^#[0-9a-f]{6}$/i.test(colour)) return `var(--c${colour.slice(1).toLowerCase()}, ${colour})`;
  if (colour.startsWith("mix(")) {
    const [one, other, share] = mixture(colour);
    const percent = Math.round(share * 1000) / 10;
    return `color-mix(in srgb, ${paint(one)} ${100 - percent}%, ${paint(other)} ${percent}%)`;
  }
  if (colour.startsWith("on(")) return letter(colour.slice(3, -1));
  return `var(--${colour.replace(/[^a-z-]/g, "")})`;
}

/** The colour of a letter on another colour; what is pale has letters in ink. */
function letter(below) {
  if (below.startsWith("mix(")) return paint("ink");
  const name = below.startsWith("#") ? `c${below.slice(1).toLowerCase()}` : below;
  return `var(--on-${name.replace(/[^a-z0-9-]/g, "")})`;
}

/** The two colours of a mixture, which may be mixtures themselves, and the other one's share. */
export function mixture(colour) {
  const both = colour.slice(4, -1);
  const cut = both.lastIndexOf(",");
  let depth = 0;
  for (let n = 0; n < cut; n++) {
    depth += (both[n] === "(") - (both[n] === ")");
    if (both[n] === "," && depth === 0) {
      return [both.slice(0, n), both.slice(n + 1, cut), Number(both.slice(cut + 1))];
    }
  }
  throw new Error(`${colour} is no mixture of two colours`);
}
