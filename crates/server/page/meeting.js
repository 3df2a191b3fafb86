// A meeting: what came of it, and what each outlet says.

import { h } from "/assets/dom.js";
import { get } from "/assets/api.js";
import {
  confidence,
  count,
  day,
  folded,
  link,
  links,
  page,
  passages,
  section,
  statementLine,
  statusBadge,
  why,
  wordsAddress,
} from "/assets/parts.js";
import { corrections } from "/assets/corrections.js";

/** How many passages an article has before the rest is folded away. */
const SOME = 5;

export async function meeting({ key, signal, go }) {
  const it = await get(key, {}, { signal });
  const part = (participant) =>
    h("li", {}, link(participant.who), participant.role && h("span", { class: "part" }, participant.role));
  const fact = (name, value) => value && [h("dt", {}, name), h("dd", {}, value)];
  const nodes = [
    h(
      "p",
      { class: "kind meeting" },
      ["meeting", it.sort !== "meeting" && it.sort, count(it.sources, "article")].filter(Boolean).join(" · "),
    ),
    h(
      "h1",
      {},
      it.name.replace(/ \((planned|proposed|possible|postponed|cancelled|denied|ongoing)\)$/, ""),
      " ",
      statusBadge(it.status),
    ),
    h(
      "dl",
      { class: "facts-table" },
      fact("Who", h("ul", { class: "parts" }, it.parts.map(part))),
      fact("When", it.when ? whenText(it.when) : "no article tells"),
      fact("Where", it.place ? link(it.place) : "no article tells"),
      fact("How", it.mode),
      fact("About", it.topics.length > 0 && it.topics.join("; ")),
      fact("How sure", confidence(it.confidence)),
    ),
    it.differences.length > 0 &&
      section(
        "differences",
        "What the articles disagree on",
        h(
          "ul",
          { class: "lines differences" },
          it.differences.map((difference) =>
            h(
              "li",
              { class: "line" },
              h("div", { class: "head" }, h("b", {}, difference.what)),
              h(
                "ul",
                {},
                difference.versions.map((version) =>
                  h(
                    "li",
                    {},
                    h("b", {}, version.value),
                    " — ",
                    version.articles.flatMap((article, at) => [
                      at ? "; " : "",
                      h("a", { href: page(article.key) }, article.publisher ?? article.title),
                    ]),
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
    section(
      "history",
      "History",
      h(
        "ol",
        { class: "history" },
        it.reports.map((report) =>
          h(
            "li",
            {},
            h("span", { class: "date" }, report.article.published?.words ?? "undated"),
            statusBadge(report.status),
            h(
              "span",
              {},
              report.evidence[0]
                ? h(
                    "a",
                    { href: wordsAddress(report.article.key, report.evidence[0].start, report.evidence[0].end) },
                    report.article.publisher ?? report.article.title,
                  )
                : link({ ...report.article, name: report.article.title, kind: "article" }),
              report.claimed_by.length > 0 &&
                h("span", { class: "quiet-text" }, " as ", links(report.claimed_by), " says"),
            ),
          ),
        ),
      ),
    ),
    section(
      "outlets",
      it.reports.length > 1 ? "What each article says" : "What the article says",
      h(
        "div",
        { class: "outlets", tabindex: "0", role: "group", "aria-label": "Articles side by side" },
        it.reports.map(report),
      ),
    ),
    (it.before.length > 0 || it.after.length > 0) &&
      section(
        "statements",
        "Statements about it",
        h(
          "div",
          { class: "columns" },
          h(
            "div",
            {},
            h("h3", {}, "Before, the latest first"),
            it.before.length
              ? folded(it.before.toReversed(), (each) => statementLine(each))
              : h("p", { class: "quiet-text" }, "None was read."),
          ),
          h(
            "div",
            {},
            h("h3", {}, it.when?.earliest ? "From then on" : "Undated, as the meeting is"),
            it.after.length
              ? folded(it.after, (each) => statementLine(each))
              : h("p", { class: "quiet-text" }, "None was read."),
          ),
        ),
      ),
    why(reasons(it), it.decisions),
    corrections(it, go),
  ];
  return { title: it.name, nodes };
}

function whenText(when) {
  const exact = when.earliest && when.earliest === when.latest;
  if (exact || !when.earliest || !when.latest) return when.words;
  return [when.words, h("span", { class: "quiet-text" }, ` (${day(when.earliest)} to ${day(when.latest)})`)];
}

function report(each) {
  const row = (name, value) => [
    h("dt", {}, name),
    h("dd", {}, value || h("span", { class: "quiet-text" }, "not told")),
  ];
  return h(
    "article",
    { class: "outlet" },
    h("h3", {}, h("a", { href: page(each.article.key) }, each.article.publisher ?? each.article.title)),
    h(
      "p",
      { class: "facts" },
      each.article.publisher ? each.article.title : null,
      each.article.published && ` (${each.article.published.words})`,
    ),
    h(
      "dl",
      {},
      row("Status", statusBadge(each.status)),
      row("When", each.when?.words),
      row("Where", each.place && link(each.place)),
      row("How", each.mode),
      row("Who", links(each.participants.map((participant) => participant.who))),
      each.topics.length > 0 && row("About", each.topics.join("; ")),
      row("Sure", confidence(each.confidence)),
    ),
    passages(each.evidence.slice(0, SOME), { withArticle: false }),
    each.evidence.length > SOME &&
      h(
        "details",
        {},
        h("summary", {}, `${each.evidence.length - SOME} more`),
        passages(each.evidence.slice(SOME), { withArticle: false }),
      ),
  );
}

function reasons(it) {
  const held = it.reports.filter((each) => each.status === it.status);
  const said = `${count(held.length, "report")} of ${it.reports.length} ${held.length === 1 ? "says" : "say"} “${it.status}”.`;
  return `${said} How sure it is, is the surest report's own figure: how often what was worded so was right in texts that people have annotated.`;
}
