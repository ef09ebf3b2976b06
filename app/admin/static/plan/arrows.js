// Arrow keys in a grid of buttons or boxes, one a cell; Tab still goes from one to the next.

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const CELLS = "button[data-cell], input[data-cell]";

export function walkWithArrows(table) {
  table.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const cell = event.target.closest("td");
    if (!step || !cell || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const rows = [...table.tBodies[0].rows].filter((row) => row.querySelector(CELLS));
    const row = rows[rows.indexOf(cell.parentElement) + step[0]];
    const next = row?.cells[cell.cellIndex + step[1]]?.querySelector(CELLS);
    if (!next || !next.checkVisibility()) return;
    event.preventDefault();
    next.focus();
  });
}
