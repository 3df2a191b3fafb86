// A statement, as each article has it.

import { h } from "/assets/dom.js";
import { get } from "/assets/api.js";
import { confidence, count, day, link, links, passages, section, why, wordsAddress } from "/assets/parts.js";
import { corrections } from "/assets/corrections.js";

export async function statement({ key, signal, go }) {
  const it = await get(key, {}, { signal });
  const fact = (name, value) => value && [h("dt", {}, name), h("dd", {}, value)];
  const nodes = [
    h("p", { class: "kind statement" }, [`${it.sort} statement`, count(it.sources, "article")].join(" · ")),
    h(
      "h1",
      { class: "said" },
      it.speaker ? it.speaker.name : "Somebody",
      it.negated ? " did not " : " ",
      h("span", { class: "cue" }, it.cue ?? "said"),
    ),
    h(
      "blockquote",
      { class: it.sort },
      it.at ? h("a", { href: wordsAddress(it.at.article, it.at.start, it.at.end) }, it.text) : it.text,
    ),
    h(
      "dl",
      { class: "facts-table" },
      fact("Who", it.speaker ? link(it.speaker) : "the article does not say who"),
      fact("To", it.addressees.length > 0 && links(it.addressees)),
      fact("When", it.when ? it.when.words : it.reported && `reported ${day(it.reported)}`),
      fact("Stance", it.stance),
      fact("About", it.about.length > 0 && links(it.about)),
      fact("How sure", confidence(it.confidence)),
    ),
    section(
      "reports",
      it.reports.length > 1 ? "As each article has it" : "As the article has it",
      h(
        "div",
        { class: "outlets", tabindex: "0", role: "group", "aria-label": "Articles side by side" },
        it.reports.map((report) =>
          h(
            "article",
            { class: "outlet" },
            h("h3", {}, h("a", { href: `/${report.article.key}` }, report.article.publisher ?? report.article.title)),
            h(
              "p",
              { class: "facts" },
              [report.article.publisher && report.article.title, report.article.published?.words]
                .filter(Boolean)
                .join(", "),
            ),
            h("p", { class: "quote" }, report.text),
            h("dl", {}, h("dt", {}, "Sure"), h("dd", {}, confidence(report.confidence))),
            passages(report.evidence, { withArticle: false }),
          ),
        ),
      ),
    ),
    why(
      "How sure it is, is the surest report's own figure: how often what was worded so was right in texts that people have annotated.",
      it.decisions,
    ),
    corrections(it, go),
  ];
  return { title: `${it.speaker ? it.speaker.name : "Somebody"}: ${it.text.slice(0, 60)}`, nodes };
}
