// Draws text as seven-segment figures.

// The segments a to g, clockwise from the top, the middle one last.
const SEGMENTS = {
  0: "abcdef", 1: "bc", 2: "abged", 3: "abgcd", 4: "fgbc", 5: "afgcd", 6: "afgedc", 7: "abc", 8: "abcdefg", 9: "abcdfg",
  A: "abcefg", B: "cdefg", C: "adef", D: "bcdeg", E: "adefg", F: "aefg", G: "acdef", H: "bcefg", I: "ef", J: "bcde", L: "def", N: "ceg",
  O: "abcdef", P: "abefg", Q: "abcfg", R: "eg", S: "acdfg", T: "defg", U: "bcdef", Y: "bcdfg", Z: "abged", "-": "g", _: "d", "=": "dg", " ": "",
};
// x, y, width, height in units.
const PLACES = {
  a: [2.2, 0, 5.6, 1.6], b: [7.8, 1, 1.6, 6], c: [7.8, 8, 1.6, 6], d: [2.2, 13.4, 5.6, 1.6], e: [0.6, 8, 1.6, 6], f: [0.6, 1, 1.6, 6],
  g: [2.2, 6.7, 5.6, 1.6],
};
const UNIT = 5; // canvas pixels
const WIDE = 12;
const HIGH = 15;
const EDGE = 2;
const LIT = "#ff5a36";
const DARK = "#33150f";

/** Fill `canvas` with a board of as many figures as `text` has characters. */
export function drawSegments(canvas, text) {
  canvas.width = (text.length * WIDE + EDGE * 2) * UNIT;
  canvas.height = (HIGH + EDGE * 2) * UNIT;
  const pen = canvas.getContext("2d");
  [...text.toUpperCase()].forEach((character, place) => {
    for (const [name, [x, y, width, height]] of Object.entries(PLACES)) {
      pen.fillStyle = (SEGMENTS[character] ?? "").includes(name) ? LIT : DARK;
      pen.fillRect((EDGE + place * WIDE + x) * UNIT, (EDGE + y) * UNIT, width * UNIT, height * UNIT);
    }
  });
}
