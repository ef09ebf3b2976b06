// A CSV file as its reader sees it: the first lines in columns. The hub alone judges what is in it. Pure: no page.

/** The first `count` lines, each a list of fields; ends in the middle of a file are no matter. */
export function firstLines(text, count) {
  const delimiter = delimiterOf(text);
  const lines = [[""]];
  let quoted = false;
  for (const letter of text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n")) {
    const fields = lines.at(-1);
    if (letter === '"') quoted = !quoted;
    else if (quoted) fields[fields.length - 1] += letter;
    else if (letter === delimiter) fields.push("");
    else if (letter !== "\n") fields[fields.length - 1] += letter;
    else if (lines.length === count) break;
    else lines.push([""]);
  }
  return lines.filter((fields) => fields.some((field) => field.trim()));
}

/** Line `number` (from 1) as it stands in the file, or "" where there is none. */
export function lineOf(text, number) {
  return text.split(/\r\n|\n|\r/)[number - 1] ?? "";
}

function delimiterOf(text) {
  const head = text.split("\n", 1)[0];
  const count = (mark) => head.split(mark).length;
  return [";", "\t", ","].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
