// How much was when; and what was in a period.

import { h } from "/assets/dom.js";
import { get } from "/assets/api.js";
import { link, meetingLine, section, statementLine } from "/assets/parts.js";
import { barChart, periodWords } from "/assets/charts.js";

const SOME = 100;

export async function timeline({ parameters, signal, go }) {
  const about = parameters.get("about") ?? "";
  const [it, who] = await Promise.all([
    get("timeline", { about }, { signal }),
    about ? get(about, {}, { signal }) : null,
  ]);
  // Without a choice, the last period with a meeting is told.
  const period = parameters.get("period") ?? (it.bars.findLast((bar) => bar.meetings) ?? it.bars.at(-1))?.period;
  const bounds = { since: period, until: period, limit: SOME, sort: "oldest" };
  const [meetings, statements] = period
    ? await Promise.all([
        get("meetings", { about, ...bounds }, { signal }),
        // A meeting says nothing.
        get("statements", about ? { speaker: about, ...bounds } : bounds, { signal }).catch(() => null),
      ])
    : [];
  const choose = (each) => go(`/timeline?${new URLSearchParams({ ...(about ? { about } : {}), period: each })}`);
  const title = who ? `${who.name} over time` : "Over time";
  return {
    title: parameters.has("period") ? `${title}: ${periodWords(period)}` : title,
    nodes: [
      h("h1", {}, title),
      h("p", { class: "quiet-text" }, "Choose a bar to see what was then."),
      who &&
        h("p", {}, link({ key: who.key, kind: who.kind, name: who.name }), " · ", h("a", { href: "/timeline" }, "all")),
      it.bars.length ? barChart(it, choose, period) : h("p", {}, "Nothing here has a day."),
      period
        ? [
            section(
              "meetings",
              `Meetings, ${periodWords(period)}`,
              meetings.items.length
                ? h(
                    "ul",
                    { class: "lines" },
                    meetings.items.map((meeting) => meetingLine(meeting, about)),
                  )
                : h("p", { class: "quiet-text" }, "None that can have been then."),
            ),
            statements &&
              section(
                "statements",
                `Statements, ${periodWords(period)}`,
                statements.items.length
                  ? h(
                      "ul",
                      { class: "lines" },
                      statements.items.map((statement) => statementLine(statement)),
                    )
                  : h("p", { class: "quiet-text" }, "None."),
              ),
          ]
        : null,
    ],
  };
}
