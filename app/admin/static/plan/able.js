// Who is able to do what: the entry of a clerk, else what the counter of today has. Pure.

/**
 * Where each clerk sits today: Map name -> { numbers: [counter], now: whether the clerk sits there now }.
 * Whoever sits nowhere yet is where the rota's shifts of `weekday` (0 Monday) say.
 */
export function seatsOf(counters, shifts, weekday) {
  const seats = new Map();
  for (const { weekday: day, clerk, counter } of shifts) {
    if (day !== weekday || !clerk) continue;
    seats.set(clerk, { numbers: [...new Set([...(seats.get(clerk)?.numbers ?? []), counter])], now: false });
  }
  for (const { number, clerk } of counters) if (clerk) seats.set(clerk.name, { numbers: [number], now: true });
  return seats;
}

/** The services of the counters of a seat, in the order of `services`. */
export function servicesOfSeat(seat, counters, services) {
  const there = counters.filter(({ number }) => seat?.numbers.includes(number));
  return services.map(({ code }) => code).filter((code) => there.some(({ own, help }) => own.includes(code) || help.includes(code)));
}

/** Map service code -> the clerks who can do it. `ableTo(clerk)` answers codes. */
export function clerksOfEach(services, clerks, ableTo) {
  return new Map(services.map(({ code }) => [code, clerks.filter((clerk) => clerk.active && ableTo(clerk).includes(code))]));
}
