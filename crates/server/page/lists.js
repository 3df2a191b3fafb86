// Lists with filters and pages.

import { h, freshId } from "/assets/dom.js";
import { get } from "/assets/api.js";
import { count, day, decisionLine, kindWord, link, meetingLine, outlet, page, statementLine } from "/assets/parts.js";
import { STANCES, STATUSES } from "/assets/vocabulary.js";

const LIMIT = 50;

/** A field of a filter: a text, a number, a day or a choice. */
function field(parameters, { name, label, sort = "text", choices, hint }) {
  const id = freshId("field");
  const value = parameters.get(name) ?? "";
  const control = choices
    ? h(
        "select",
        { id, name },
        choices.map(([word, text]) => h("option", { value: word, selected: word === value }, text)),
      )
    : h("input", {
        id,
        name,
        type: sort,
        value,
        placeholder: hint,
        min: sort === "number" ? 0 : undefined,
        autocomplete: "off",
      });
  return h("div", { class: "field" }, h("label", { for: id }, label), control);
}

/** A form whose fields become the address. */
function filter(parameters, go, fields) {
  const form = h(
    "form",
    { class: "filter", role: "search", "aria-label": "Filter" },
    fields.map((each) => field(parameters, each)),
    h("button", { type: "submit" }, "Show"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) query.set(name, value);
    for (const name of ["about", "speaker"]) if (parameters.get(name)) query.set(name, parameters.get(name));
    go(`${location.pathname}${query.size ? `?${query}` : ""}`);
  });
  form.addEventListener("change", (event) => event.target.matches("select") && form.requestSubmit());
  return form;
}

/** Ways to the pages before and after. */
function pages(answer, parameters) {
  const to = (offset, text) => {
    const query = new URLSearchParams(parameters);
    if (offset) query.set("offset", offset);
    else query.delete("offset");
    return h("a", { href: `${location.pathname}?${query}` }, text);
  };
  const { total, offset, items } = answer;
  if (total <= items.length) return null;
  return h(
    "nav",
    { class: "pages", "aria-label": "Pages" },
    offset > 0 && to(Math.max(0, offset - LIMIT), "← Before"),
    h(
      "span",
      {},
      `${(offset + 1).toLocaleString("en")} to ${(offset + items.length).toLocaleString("en")} of ${total.toLocaleString("en")}`,
    ),
    offset + items.length < total && to(offset + LIMIT, "After →"),
  );
}

function listed(title, parameters, answer, fields, go, line, empty = "Nothing fits.") {
  return {
    title,
    nodes: [
      h("h1", {}, title),
      fields && filter(parameters, go, fields),
      h(
        "p",
        { class: "quiet-text", role: "status" },
        answer.total.toLocaleString("en"),
        answer.total === 1 ? " fits." : " fit.",
      ),
      answer.items.length ? h("ul", { class: "lines" }, answer.items.map(line)) : h("p", {}, empty),
      pages(answer, parameters),
    ],
  };
}

const asked = (parameters) => ({ ...Object.fromEntries(parameters), limit: LIMIT });
const WORDS = { name: "q", label: "Words", sort: "search", hint: "beginnings of words" };
const SINCE = { name: "since", label: "Since", hint: "2021-06-16" };
const UNTIL = { name: "until", label: "Until", hint: "2021-06-16" };
const SOURCES = { name: "min_sources", label: "Articles, at least", sort: "number" };
const ORDER = {
  name: "sort",
  label: "Order",
  choices: [
    ["", "newest"],
    ["oldest", "oldest"],
    ["sources", "articles"],
  ],
};
/** Words to choose from; none is all. */
const choices = (words) => words.map((word) => [word, word || "all"]);
const SORTS = {
  people: [],
  bodies: ["government", "company", "international", "media", "party"],
  places: ["city", "country", "region", "venue"],
};

