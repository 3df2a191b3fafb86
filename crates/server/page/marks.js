// Marks that may overlap, as pieces of text that each know all marks that cover them.

/**
 * Cuts a text into pieces at every border of a mark, so that each piece lies wholly within or outside of each mark.
 * `text` is an array of code points that begins at `start`; marks have `start` and `end` in code points of the source.
 * Gives [{ start, end, text, marks }] in order, without gaps.
 */
export function pieces(text, start, marks) {
  const end = start + text.length;
  const within = marks.filter((mark) => mark.start < end && mark.end > start && mark.start < mark.end);
  const borders = new Set([start, end]);
  for (const mark of within) {
    borders.add(Math.max(mark.start, start));
    borders.add(Math.min(mark.end, end));
  }
  const sorted = [...borders].sort((a, b) => a - b);
  const opening = new Map();
  for (const mark of within) {
    const at = Math.max(mark.start, start);
    opening.set(at, [...(opening.get(at) ?? []), mark]);
  }
  let active = [];
  const cut = [];
  for (let at = 0; at + 1 < sorted.length; at += 1) {
    const [from, to] = [sorted[at], sorted[at + 1]];
    active = active.filter((mark) => mark.end > from).concat(opening.get(from) ?? []);
    cut.push({ start: from, end: to, text: text.slice(from - start, to - start).join(""), marks: [...active] });
  }
  return cut;
}

/** The stretch that an address's fragment names, `#char=120,163` (RFC 5147); null where it names none. */
export function stretchOf(hash) {
  const parts = /^#char=(\d+),(\d+)$/.exec(hash ?? "");
  return parts && +parts[1] < +parts[2] ? { start: +parts[1], end: +parts[2] } : null;
}
