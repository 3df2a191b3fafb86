// Time, drawn: bars of how much was when, and rows or dots along an axis of days.

import { h, s } from "/assets/dom.js";

const DAY = 86400000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The moment of a day, month or year; its last moment with `last`. */
export function moment(text, last = false) {
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(text ?? "");
  if (!parts) return null;
  const [year, month, date] = [+parts[1], parts[2] && +parts[2], parts[3] && +parts[3]];
  if (!last) return Date.UTC(year, (month ?? 1) - 1, date ?? 1);
  return (date ? Date.UTC(year, month - 1, date + 1) : month ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1)) - 1;
}

/** A day as text. */
export const dayOf = (time) => new Date(time).toISOString().slice(0, 10);

/** A period in words: "June 2021", "2021". */
export function periodWords(period) {
  const [year, month] = period.split("-");
  return month
    ? `${new Date(Date.UTC(+year, +month - 1)).toLocaleDateString("en-GB", { month: "long", timeZone: "UTC" })} ${year}`
    : year;
}

/** Bars of meetings and of statements, one a month or year. A click chooses the period. */
export function barChart(timeline, choose, chosen) {
  const { bars } = timeline;
  const [width, high, low] = [960, 84, 44];
  const step = width / bars.length;
  const most = {
    meetings: Math.max(1, ...bars.map((bar) => bar.meetings)),
    statements: Math.max(1, ...bars.map((bar) => bar.statements)),
  };
  const every = Math.ceil(bars.length / 12);
  const group = (bar, at) => {
    const words = `${periodWords(bar.period)}: ${bar.meetings} meetings, ${bar.statements} statements`;
    const up = (bar.meetings / most.meetings) * high,
      down = (bar.statements / most.statements) * low;
    return s(
      "g",
      {
        class: `bar${bar.period === chosen ? " chosen" : ""}`,
        tabindex: bar.meetings + bar.statements > 0 ? 0 : undefined,
        role: "button",
        "aria-label": words,
        onclick: () => choose(bar.period),
        onkeydown: (event) => {
          if (event.key === "Enter" || event.key === " ") {
            event.preventDefault();
            choose(bar.period);
          } else if (event.key === "ArrowRight") event.currentTarget.nextElementSibling?.focus?.();
          else if (event.key === "ArrowLeft") event.currentTarget.previousElementSibling?.focus?.();
        },
      },
      s("title", {}, words),
      s("rect", { class: "hit", x: at * step, y: 0, width: step, height: high + low + 22 }),
      s("rect", {
        class: "meetings",
        x: at * step + step * 0.12,
        y: high - up,
        width: Math.max(step * 0.76, 0.8),
        height: up,
        rx: Math.min(2, step / 4),
      }),
      s("rect", {
        class: "statements",
        x: at * step + step * 0.12,
        y: high + 1,
        width: Math.max(step * 0.76, 0.8),
        height: down,
        rx: Math.min(2, step / 4),
      }),
    );
  };
  const labels = bars.map((bar, at) => {
    const january = bar.period.endsWith("-01") || !bar.period.includes("-");
    if (bars.length > 18 ? !january : at % every) return null;
    const [year, month] = bar.period.split("-");
    return s(
      "text",
      { x: at * step + 2, y: high + low + 17 },
      bars.length > 18 || !month ? year : `${MONTHS[+month - 1]} ${year}`,
    );
  });
  const thinned = labels.filter(Boolean);
  const skip = Math.ceil(thinned.length / 14);
  return h(
    "figure",
    { class: "chart" },
    s(
      "svg",
      {
        viewBox: `0 0 ${width} ${high + low + 22}`,
        role: "group",
        "aria-label": `Meetings and statements by ${timeline.unit}`,
      },
      bars.map(group),
      thinned.filter((_, at) => at % skip === 0),
    ),
    h(
      "figcaption",
      {},
      h("span", { class: "key meetings" }, "meetings"),
      h("span", { class: "key statements" }, "statements"),
      timeline.earlier > 0 && ` · ${timeline.earlier.toLocaleString("en")} earlier`,
      timeline.undated_meetings > 0 &&
        ` · ${timeline.undated_meetings.toLocaleString("en")} meetings without a known day`,
    ),
  );
}

