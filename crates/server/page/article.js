// An article with everything that was read in it: the evidence of every fact.

import { h, put } from "/assets/dom.js";
import { get } from "/assets/api.js";
import { confidence, kindWord, link, outlet, page, section, statusBadge } from "/assets/parts.js";
import { pieces, stretchOf } from "/assets/marks.js";

const LAYERS = ["person", "organization", "place", "meeting", "statement"];
const PLURALS = {
  person: "People",
  organization: "Bodies",
  place: "Places",
  meeting: "Meetings",
  statement: "Statements",
};

export async function article({ key, hash, signal }) {
  const it = await get(key, {}, { signal });
  const target = stretchOf(hash);
  const names = new Map(it.things.map((thing) => [thing.key, thing]));
  const text = h("div", { class: "text", lang: "en" });
  const chosen = h("div", { class: "chosen", role: "status", "aria-live": "polite" });
  const shown = it.fragments.flatMap((fragment) => {
    let points = Array.from(fragment.text);
    fragment = { ...fragment };
    // The metadata before the article is told above the text, and not once more in it.
    if (
      it.complete &&
      fragment.text.startsWith("---") &&
      it.body.length &&
      !(target && target.start < it.body[0].start)
    ) {
      fragment.start = it.body[0].start;
      points = points.slice(fragment.start);
    }
    const outside = outsideOf(it, fragment.start, points.length);
    const targets = target ? [{ ...target, layer: "target", part: "", key: "" }] : [];
    return [pieces(points, fragment.start, [...it.marks, ...outside, ...targets]), null];
  });
  const spans = [];
  for (const group of shown) {
    if (!group) {
      if (!it.complete) text.append(h("span", { class: "gap", title: "Words that the store does not keep" }, " … "));
      continue;
    }
    for (const piece of group) {
      const layers = new Set(piece.marks.map((mark) => mark.layer));
      const tip = piece.marks
        .filter((mark) => mark.key)
        .map((mark) => `${kindWord(mark.layer)}: ${names.get(mark.key)?.name ?? mark.key}`);
      const classes = [...layers]
        .map((layer) => `m-${layer}`)
        .concat(piece.marks.filter((mark) => mark.layer === "statement").map((mark) => `p-${mark.part}`));
      const span =
        piece.marks.length === 0
          ? document.createTextNode(piece.text)
          : h(
              layers.has("target") ? "mark" : "span",
              { class: [...new Set(classes)].join(" "), title: [...new Set(tip)].join("\n") || undefined },
              piece.text,
            );
      if (piece.marks.length) {
        spans.push({ span, piece });
        span.addEventListener("click", () => choose(piece.marks));
      }
      text.append(span);
    }
  }
  // What several marks cover is told beside the text, each with its page.
  const choose = (marks) => {
    const keys = [...new Set(marks.map((mark) => mark.key).filter(Boolean))];
    put(
      chosen,
      keys.length > 0 && [
        h("h2", {}, "Read here"),
        h("button", { type: "button", class: "quiet close", onclick: () => put(chosen) }, "Close"),
        h(
          "ul",
          {},
          keys.map((each) => h("li", {}, fact(names.get(each), each))),
        ),
      ],
    );
  };
  const legend = h(
    "fieldset",
    { class: "legend" },
    h("legend", {}, "Marks"),
    LAYERS.map((layer) => {
      const number = new Set(it.marks.filter((mark) => mark.layer === layer).map((mark) => mark.key)).size;
      return (
        number > 0 &&
        h(
          "label",
          {},
          h("input", {
            type: "checkbox",
            checked: true,
            onchange: (event) => text.classList.toggle(`hide-${layer}`, !event.target.checked),
          }),
          h("span", { class: `m-${layer} p-content sample` }, PLURALS[layer]),
          ` ${number}`,
        )
      );
    }),
  );
  const nodes = [
    h("p", { class: "kind article" }, ["article", outlet(it)].filter(Boolean).join(" · ")),
    h("h1", {}, it.title),
    h(
      "p",
      { class: "identifiers" },
      it.url ? h("a", { href: it.url, rel: "noreferrer" }, it.url) : it.file,
      it.dated_by && h("span", { class: "quiet-text" }, ` · dated by ${it.dated_by}`),
    ),
    h(
      "div",
      { class: "reader" },
      h(
        "div",
        {},
        !it.complete &&
          h(
            "p",
            { class: "note" },
            "The store does not keep this article's text. These are the words that facts rest on; build with --with-text to keep all.",
          ),
        text,
      ),
      h("aside", { "aria-label": "What was read" }, legend, chosen, contents(it, names, spans)),
    ),
  ];
  return {
    title: it.title,
    nodes,
    ready: () => {
      const marked = text.querySelector("mark");
      if (!marked) return;
      marked.scrollIntoView({ block: "center" });
      marked.id = "words";
      const under = it.marks.filter((mark) => mark.start < target.end && mark.end > target.start);
      choose(under);
    },
  };
}

