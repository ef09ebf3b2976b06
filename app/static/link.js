// The line to the hub: joins a room and stays right whatever happens to the line. The rules are in docs/feed.md.

import { hubNow, hubRate, setHubClock } from "/static/clock.js";
import { applyEvent, applyForecast, applySnapshot, emptyState, placeOf } from "/static/hall-state.js";
import { watchLine } from "/static/link-banner.js";
import { io } from "/static/vendor/socket.io.esm.min.js";

const OPTIONS = {
  // A websocket is one round trip less; polling is there for a proxy that knows no websockets.
  transports: ["websocket", "polling"],
  tryAllTransports: true,
  // All screens are to be back within 3 s of the hub's return, yet not all in the same instant.
  reconnectionDelay: 300,
  reconnectionDelayMax: 1500,
  randomizationFactor: 0.3,
  timeout: 4000,
};
const REFUSED_RETRY_MS = 10_000;
const JOIN_RETRY_MS = 5000;

/**
 * Follow `room`. Callbacks: onSnapshot(state), onEvent(state, event), onLink({online, since}), onHealth(state),
 * onPrinter({state, code, since}), onScan(scan), onRefused({code, title, detail}), onForecast(state, {services, tickets}),
 * onAdvice(state), onGaps(state). `state` is up to date when a callback runs; until the first snapshot it holds `first`,
 * the one that came with the page, if given. A snapshot too may change what the last three tell of.
 */
export function follow(room, callbacks = {}, first = null) {
  const line = new Line(room, callbacks);
  if (first) applySnapshot(line.state, first);
  return { state: line.state, stop: () => line.stop(), emit: (name, payload) => line.socket.emit(name, payload) };
}

class Line {
  constructor(room, callbacks) {
    this.room = room;
    this.callbacks = callbacks;
    this.state = emptyState();
    this.joining = true;
    this.held = [];
    this.link = { online: false, since: hubNow(), refusal: "" };
    this.stopWatching = watchLine(this.link);
    this.socket = io({ ...OPTIONS, forceNew: true });
    this.listen();
  }

  listen() {
    this.socket.on("connect", () => this.join());
    this.socket.on("disconnect", (reason) => this.dropped(reason));
    this.socket.on("connect_error", () => this.tryAgainIfRefused());
    this.socket.on("snapshot", (snapshot) => this.snapshot(snapshot));
    this.socket.on("events", ({ events }) => events.forEach((event) => this.event(event)));
    this.socket.on("health", ({ devices }) => this.told("onHealth", { devices }));
    this.socket.on("forecast", (waits) => this.forecast(waits));
    this.socket.on("advice", (advice) => this.told("onAdvice", { advice }));
    this.socket.on("gaps", (gaps) => this.told("onGaps", gaps));
    this.socket.on("printer", (printer) => this.callbacks.onPrinter?.(printer));
    this.socket.on("scan", (scan) => this.callbacks.onScan?.(scan));
    this.socket.on("refused", (refusal) => this.refused(refusal));
  }

  join() {
    this.joining = true;
    this.socket.emit("join", { room: this.room, together: true });
    clearTimeout(this.joinTimer);
    this.joinTimer = setTimeout(() => this.socket.connected && this.joining && this.join(), JOIN_RETRY_MS);
  }

  snapshot(snapshot) {
    if (snapshot.room !== undefined && snapshot.room !== this.room) return;
    this.joining = false;
    clearTimeout(this.joinTimer);
    clearTimeout(this.refusedTimer);
    setHubClock(snapshot.now, snapshot.clock_rate ?? 1);
    applySnapshot(this.state, snapshot);
    this.link.refusal = "";
    this.setOnline(true);
    this.callbacks.onSnapshot?.(this.state);
    this.releaseHeld();
  }

  event(event) {
    if (this.joining) return void this.hold(event);
    const place = placeOf(this.state, event);
    if (place === "known") return;
    if (place === "gap") {
      this.hold(event);
      return void this.join();
    }
    applyEvent(this.state, event);
    this.callbacks.onEvent?.(this.state, event);
  }

  // An event that comes while a snapshot is under way may be older or newer than it.
  hold(event) {
    this.held.push(event);
  }

  // Newer ones are applied. Of older ones the picture is in the snapshot already, but a fresh call among them was
  // never spoken, and the citizen still has to hear it.
  releaseHeld() {
    const held = this.held.splice(0);
    for (const event of held) {
      if (event.seq > this.state.seq) this.event(event);
      else if (event.call) this.callbacks.onEvent?.(this.state, event);
    }
  }

  forecast(waits) {
    applyForecast(this.state, waits);
    this.callbacks.onForecast?.(this.state, waits);
  }

  // What has no number is simply as it was told last.
  told(callback, news) {
    Object.assign(this.state, news);
    this.callbacks[callback]?.(this.state);
  }

  refused(refusal) {
    if (refusal.room !== undefined && refusal.room !== this.room) return;
    clearTimeout(this.joinTimer);
    this.link.refusal = refusal.detail ?? refusal.title;
    this.refusedTimer = setTimeout(() => this.socket.disconnect().connect(), REFUSED_RETRY_MS);
    this.callbacks.onRefused?.(refusal);
  }

  dropped(reason) {
    clearTimeout(this.joinTimer);
    this.held = [];
    this.joining = true;
    this.setOnline(false);
    // The client comes back by itself unless the server closed the line on purpose.
    if (reason === "io server disconnect") this.socket.connect();
  }

  // `active` is false when the server was reached and said no; the client then does not try again by itself.
  tryAgainIfRefused() {
    if (!this.socket.active) this.refusedTimer = setTimeout(() => this.socket.connect(), REFUSED_RETRY_MS);
  }

  setOnline(online) {
    if (online === this.link.online) return;
    this.link.online = online;
    document.documentElement.dataset.line = online ? "live" : "lost";
    this.link.since = hubNow();
    this.callbacks.onLink?.({ online, since: this.link.since });
  }

  stop() {
    clearTimeout(this.joinTimer);
    clearTimeout(this.refusedTimer);
    this.stopWatching();
    this.socket.disconnect();
  }
}

/** Is a call of hub time `at` (RFC 3339) still to be spoken? Only while younger than `limitMs` by the hub's clock. */
export function isFresh(at, limitMs = 20_000) {
  // On a clock that runs fast for a demo, twenty seconds of the hub would be over before the chime.
  return hubNow() - Date.parse(at) < limitMs * Math.max(1, hubRate());
}
