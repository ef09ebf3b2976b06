// One sheet, never two: the type grows smaller until all of it stands on the paper.

const SIZES_PT = [11, 10.5, 10, 9.5, 9, 8.5, 8];

/** Choose the largest type with which `sheet` fits on A4; measured as paper, whatever the screen is. */
export function fit(sheet) {
  sheet.classList.add("as-paper");
  for (const size of SIZES_PT) {
    sheet.style.setProperty("--sheet-size", `${size}pt`);
    if (sheet.scrollHeight <= sheet.clientHeight) break;
  }
  sheet.classList.remove("as-paper");
}