/**
 * Rows along an axis of days: [{ name, from, to, kind, href }]. With `dense`, as many share a row as have room beside each
 * other, and names are left to the tips.
 */
export function timeAxis(items, { dense = false } = {}) {
  const spans = items
    .map((item) => ({ ...item, a: moment(item.from), b: moment(item.to, true) }))
    .filter((item) => item.a !== null && item.b !== null && item.a <= item.b);
  // One year told by the way must not press all others into a line: the axis spans what most items lie in.
  const starts = spans.map((item) => item.a).sort((a, b) => a - b);
  const ends = spans.map((item) => item.b).sort((a, b) => a - b);
  if (!spans.length) return null;
  const outer = (list, share) => list[Math.min(list.length - 1, Math.floor(list.length * share))];
  let first = spans.length > 20 ? outer(starts, 0.02) : starts[0],
    last = spans.length > 20 ? outer(ends, 0.98) : ends[ends.length - 1];
  const margin = Math.max((last - first) * 0.02, 10 * DAY);
  first -= margin;
  last += margin;
  const width = 960,
    left = dense ? 0 : 250,
    height = dense ? 13 : 24;
  const x = (time) => left + ((Math.min(Math.max(time, first), last) - first) / (last - first)) * (width - left);
  const rows = [];
  const placed = spans
    .filter((item) => item.b >= first && item.a <= last)
    .map((item, at) => {
      const from = x(item.a),
        to = Math.max(x(item.b), from + 8);
      let row = at;
      if (dense) {
        row = rows.findIndex((reached) => reached < from - 2);
        if (row < 0) row = rows.length;
        rows[row] = to;
      }
      return { ...item, from, to, row };
    });
  const deep = (Math.max(...placed.map((item) => item.row)) + 1) * height;
  const ticks = axisTicks(first, last).map(({ time, text }) => [
    s("line", { class: "tick", x1: x(time), x2: x(time), y1: 0, y2: deep + 4 }),
    s("text", { class: "when", x: x(time) + 3, y: deep + 16 }, text),
  ]);
  const item = (each) => {
    const bar = s("rect", {
      class: `span ${each.kind}`,
      x: each.from,
      y: each.row * height + (dense ? 2 : 6),
      width: each.to - each.from,
      height: dense ? 9 : 12,
      rx: 4,
    });
    const title = s(
      "title",
      {},
      `${each.name}, ${dayOf(each.a)}${each.b - each.a > DAY ? ` to ${dayOf(each.b)}` : ""}`,
    );
    return s(
      "a",
      { href: each.href, "aria-label": each.name },
      title,
      !dense &&
        s(
          "text",
          { class: "name", x: 0, y: each.row * height + 16 },
          each.name.length > 38 ? `${each.name.slice(0, 37)}…` : each.name,
        ),
      bar,
    );
  };
  return h(
    "figure",
    { class: `chart axis${dense ? " dense" : ""}` },
    s(
      "svg",
      { viewBox: `0 0 ${width} ${deep + 22}`, role: "group", "aria-label": "Along time" },
      ticks,
      placed.map(item),
    ),
  );
}

/** Years, or months where the axis is short. */
function axisTicks(first, last) {
  const months = (last - first) / (30.4 * DAY);
  const step = months > 240 ? 60 : months > 120 ? 24 : months > 30 ? 12 : months > 12 ? 3 : 1;
  const begin = new Date(first);
  const ticks = [];
  for (
    let number = Math.ceil((begin.getUTCFullYear() * 12 + begin.getUTCMonth() + 1) / step) * step;
    ;
    number += step
  ) {
    const time = Date.UTC(Math.floor(number / 12), number % 12, 1);
    if (time >= last || ticks.length > 40) return ticks;
    ticks.push({
      time,
      text: step >= 12 ? String(Math.floor(number / 12)) : `${MONTHS[number % 12]} ${Math.floor(number / 12)}`,
    });
  }
}
