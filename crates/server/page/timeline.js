// How much was when; and what was in a period.

import { h } from "/assets/dom.js";
import { get } from "/assets/api.js";
import { link, meetingLine, section, statementLine } from "/assets/parts.js";
import { barChart, periodWords } from "/assets/charts.js";

const SOME = 100;

export async function timeline({ parameters, signal, go }) {
  const about = parameters.get("about") ?? "", period = parameters.get("period") ?? "";
  const bounds = { since: period, until: period, limit: SOME, sort: "oldest" };
  const [it, who, meetings, statements] = await Promise.all([
    get("timeline", { about }, { signal }), about ? get(about, {}, { signal }) : null,
    period ? get("meetings", { about, ...bounds }, { signal }) : null,
    period ? get("statements", about ? { speaker: about, ...bounds } : bounds, { signal }).catch(() => null) : null,
  ]);
  const choose = (each) => go(`/timeline?${new URLSearchParams({ ...(about ? { about } : {}), period: each })}`);
  const title = who ? `${who.name} over time` : "Over time";
  return {
    title: period ? `${title}: ${periodWords(period)}` : title,
    nodes: [
      h("h1", {}, title), who && h("p", {}, link({ key: who.key, kind: who.kind, name: who.name }), " · ", h("a", { href: "/timeline" }, "all")),
      it.bars.length ? barChart(it, choose, period) : h("p", {}, "Nothing here has a day."),
      period ? [section("meetings", `Meetings, ${periodWords(period)}`, meetings.items.length ? h("ul", { class: "lines" }, meetings.items.map((meeting) => meetingLine(meeting, about))) : h("p", { class: "quiet-text" }, "None that can have been then.")),
        statements && section("statements", `Statements, ${periodWords(period)}`, statements.items.length ? h("ul", { class: "lines" }, statements.items.map((statement) => statementLine(statement))) : h("p", { class: "quiet-text" }, "None."))]
        : h("p", { class: "quiet-text" }, "Choose a bar to see what was then."),
    ],
  };
}
