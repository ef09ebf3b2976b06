// What a counter would serve after a service is given to it. Pure.

/** `as` is "own", "help" or "none": the counter's services with `code` taken so. */
export function assigned({ own, help }, code, as) {
  const without = { own: own.filter((item) => item !== code), help: help.filter((item) => item !== code) };
  if (as === "none") return without;
  return { ...without, [as]: [...without[as], code] };
}

/** How the counter takes the service now: "own", "help" or "none". */
export function standing({ own, help }, code) {
  if (own.includes(code)) return "own";
  return help.includes(code) ? "help" : "none";
}

/** A counter keeps at least one service of its own. */
export function allowed(counter, code, as) {
  return as !== standing(counter, code) && assigned(counter, code, as).own.length > 0;
}

/** Open counters that take the service: { before, after } the change. */
export function effect(counters, counter, code, as) {
  const takers = counters.filter((other) => other.state === "open" && standing(other, code) !== "none");
  const before = takers.length;
  if (counter.state !== "open") return { before, after: before };
  return { before, after: takers.filter((other) => other !== counter).length + (as === "none" ? 0 : 1) };
}
