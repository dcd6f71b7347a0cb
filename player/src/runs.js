// Runs: values over ticks as one flat list: the tick at which a value begins, the value, and so on.

/** The value at a tick; undefined before the first run. */
export function at(runs, tick) {
  let low = 0, high = runs.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[2 * middle] <= tick) low = middle + 1;
    else high = middle;
  }
  return low ? runs[2 * low - 1] : undefined;
}

/** The runs as pieces {first, last, value}, of a window of so many ticks. */
export function pieces(runs, ticks) {
  const found = [];
  for (let n = 0; n < runs.length; n += 2) {
    const last = n + 2 < runs.length ? runs[n + 2] - 1 : ticks - 1;
    found.push({ first: runs[n], last, value: runs[n + 1] });
  }
  return found;
}
