// Pieces that many pages are made of.

import { h } from "/assets/dom.js";

const WORDS = {
  person: "person",
  organization: "body",
  place: "place",
  meeting: "meeting",
  statement: "statement",
  article: "article",
};

/** What a kind is called on the page. */
export const kindWord = (kind) => WORDS[kind] ?? kind;

/** "1 article", "3 articles". */
export const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/** The address of a thing's page. */
export const page = (key) => `/${key}`;

/** A thing's name that leads to its page. */
export const link = (thing) => h("a", { href: page(thing.key), class: `thing ${thing.kind}` }, thing.name);

/** Several, with commas. */
export const links = (things) => things.flatMap((thing, at) => (at ? [", ", link(thing)] : [link(thing)]));

/** What came of a meeting. */
export const statusBadge = (status) => h("span", { class: `status ${status}` }, status);

/** A day in words; anything else as it stands. */
export function day(text) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? "");
  if (!parts) return text ?? "";
  const date = new Date(Date.UTC(+parts[1], +parts[2] - 1, +parts[3]));
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

/** The article's outlet and date. */
export const outlet = (article) => [article.publisher, article.published?.words].filter(Boolean).join(", ");

/** The address of words in an article, as their IRI has it (RFC 5147). */
export const wordsAddress = (article, start, end) => `${page(article)}#char=${start},${end}`;

/** Words in quotation marks, unless they bring their own. */
export const quoted = (text) => (/["“”]/.test(text) ? text : `“${text}”`);

/** The words of an article, which lead to where they stand; with the article, where that is not told beside them. */
function passage(item, withArticle) {
  const told = [item.article.title, outlet(item.article)].filter(Boolean).join(" — ");
  return h(
    "li",
    { class: "passage" },
    h("a", { href: wordsAddress(item.article.key, item.start, item.end), class: "words" }, quoted(item.text)),
    withArticle && h("span", { class: "source" }, told),
  );
}

/** Evidence: a list of words. */
export const passages = (items, { withArticle = true } = {}) =>
  h(
    "ul",
    { class: "passages" },
    items.map((item) => passage(item, withArticle)),
  );

/** Leads to the words that show something. */
export function showWords(at, text = "the words") {
  return at && h("a", { class: "evidence", href: wordsAddress(at.article, at.start, at.end) }, text);
}

/** How sure a fact is, as a bar and in words. */
export function confidence(value) {
  const percent = Math.round(value * 100);
  const words = value >= 0.9 ? "very sure" : value >= 0.75 ? "sure" : value >= 0.6 ? "rather sure" : "unsure";
  const bar = h("span", { class: "fill" });
  bar.style.width = `${percent}%`;
  return h(
    "span",
    { class: "confidence", title: `${words}: ${percent} of 100` },
    h("span", { class: "meter", "aria-hidden": "true" }, bar),
    h("span", { class: "number" }, `${percent} %`),
    h("span", { class: "unseen" }, ` ${words}`),
  );
}

/** A line of a list of meetings. */
export function meetingLine(meeting, without) {
  const others = meeting.participants.filter((participant) => participant.key !== without);
  const facts = [
    meeting.when?.words ?? "day unknown",
    meeting.place && link(meeting.place),
    meeting.mode,
    meeting.sort,
  ].filter(Boolean);
  return h(
    "li",
    { class: "line" },
    h(
      "div",
      { class: "head" },
      h(
        "a",
        { href: page(meeting.key), class: "thing meeting" },
        others.map((other) => other.name).join(", ") || meeting.name,
      ),
      statusBadge(meeting.status),
    ),
    h(
      "div",
      { class: "facts" },
      facts.flatMap((fact, at) => (at ? [" · ", fact] : [fact])),
    ),
    h(
      "div",
      { class: "proof" },
      count(meeting.sources, "article"),
      " ",
      confidence(meeting.confidence),
      " ",
      showWords(meeting.at),
    ),
  );
}

/** A line of a list of statements. */
export function statementLine(statement, { speaker = true } = {}) {
  const quoted = statement.sort === "indirect" ? statement.text : `“${statement.text.replace(/^["“]|["”]$/g, "")}”`;
  const verb = [
    statement.negated && "did not",
    statement.cue,
    statement.stance && statement.stance !== "state" && `(${statement.stance})`,
  ]
    .filter(Boolean)
    .join(" ");
  return h(
    "li",
    { class: "line statement" },
    h(
      "div",
      { class: "head" },
      speaker &&
        h("span", { class: "speaker" }, statement.speaker ? link(statement.speaker) : "somebody", verb && ` · ${verb}`),
      !speaker && verb && h("span", { class: "speaker" }, verb),
    ),
    h("a", { class: `quote ${statement.sort}`, href: page(statement.key) }, quoted),
    statement.about.length > 0 &&
      h("div", { class: "facts" }, "about ", links(statement.about.slice(0, 6)), statement.about.length > 6 && " …"),
    h(
      "div",
      { class: "proof" },
      [
        statement.when ? statement.when.words : statement.reported && `reported ${day(statement.reported)}`,
        count(statement.sources, "article"),
      ]
        .filter(Boolean)
        .join(" · "),
      " ",
      confidence(statement.confidence),
      " ",
      showWords(statement.at),
    ),
  );
}

const SOME = 12;

/** The first of a list, and the rest behind a fold; of `total`, where these are not all, with the way to `all`. */
export function folded(items, line, total = items.length, all = null) {
  const first = h("ul", { class: "lines" }, items.slice(0, SOME).map(line));
  const rest = items.slice(SOME);
  if (!rest.length) return first;
  const fold = h("details", {}, h("summary", {}, `${(total - SOME).toLocaleString("en")} more`));
  fold.addEventListener("toggle", () => {
    if (!fold.open || fold.dataset.filled) return;
    fold.dataset.filled = "yes";
    fold.append(h("ul", { class: "lines" }, rest.map(line)));
    if (all && total > items.length)
      fold.append(h("p", {}, h("a", { href: all }, `All ${total.toLocaleString("en")}`)));
  });
  return [first, fold];
}

/** Why things were taken for the same or kept apart. */
export function decisionLine(decision) {
  const what =
    { same: "taken for one", apart: "kept apart", "set aside": "set aside", corrected: "corrected" }[decision.sort] ??
    decision.sort;
  return h(
    "li",
    { class: "line decision" },
    h(
      "div",
      { class: "head" },
      decision.about && link(decision.about),
      decision.other && [" and ", link(decision.other)],
      h(
        "span",
        { class: `verdict ${decision.sort.replace(" ", "-")}` },
        decision.corrected ? `${what} by a reader` : what,
      ),
      h("span", { class: "score", title: "How sure it is that they are one" }, `${decision.score} of 100`),
    ),
    h("div", { class: "facts" }, decision.reason, decision.articles > 0 && ` (${count(decision.articles, "article")})`),
  );
}

/** A section with a heading that can be linked to. */
export function section(id, title, ...children) {
  return h("section", { id, "aria-labelledby": `${id}-title` }, h("h2", { id: `${id}-title` }, title), children);
}

/** "How sure, and why": scores and reasons. */
export function why(text, decisions) {
  return section(
    "why",
    "How sure, and why",
    h("p", {}, text),
    decisions.items.length > 0 && h("ul", { class: "lines" }, decisions.items.map(decisionLine)),
    decisions.total > decisions.items.length &&
      h("p", { class: "quiet-text" }, `${count(decisions.total - decisions.items.length, "more decision")}.`),
  );
}