/** People, bodies or places. */
export const named =
  (list) =>
  async ({ parameters, signal, go }) => {
    const answer = await get(list, asked(parameters), { signal });
    const fields = [
      WORDS,
      SOURCES,
      {
        name: "sort",
        label: "Order",
        choices: [
          ["", "articles"],
          ["meetings", "meetings"],
          ["statements", "statements"],
          ["name", "name"],
        ],
      },
    ];
    if (SORTS[list].length)
      fields.push({ name: "of", label: "Sort", choices: choices(["", ...SORTS[list]]) });
    const line = (item) =>
      h(
        "li",
        { class: "line" },
        h(
          "div",
          { class: "head" },
          link(item),
          item.other_names.length > 0 &&
            h("span", { class: "others" }, `also ${item.other_names.slice(0, 4).join(", ")}`),
        ),
        h(
          "div",
          { class: "facts" },
          [
            item.sort,
            item.country,
            count(item.sources, "article"),
            item.meetings && count(item.meetings, "meeting"),
            item.statements && count(item.statements, "statement"),
          ]
            .filter(Boolean)
            .join(" · "),
        ),
      );
    return listed({ people: "People", bodies: "Bodies", places: "Places" }[list], parameters, answer, fields, go, line);
  };

/** Meetings. */
export async function meetings({ parameters, signal, go }) {
  const answer = await get("meetings", asked(parameters), { signal });
  const fields = [
    WORDS,
    SINCE,
    UNTIL,
    {
      name: "status",
      label: "Status",
      choices: [["", "all"], ["planned,proposed,possible", "ahead"], ...choices(STATUSES)],
    },
    SOURCES,
    ORDER,
  ];
  return listed("Meetings", parameters, answer, fields, go, (meeting) => meetingLine(meeting));
}

/** Statements. */
export async function statements({ parameters, signal, go }) {
  const answer = await get("statements", asked(parameters), { signal });
  const fields = [
    WORDS,
    SINCE,
    UNTIL,
    { name: "stance", label: "Stance", choices: choices(["", ...STANCES]) },
    SOURCES,
    ORDER,
  ];
  return listed("Statements", parameters, answer, fields, go, (statement) => statementLine(statement));
}

/** Articles. */
export async function articles({ parameters, signal, go }) {
  const answer = await get("articles", asked(parameters), { signal });
  return listed("Articles", parameters, answer, [WORDS, SINCE, UNTIL], go, (article) =>
    h(
      "li",
      { class: "line" },
      h("div", { class: "head" }, h("a", { href: page(article.key), class: "thing article" }, article.title)),
      h("div", { class: "facts" }, outlet(article) || "undated"),
    ),
  );
}

/** What a search has found. */
export async function found({ parameters, signal, go }) {
  const q = parameters.get("q") ?? "";
  const answer = await get("search", asked(parameters), { signal });
  const kinds = ["", "person", "organization", "place", "meeting", "statement", "article"];
  const fields = [
    { ...WORDS, label: "Search" },
    { name: "kind", label: "Kind", choices: kinds.map((kind) => [kind, kind ? kindWord(kind) : "all"]) },
  ];
  return listed(q ? `Search: ${q}` : "Search", parameters, answer, fields, go, (item) => {
    const said = item.kind === "statement";
    return h(
      "li",
      { class: "line" },
      h(
        "div",
        { class: "head" },
        h("span", { class: `dot ${item.kind}`, "aria-hidden": "true" }),
        h(
          "a",
          { href: page(item.key), class: said ? "quote" : `thing ${item.kind}` },
          said ? `“${item.name}”` : item.name,
        ),
      ),
      h(
        "div",
        { class: "facts" },
        [
          kindWord(item.kind),
          said ? item.speaker?.name : item.detail,
          item.matched && `also “${item.matched}”`,
          said && item.reported && day(item.reported),
          count(item.sources, "article"),
        ]
          .filter(Boolean)
          .join(" · "),
      ),
    );
  });
}

/** Decisions, the least certain first. */
export async function decisions({ parameters, signal, go }) {
  const answer = await get("decisions", asked(parameters), { signal });
  const fields = [
    { name: "kind", label: "Of", choices: choices(["", "person", "organization", "place", "meeting", "statement"]) },
    { name: "sort", label: "Decision", choices: choices(["", "same", "apart", "set aside", "corrected"]) },
  ];
  const view = listed("Decisions", parameters, answer, fields, go, decisionLine);
  view.nodes.splice(
    1,
    0,
    h(
      "p",
      { class: "lead" },
      "Why things were taken for one or kept apart, the least certain first: what 70 of 100 speak for is joined.",
    ),
  );
  return view;
}