/** What was read in some words: what it is, how sure it is, and the way to why. */
function fact(thing, key) {
  if (!thing) return key;
  const { kind, detail } = thing;
  const told =
    kind === "meeting"
      ? statusBadge(detail)
      : kind === "statement"
        ? h("span", { class: "speaker" }, detail ?? "somebody")
        : h("span", { class: "speaker" }, detail);
  return [
    h("span", { class: `dot ${kind}`, "aria-hidden": "true" }),
    " ",
    kind === "statement" ? [told, ": ", link(thing)] : [link(thing), " ", told],
    h(
      "span",
      { class: "proof" },
      thing.confidence !== null && confidence(thing.confidence),
      h("a", { href: `${page(key)}#why` }, thing.confidence === null ? "why it is this one" : "how sure, and why"),
    ),
  ];
}

/** What of a fragment is no part of the article's body, as marks. */
function outsideOf(it, start, length) {
  if (!it.complete || !it.body.length) return [];
  const outside = [];
  let at = start;
  for (const region of [...it.body].sort((a, b) => a.start - b.start)) {
    if (region.end <= at) continue;
    if (region.start > at) outside.push({ start: at, end: region.start, layer: "outside", part: "", key: "" });
    at = Math.max(at, region.end);
  }
  if (at < start + length) outside.push({ start: at, end: start + length, layer: "outside", part: "", key: "" });
  return outside;
}

/** All that was read, with a button that goes through the places where it stands. */
function contents(it, names, spans) {
  const groups = LAYERS.map((layer) => [
    layer,
    [...new Set(it.marks.filter((mark) => mark.layer === layer).map((mark) => mark.key))],
  ]);
  return groups
    .filter(([, keys]) => keys.length)
    .map(([layer, keys]) =>
      section(
        `read-${layer}`,
        PLURALS[layer],
        h(
          "ul",
          { class: "contents" },
          keys.map((key) => {
            const places = it.marks.filter(
              (mark) => mark.key === key && (layer !== "statement" || mark.part === "content"),
            );
            let next = 0;
            const show = () => {
              const place = places[next++ % places.length];
              for (const { span } of spans) span.classList.remove("shown");
              const hit = spans.filter(({ piece }) => piece.start >= place.start && piece.end <= place.end);
              hit.forEach(({ span }) => span.classList.add("shown"));
              hit[0]?.span.scrollIntoView({
                block: "center",
                behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
              });
            };
            const name = names.get(key)?.name ?? key;
            return h(
              "li",
              {},
              names.has(key) ? link(names.get(key)) : key,
              places.length > 0 &&
                h(
                  "button",
                  { type: "button", class: "quiet", onclick: show, "aria-label": `Show where: ${name}` },
                  layer === "statement" ? "show" : `${places.length}×`,
                ),
            );
          }),
        ),
      ),
    );
}
