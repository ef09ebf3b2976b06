// Moving a service to a counter: tap a chip, tap a place; or drag the chip there. Both end in the same `drop`.
// A chip is any [data-service] button; a place is a [data-as] button of a desk. A chip dropped beside the places of a desk,
// such as on its head, goes to its first place: the counter's own services.

const DRAG_FROM_PX = 6; // less is a tap with an unsteady finger

/** `picked(code)` when a chip is in hand, `dropped(place)` when it is let go at a place, `left()` when it is put away. */
export class Hand {
  constructor(board, { picked, dropped, left }) {
    Object.assign(this, { board, picked, dropped, left, chip: null, pressed: null, ghost: null, deaf: false });
    board.addEventListener("click", (event) => this.deaf || this.tap(event.target));
    board.addEventListener("pointerdown", (event) => this.press(event));
    board.addEventListener("dragstart", (event) => event.preventDefault());
    document.addEventListener("pointermove", (event) => this.move(event));
    document.addEventListener("pointerup", (event) => this.release(event));
    document.addEventListener("pointercancel", () => this.putDown());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.putDown());
  }

  tap(target) {
    const chip = target.closest("[data-service]");
    const place = target.closest("[data-as]");
    if (chip) return chip === this.chip ? this.putDown() : this.pick(chip);
    if (place) return this.drop(place);
    if (!target.closest("[data-counter]")) this.putDown();
  }

  press(event) {
    const chip = event.target.closest("[data-service]");
    if (chip && event.button === 0) this.pressed = { chip, x: event.clientX, y: event.clientY };
  }

  move(event) {
    if (!this.pressed) return;
    if (!this.ghost && far(this.pressed, event)) this.lift();
    if (this.ghost) this.carry(event);
  }

  release(event) {
    this.pressed = null;
    if (!this.ghost) return;
    this.ignoreNextClick();
    this.drop(placeUnder(event));
  }

  pick(chip) {
    this.putDown();
    this.chip = chip;
    chip.setAttribute("aria-pressed", "true");
    this.picked(chip.dataset.service);
  }

  lift() {
    this.pick(this.pressed.chip);
    this.ghost = this.chip.cloneNode(true);
    this.ghost.classList.add("ghost");
    document.body.append(this.ghost);
  }

  carry(event) {
    this.ghost.style.setProperty("transform", `translate(${event.clientX}px, ${event.clientY}px) translate(-50%, -110%)`);
    const under = placeUnder(event);
    this.ghost.classList.toggle("nowhere", !under || under.disabled);
    for (const place of this.board.querySelectorAll("[data-as].over")) place.classList.toggle("over", place === under);
    under?.classList.add("over");
  }

  drop(place) {
    if (place && !place.disabled) this.dropped(place);
    this.putDown();
  }

  putDown() {
    this.ghost?.remove();
    this.ghost = null;
    if (!this.chip) return;
    const chip = this.chip;
    this.chip = null;
    chip.setAttribute("aria-pressed", "false");
    this.left();
    if (chip.isConnected) chip.focus({ preventScroll: true });
  }

  // The click that the browser makes of a drag is not a tap.
  ignoreNextClick() {
    this.deaf = true;
    setTimeout(() => { this.deaf = false; });
  }
}

function far(pressed, event) {
  return Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > DRAG_FROM_PX;
}

function placeUnder(event) {
  const under = document.elementFromPoint(event.clientX, event.clientY);
  return under?.closest("[data-as]") ?? under?.closest("[data-counter]")?.querySelector("[data-as=own]") ?? null;
}
