// The small modules of the page, each by itself.

import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import { test } from "node:test";
import { read, spell } from "../src/address.js";
import { mixture, paint } from "../src/colour.js";
import { unpacked } from "../src/contents.js";
import { at, pieces } from "../src/runs.js";

test("the value of a run holds until the next one begins", () => {
  const runs = [0, "a", 3, "b", 4, "c"];
  assert.deepEqual([0, 2, 3, 4, 99].map((tick) => at(runs, tick)), ["a", "a", "b", "c", "c"]);
  assert.equal(at([2, "a"], 1), undefined);
  assert.deepEqual(pieces(runs, 6).map(({ first, last }) => [first, last]), [[0, 2], [3, 3], [4, 5]]);
});

test("a role is a variable of the page, a mixture is mixed by the browser", () => {
  assert.equal(paint("ink"), "var(--ink)");
  assert.equal(paint("#0072B2"), "var(--c0072b2, #0072B2)");
  assert.equal(paint("on(blue)"), "var(--on-blue)");
  assert.equal(paint("on(#0072B2)"), "var(--on-c0072b2)");
  assert.equal(paint("on(mix(blue,paper,0.55))"), "var(--ink)");
  assert.equal(paint(null), "none");
  assert.equal(paint("mix(blue,paper,0.55)"), "color-mix(in srgb, var(--blue) 45%, var(--paper) 55%)");
  assert.match(paint("mix(mix(ink,paper,0.5),red,0.1)"), /^color-mix\(in srgb, color-mix\(/);
  assert.deepEqual(mixture("mix(mix(ink,paper,0.5),red,0.1)"), ["mix(ink,paper,0.5)", "red", 0.1]);
});

test("a colour that is none becomes no style", () => {
  assert.equal(paint("red;} body{x:url(evil)"), "var(--redbodyxurlevil)");
  assert.equal(paint("on(red;} body{x:url(evil))"), "var(--on-redbodyxurlevil)");
});

test("an address is read back as it was spelled", () => {
  const view = {
    day: "2017-11-03", lens: "only:article", known: "2017-10-27", tab: "numbers", chosen: { kind: "place", id: "rawa" },
    zoom: { k: 3.25, x: 0.5, y: 0.25 }, other: { day: "2017-10-27", lens: "default" },
  };
  assert.deepEqual(read(spell(view)), view);
});

test("an address says only what is not as usual", () => {
  assert.equal(spell({ day: "2017-11-03", lens: "default", known: null, tab: "day" }, { lens: "default", tab: "day" }), "#day=2017-11-03");
});

test("an address may hold anything", () => {
  for (const hash of ["", "#", "#day", "#day=%", "#zoom=1,2", "#zoom=a,b,c", "#place=<script>", "#&&=&"]) read(hash);
  assert.deepEqual(read("#nothing=known"), {});
});

test("what was packed is unpacked", async () => {
  const data = { text: "</script> Ḥusaybah", list: [1, null, true] };
  assert.deepEqual(await unpacked(deflateSync(JSON.stringify(data)).toString("base64")), data);
});
