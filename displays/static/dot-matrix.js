// Draws text as a board of LEDs: five by seven dots a character, lit or dark.

// Each character is five columns from left to right; bit 0 is the top dot.
const COLUMNS = {
  " ": [0, 0, 0, 0, 0], "-": [8, 8, 8, 8, 8], ".": [0, 96, 96, 0, 0], ":": [0, 54, 54, 0, 0], "/": [32, 16, 8, 4, 2],
  0: [62, 81, 73, 69, 62], 1: [0, 66, 127, 64, 0], 2: [66, 97, 81, 73, 70], 3: [33, 65, 69, 75, 49],
  4: [24, 20, 18, 127, 16], 5: [39, 69, 69, 69, 57], 6: [60, 74, 73, 73, 48], 7: [1, 113, 9, 5, 3],
  8: [54, 73, 73, 73, 54], 9: [6, 73, 73, 41, 30],
  A: [126, 17, 17, 17, 126], B: [127, 73, 73, 73, 54], C: [62, 65, 65, 65, 34], D: [127, 65, 65, 34, 28],
  E: [127, 73, 73, 73, 65], F: [127, 9, 9, 9, 1], G: [62, 65, 73, 73, 122], H: [127, 8, 8, 8, 127],
  I: [0, 65, 127, 65, 0], J: [32, 64, 65, 63, 1], K: [127, 8, 20, 34, 65], L: [127, 64, 64, 64, 64],
  M: [127, 2, 12, 2, 127], N: [127, 4, 8, 16, 127], O: [62, 65, 65, 65, 62], P: [127, 9, 9, 9, 6],
  Q: [62, 65, 81, 33, 94], R: [127, 9, 25, 41, 70], S: [70, 73, 73, 73, 49], T: [1, 1, 127, 1, 1],
  U: [63, 64, 64, 64, 63], V: [31, 32, 64, 32, 31], W: [63, 64, 56, 64, 63], X: [99, 20, 8, 20, 99],
  Y: [7, 8, 112, 8, 7], Z: [97, 81, 73, 69, 67],
};
const UNKNOWN = [127, 65, 65, 65, 127];
const ROWS = 7;
const LEAST_CHARACTERS = 4;
const DOT = 10; // canvas pixels from dot to dot
const LIT = "#ff5a36";
const DARK = "#3a1712";

/** Fill `canvas` with a board at least four characters wide that shows `text`. */
export function drawDots(canvas, text) {
  const columns = columnsOf(text.padEnd(LEAST_CHARACTERS));
  canvas.width = (columns.length + 1) * DOT;
  canvas.height = (ROWS + 2) * DOT;
  const pen = canvas.getContext("2d");
  columns.forEach((bits, x) => {
    for (let y = 0; y < ROWS; y += 1) dot(pen, x + 1, y + 1.5, (bits >> y) & 1);
  });
}

// A board has no marks: Đ and ấ are shown as the letters that they stand on.
function columnsOf(text) {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "D").toUpperCase();
  return [...plain].flatMap((character) => [...(COLUMNS[character] ?? UNKNOWN), 0]);
}

function dot(pen, x, y, lit) {
  pen.fillStyle = lit ? LIT : DARK;
  pen.beginPath();
  pen.arc(x * DOT, y * DOT, DOT * 0.44, 0, 2 * Math.PI);
  pen.fill();
}
