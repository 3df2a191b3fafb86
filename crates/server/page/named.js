// A person, body or place.

import { h, put } from "/assets/dom.js";
import { get } from "/assets/api.js";
import {
  count,
  day,
  folded,
  kindWord,
  link,
  meetingLine,
  passages,
  section,
  statementLine,
  why,
  wordsAddress,
} from "/assets/parts.js";
import { timeAxis } from "/assets/charts.js";
import { stillNetwork } from "/assets/still.js";
import { corrections } from "/assets/corrections.js";

const SOME = 12;
const AROUND = 16;

export async function thing({ key, signal, go }) {
  const [it, around, meetings, statements] = await Promise.all([
    get(key, {}, { signal }),
    get("network", { about: key, max_nodes: AROUND }, { signal }),
    get("meetings", { about: key, limit: 200 }, { signal }),
    get("statements", { speaker: key, limit: 200 }, { signal }),
  ]);
  const isPlace = it.kind === "place";
  const facts = [kindWord(it.kind), it.sort, it.country, count(it.sources, "article")].filter(Boolean);
  const nodes = [
    h("p", { class: `kind ${it.kind}` }, facts.join(" · ")),
    h("h1", {}, it.name),
    it.other_names.length > 0 && h("p", { class: "others" }, "also ", it.other_names.join(", ")),
    it.identifiers.length > 0 &&
      h(
        "p",
        { class: "identifiers" },
        it.identifiers.map((identifier) =>
          h("a", { href: identifier, rel: "noreferrer" }, identifier.replace(/^https?:\/\/(www\.)?/, "")),
        ),
      ),
    h(
      "p",
      { class: "ways" },
      h("a", { class: "way", href: `/network?about=${encodeURIComponent(key)}` }, "Network"),
      h("a", { class: "way", href: `/timeline?about=${encodeURIComponent(key)}` }, "Timeline"),
      it.mentioned > 0 &&
        h(
          "a",
          { class: "way", href: `/statements?about=${encodeURIComponent(key)}` },
          `What others say of ${it.kind === "person" ? "them" : "it"} (${it.mentioned.toLocaleString("en")})`,
        ),
    ),
    it.roles.length > 0 && roles(it.roles),
    meetings.total > 0 &&
      section(
        "meetings",
        isPlace ? "Meetings here and with it" : "Meetings",
        onAxis(meetings.items, go, key),
        meetings.total > meetings.items.length &&
          h(
            "p",
            { class: "quiet-text" },
            `Drawn are the latest ${meetings.items.length} of ${meetings.total.toLocaleString("en")}; the timeline counts all.`,
          ),
        folded(
          meetings.items,
          (meeting) => meetingLine(meeting, key),
          meetings.total,
          `/meetings?about=${encodeURIComponent(key)}`,
        ),
      ),
    it.met.length > 0 && met(it, around),
    statements.total > 0 && said(key, statements, signal),
    section(
      "evidence",
      "Where articles name it",
      passages(it.evidence.items.slice(0, SOME)),
      it.evidence.total > SOME && more(it.evidence.items.slice(SOME), it.evidence.total - SOME),
    ),
    why(reasons(it), it.decisions),
    corrections(it, go),
  ];
  return { title: it.name, nodes };
}

function reasons(it) {
  const joined = it.decisions.items.filter((decision) => decision.sort === "same");
  const least = joined.reduce((score, decision) => Math.min(score, decision.score), 100);
  const told = `${count(it.sources, "independent article")} ${it.sources === 1 ? "names" : "name"} ${it.name}.`;
  return joined.length
    ? `${told} Their namings were taken for one; the least certain of these decisions has ${least} of 100.`
    : told;
}

/** Offices over time: from the first to the last article that gives them, and further where an article says so. */
function roles(all) {
  const dated = all.filter((role) => role.seen);
  const rows = dated.slice(0, SOME).map((role) => ({
    name: role.of ? `${role.title}, ${role.of.name}` : role.title,
    from: role.from?.earliest ?? role.from?.value ?? role.seen[0],
    to: role.until?.latest ?? role.until?.value ?? role.seen[1],
    kind: "role",
    href: role.evidence[0] && wordsAddress(role.evidence[0].article.key, role.evidence[0].start, role.evidence[0].end),
  }));
  const line = (role) =>
    h(
      "li",
      { class: "line" },
      h("div", {}, h("b", {}, role.title), role.of && [", ", link(role.of)]),
      h(
        "div",
        { class: "facts" },
        [
          role.from && `from ${role.from.words}`,
          role.until && `until ${role.until.words}`,
          role.seen &&
            (role.seen[0] === role.seen[1]
              ? `as of ${day(role.seen[0])}`
              : `as of ${day(role.seen[0])} to ${day(role.seen[1])}`),
          count(role.sources, "article"),
        ]
          .filter(Boolean)
          .join(" · "),
      ),
      role.evidence.length > 0 && h("details", {}, h("summary", {}, "The words"), passages(role.evidence)),
    );
  return section(
    "roles",
    "Roles over time",
    rows.length > 1 && timeAxis(rows),
    h("ul", { class: "lines two" }, all.slice(0, SOME).map(line)),
    all.length > SOME &&
      h(
        "details",
        {},
        h("summary", {}, `${count(all.length - SOME, "more role")}`),
        h("ul", { class: "lines two" }, all.slice(SOME).map(line)),
      ),
  );
}

