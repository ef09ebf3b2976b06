// The large area between calls: notices in turn. A call takes it at once; a video then stops and is silent.

import { hubNow } from "/static/clock.js";
import { replace } from "/static/dom.js";
import { dueNotices } from "/static/notice-due.js";
import { fitCard, noticeCard } from "/static/notice-card.js";
import { language } from "/static/page.js";
import { Files } from "/static/displays/notice-files.js";
import { HALL, Turns } from "/static/displays/notice-turns.js";

const LOUDNESS = 0.5; // of a video: people talk at the counters

/** `place` holds the card; `mayPlay()` tells whether this screen makes sounds. */
export class Notices {
  constructor(place, mayPlay) {
    Object.assign(this, { place, mayPlay });
    this.files = new Files();
    this.turns = new Turns();
    this.shown = null; // { said: the notice as text, video }
  }

  /** A call is up. */
  giveWay() {
    this.turns.stand();
    if (this.shown?.video) silence(this.shown.video);
  }

  /** Nothing is being called: show whose turn it is. False when it is the hall's own turn, or nothing is ready. */
  goOn(notices) {
    const due = dueNotices(notices, hubNow());
    this.files.keep(due, notices);
    const able = due.filter((notice) => !this.files.isBroken(notice));
    const turn = able.length ? this.turns.now(able) : HALL;
    const picture = turn.media ? this.files.ready(turn) : null;
    if (turn === HALL || (turn.media && !picture)) return this.leave();
    this.show(turn, picture);
    return true;
  }

  show(notice, picture) {
    const said = JSON.stringify(notice);
    const video = picture instanceof HTMLVideoElement ? picture : null;
    if (this.shown?.said !== said) this.put(notice, picture, { said, video });
    queueMicrotask(() => fitCard(this.place.firstElementChild)); // when the area is there to be measured
    if (video?.paused) this.play(video, notice.media);
  }

  put(notice, picture, shown) {
    this.leave();
    if (shown.video) shown.video.currentTime = 0;
    this.shown = shown;
    replace(this.place, noticeCard(notice, language, picture));
  }

  leave() {
    if (this.shown?.video) silence(this.shown.video);
    this.shown = null;
    return false;
  }

  async play(video, media) {
    video.volume = LOUDNESS;
    video.muted = !this.mayPlay();
    try {
      await video.play();
    } catch (error) {
      if (error.name === "AbortError") return; // a call came meanwhile
      if (error.name !== "NotAllowedError" || video.muted) return void this.files.break(media);
      video.muted = true; // a browser that wants a touch before it makes a sound still shows the picture
      video.play().catch((again) => again.name === "AbortError" || this.files.break(media));
    }
  }
}

function silence(video) {
  video.muted = true;
  video.pause();
}
