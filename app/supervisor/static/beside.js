// A popover beside the button that asked for it, below where there is room.

const GAP_PX = 4;

export function showBeside(popover, button) {
  popover.showPopover();
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const below = at.bottom + GAP_PX + height <= innerHeight;
  const left = Math.max(GAP_PX, Math.min(at.right - width, innerWidth - width - GAP_PX));
  const top = below ? at.bottom + GAP_PX : Math.max(GAP_PX, at.top - height - GAP_PX);
  popover.style.setProperty("left", `${left}px`);
  popover.style.setProperty("top", `${top}px`);
}
