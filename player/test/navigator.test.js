// The navigator against Python's: every move from every day, every pace, every query. The answers
// are written by tests/test_player.py; without them the file tells its own small story.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { MOVES, PACES, carried, plain, search, stays, step } from "../src/navigator.js";

const course = {
  ticks: 10,
  stops: [{ event: "a", tick: 2, words: 5 }, { event: "b", tick: 2, words: 1 }, { event: "c", tick: 7, words: 100 }],
  phases: [{ phase: "one", first: 1, last: 3 }, { phase: "two", first: 6, last: 8 }],
};

test("the next event from a day is the first of that day or later", () => {
  assert.deepEqual(step(course, { tick: 2, stop: null }, "next-event"), { tick: 2, stop: 0 });
  assert.deepEqual(step(course, { tick: 2, stop: 1 }, "next-event"), { tick: 7, stop: 2 });
  assert.deepEqual(step(course, { tick: 7, stop: 2 }, "next-event"), { tick: 7, stop: 2 });
});

test("the phase before is the beginning of this one first", () => {
  assert.equal(step(course, { tick: 7, stop: null }, "previous-phase").tick, 6);
  assert.equal(step(course, { tick: 6, stop: null }, "previous-phase").tick, 1);
});

test("another lens keeps the day, and the event if it is on that day", () => {
  const other = { ...course, stops: [course.stops[1]] };
  assert.deepEqual(carried({ tick: 2, stop: 1 }, course, other), { tick: 2, stop: 0 });
  assert.deepEqual(carried({ tick: 2, stop: 0 }, course, other), { tick: 2, stop: null });
});

test("case, accents and apostrophes do not count", () => {
  assert.equal(plain("al-Qā’im"), "al qaim");
  assert.equal(search([{ kind: "place", of: "q", name: "Al-Qa'im", spellings: ["al qaim"], tick: null }], "QAIM").length, 1);
});

const told = process.env.ANSWERS && JSON.parse(readFileSync(process.env.ANSWERS, "utf8"));

test("every move from every day and event leads where it leads in Python", { skip: !told }, () => {
  assert.ok(told.steps.length >= told.course.ticks * MOVES.length);
  for (const [tick, stop, move, toTick, toStop] of told.steps) {
    assert.deepEqual(step(told.course, { tick, stop }, move), { tick: toTick, stop: toStop }, `${move} from ${tick}, ${stop}`);
  }
});

test("every day stays as long as in Python, at every pace", { skip: !told }, () => {
  for (const pace of PACES) {
    const own = stays(told.course, pace);
    own.forEach((seconds, tick) => assert.ok(Math.abs(seconds - told.stays[pace][tick]) < 0.0011, `${pace}, ${tick}: ${seconds}`));
  }
});

test("every query finds the same in the same order as in Python", { skip: !told }, () => {
  for (const [query, found] of Object.entries(told.search)) {
    assert.deepEqual(search(told.entries, query).map(({ kind, of }) => [kind, of]), found, query);
  }
});