function onAxis(meetings, go, key) {
  const dated = meetings.filter((meeting) => meeting.when?.earliest).reverse();
  if (dated.length < 2) return null;
  return timeAxis(
    dated.map((meeting) => ({
      name: meeting.participants
        .filter((participant) => participant.key !== key)
        .map((participant) => participant.name)
        .join(", "),
      from: meeting.when.earliest,
      to: meeting.when.latest ?? meeting.when.earliest,
      kind: meeting.status,
      href: `/${meeting.key}`,
    })),
    { dense: true },
  );
}

/** Who has meetings with it, and with each other. */
function met(it, around) {
  const nodes = around.nodes.map((node) => ({
    ...node,
    id: node.key,
    href: `/${node.key}`,
    radius: node.key === it.key ? 11 : 6,
  }));
  const edges = around.edges.map(({ source, target, meetings }) => {
    const [one, other] = [source, target].map((end) => nodes.find((node) => node.key === end).name);
    const held = meetings.some((meeting) => meeting.status === "held" || meeting.status === "ongoing");
    return {
      source,
      target,
      weight: meetings.length,
      width: 0.8 + Math.log2(1 + meetings.length),
      held,
      name: `${one} and ${other}: ${count(meetings.length, "meeting")}`,
    };
  });
  const drawing =
    edges.length > 1 &&
    stillNetwork(nodes, edges, { label: `Those around ${it.name}`, least: { width: 900, height: 320 } });
  return section(
    "met",
    "Whom they met",
    drawing,
    h(
      "ul",
      { class: "chips" },
      it.met.map((each) =>
        h(
          "li",
          {},
          link(each.with),
          h(
            "span",
            { class: "tally", title: `${each.held} held, ${each.other} other` },
            each.held,
            each.other > 0 && h("span", { class: "ahead" }, ` +${each.other}`),
          ),
        ),
      ),
    ),
    h("p", { class: "quiet-text" }, "The number is that of meetings held; + those planned, possible or called off."),
  );
}

/** Statements by date, narrowed by topic. */
function said(key, answer, signal) {
  const topics = new Map();
  for (const about of answer.items.flatMap((statement) => statement.about)) {
    const topic = topics.get(about.key) ?? { thing: about, number: 0 };
    topic.number += 1;
    topics.set(about.key, topic);
  }
  const often = [...topics.values()]
    .sort((a, b) => b.number - a.number || (a.thing.name < b.thing.name ? -1 : 1))
    .slice(0, SOME);
  const list = h("div", {});
  const showAll = (statements) => {
    const line = (statement) => statementLine(statement, { speaker: false });
    put(list, folded(statements.items, line, statements.total, `/statements?speaker=${encodeURIComponent(key)}`));
  };
  const buttons = [null, ...often].map((topic) =>
    h(
      "button",
      {
        type: "button",
        class: "chip",
        "aria-pressed": String(!topic),
        onclick: async (event) => {
          for (const button of buttons) button.setAttribute("aria-pressed", String(button === event.currentTarget));
          showAll(
            topic ? await get("statements", { speaker: key, about: topic.thing.key, limit: 200 }, { signal }) : answer,
          );
        },
      },
      topic ? `${topic.thing.name} ${topic.number}` : `All ${answer.total.toLocaleString("en")}`,
    ),
  );
  showAll(answer);
  return section(
    "statements",
    "Statements",
    often.length > 0 && h("div", { class: "topics", role: "group", "aria-label": "Topics" }, buttons),
    list,
  );
}

function more(items, number) {
  return h(
    "details",
    {},
    h("summary", {}, `${number.toLocaleString("en")} more`),
    passages(items),
    number > items.length && h("p", { class: "quiet-text" }, `${count(number - items.length, "more article")}.`),
  );
}
