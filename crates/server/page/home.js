// The start: what the store holds, and ways in.

import { h } from "/assets/dom.js";
import { get } from "/assets/api.js";
import { count, day, link, meetingLine, section } from "/assets/parts.js";
import { barChart } from "/assets/charts.js";

const EXAMPLES = [
  ["/meetings?status=planned,proposed,possible", "What is planned"],
  ["/meetings?min_sources=3&sort=sources", "Meetings that many tell of"],
  ["/decisions", "Decisions to look at"],
  ["/network", "Who meets whom"],
  ["/editor", "Ask in SPARQL"],
];

export async function home({ signal, go }) {
  const [statistics, people, meetings, timeline] = await Promise.all([
    get("statistics", {}, { signal }),
    get("people", { limit: 12, sort: "meetings" }, { signal }),
    get("meetings", { limit: 8 }, { signal }),
    get("timeline", {}, { signal }),
  ]);
  const numbers = [
    ["articles", statistics.articles, "/articles"],
    ["people", statistics.people, "/people"],
    ["bodies", statistics.organizations, "/bodies"],
    ["places", statistics.places, "/places"],
    ["meetings", statistics.meetings, "/meetings"],
    ["statements", statistics.statements, "/statements"],
  ];
  return {
    title: "",
    nodes: [
      h(
        "div",
        { class: "opening" },
        h("h1", {}, "Who met whom, and who said what"),
        h(
          "p",
          { class: "lead" },
          statistics.days
            ? `Read from ${count(statistics.articles, "article")}, ${day(statistics.days[0])} to ${day(statistics.days[1])}. Every fact leads to the words that it was read from.`
            : `Read from ${count(statistics.articles, "article")}. Every fact leads to the words that it was read from.`,
        ),
      ),
      h(
        "ul",
        { class: "numbers" },
        numbers.map(([name, number, href]) =>
          h("li", {}, h("a", { href }, h("b", {}, number.toLocaleString("en")), " ", name)),
        ),
      ),
      h(
        "p",
        { class: "ways" },
        EXAMPLES.map(([href, text]) => h("a", { class: "way", href }, text)),
      ),
      timeline.bars.length > 1 &&
        section(
          "when",
          "Over time",
          barChart(timeline, (period) => go(`/timeline?period=${period}`)),
        ),
      h(
        "div",
        { class: "columns" },
        section(
          "latest",
          "Latest meetings",
          h(
            "ul",
            { class: "lines" },
            meetings.items.map((meeting) => meetingLine(meeting)),
          ),
          h("p", {}, h("a", { href: "/meetings" }, "All meetings")),
        ),
        section(
          "often",
          "Who meets most",
          h(
            "ul",
            { class: "lines" },
            people.items
              .filter((person) => person.meetings)
              .map((person) =>
                h(
                  "li",
                  { class: "line" },
                  h("div", { class: "head" }, link(person)),
                  h(
                    "div",
                    { class: "facts" },
                    [person.sort, count(person.meetings, "meeting"), count(person.statements, "statement")]
                      .filter(Boolean)
                      .join(" · "),
                  ),
                ),
              ),
          ),
          h("p", {}, h("a", { href: "/people" }, "All people")),
        ),
      ),
    ],
  };
}
