// Who meets whom: a network that one filters, opens node by node, and takes along as a picture.

import { h, put, s } from "/assets/dom.js";
import { get } from "/assets/api.js";
import { count, link, meetingLine } from "/assets/parts.js";
import { dayOf, moment } from "/assets/charts.js";
import { Layout } from "/assets/force.js";
import { STATUSES } from "/assets/vocabulary.js";
import { lettersIn } from "/assets/still.js";
import { dotOf, save, svgFile } from "/assets/picture.js";

const AROUND = 40;
const OTHERS = 12;
// A narrow window has no room for the names of many.
const NARROW = 600;
const FEW = 25;

export async function network({ parameters, signal }) {
  const about = parameters.get("about") ?? "";
  const first = await get(
    "network",
    { about, max_nodes: parameters.get("max_nodes") ?? (innerWidth < NARROW ? FEW : "") },
    { signal },
  );
  const view = new View(first, about, signal);
  const who = first.nodes.find((node) => node.key === about);
  return {
    title: who ? `Network of ${who.name}` : "Network",
    nodes: [h("h1", {}, who ? ["Network of ", link(who)] : "Who meets whom"), view.node],
    ready: () => view.start(),
  };
}

/** The network and its controls. */
class View {
  constructor(network, about, signal) {
    this.nodes = new Map();
    this.edges = new Map();
    this.opened = new Set(about ? [about] : []);
    this.signal = signal;
    this.leftOut = network.left_out;
    this.chosen = null;
    // As wide as the window, and seven tenths of its height.
    this.layout = new Layout(Math.min(innerWidth, 800) / (0.7 * innerHeight));
    this.take(network);
    this.statuses = new Set(STATUSES);
    this.least = 1;
    this.bounds = this.days();
    [this.since, this.until] = this.bounds;
    this.drawing = s("svg", {
      class: "network",
      role: "application",
      "aria-label":
        "Network: left and right go from node to node, down and up through the lines of a node, Enter opens either; the list below has the same",
      tabindex: "-1",
    });
    this.told = h(
      "div",
      { class: "told", role: "status", "aria-live": "polite" },
      h(
        "p",
        { class: "quiet-text" },
        "Choose a node to open what is around it, or a line to see its meetings. Drag to move; Ctrl and the wheel make it larger or smaller. By keyboard: ← → from node to node, ↓ ↑ through its lines, Enter to open.",
      ),
    );
    this.caption = h("p", { class: "quiet-text caption" });
    this.list = h("details", { class: "as-list" }, h("summary", {}, "The same as a list"), h("div", {}));
    this.list.addEventListener("toggle", () => this.fillList());
    this.node = h(
      "div",
      { class: "network-view" },
      this.controls(),
      h("div", { class: "stage" }, this.drawing, this.told),
      this.caption,
      this.list,
    );
    this.listen();
  }

  take({ nodes, edges }) {
    for (const node of nodes) this.nodes.set(node.key, node);
    for (const edge of edges) this.edges.set(`${edge.source} ${edge.target}`, edge);
  }

  /** The first and the last day of all meetings. */
  days() {
    let first = Infinity,
      last = -Infinity;
    for (const edge of this.edges.values()) {
      for (const meeting of edge.meetings) {
        const [a, b] = [moment(meeting.earliest), moment(meeting.latest, true)];
        if (a !== null) first = Math.min(first, a);
        if (b !== null) last = Math.max(last, b);
      }
    }
    return first < last ? [first, last] : [null, null];
  }

  controls() {
    const [first, last] = this.bounds;
    const range = (label, value, set) => {
      const input = h("input", { type: "range", min: first, max: last, step: 86400000, value, "aria-label": label });
      const words = h("output", {}, dayOf(value));
      const name = () => input.setAttribute("aria-valuetext", words.textContent);
      name();
      input.addEventListener("input", () => {
        const shown = set(+input.value);
        if (+input.value !== shown) input.value = shown;
        words.textContent = dayOf(shown);
        name();
        this.refresh();
      });
      return h("label", { class: "range" }, h("span", {}, label), input, words);
    };
    const dated = first !== null && [
      range("From", first, (value) => (this.since = Math.min(value, this.until))),
      range("Until", last, (value) => (this.until = Math.max(value, this.since))),
    ];
    const there = new Set([...this.edges.values()].flatMap((edge) => edge.meetings.map((meeting) => meeting.status)));
    const boxes = STATUSES.filter((status) => there.has(status)).map((status) =>
      h(
        "label",
        {},
        h("input", {
          type: "checkbox",
          checked: true,
          name: status,
          onchange: (event) => {
            if (event.target.checked) this.statuses.add(status);
            else this.statuses.delete(status);
            this.refresh();
          },
        }),
        h("span", { class: `status ${status}` }, status),
      ),
    );
    const most = Math.max(
      1,
      ...[...this.edges.values()].flatMap((edge) => edge.meetings.map((meeting) => meeting.sources)),
    );
    const words = h("output", {}, "1");
    const sources = h(
      "label",
      { class: "range" },
      h("span", {}, "Articles, at least"),
      h("input", {
        type: "range",
        min: 1,
        max: Math.min(most, 20),
        value: 1,
        oninput: (event) => {
          this.least = +event.target.value;
          words.textContent = event.target.value;
          this.refresh();
        },
      }),
      words,
    );
    return h(
      "div",
      { class: "network-controls" },
      h("div", { class: "ranges" }, dated, sources),
      h("fieldset", { class: "legend" }, h("legend", {}, "Status"), boxes),
      h(
        "p",
        { class: "ways" },
        h("button", { type: "button", onclick: () => this.frame(true) }, "Fit"),
        h("button", { type: "button", onclick: () => this.save("svg") }, "Save SVG"),
        h("button", { type: "button", onclick: () => this.save("dot") }, "Save DOT"),
      ),
    );
  }

  /** What passes the filters. An undated meeting passes while the slider is as wide as it goes. */
  filtered() {
    const wide = this.since === this.bounds[0] && this.until === this.bounds[1];
    const passes = (meeting) => {
      if (!this.statuses.has(meeting.status) || meeting.sources < this.least) return false;
      const [a, b] = [
        moment(meeting.earliest) ?? moment(meeting.latest),
        moment(meeting.latest, true) ?? moment(meeting.earliest, true),
      ];
      return a === null || b === null ? wide : b >= this.since && a <= this.until;
    };
    const edges = [];
    for (const edge of this.edges.values()) {
      const meetings = edge.meetings.filter(passes);
      if (meetings.length) edges.push({ source: edge.source, target: edge.target, meetings, weight: meetings.length });
    }
    const ends = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
    const nodes = [...this.nodes.values()].filter((node) => ends.has(node.key));
    return { nodes, edges };
  }

  refresh() {
    const { nodes, edges } = this.filtered();
    this.shown = { nodes, edges };
    const weight = new Map();
    for (const edge of edges)
      for (const end of [edge.source, edge.target]) weight.set(end, (weight.get(end) ?? 0) + edge.weight);
    const most = Math.max(40, ...weight.values());
    this.layout.update(
      nodes.map((node) => ({
        ...node,
        id: node.key,
        radius:
          5 +
          Math.min(17, 2.4 * Math.sqrt(weight.get(node.key) ?? 1)) *
            Math.min(1, Math.sqrt((weight.get(node.key) ?? 1) / most) + 0.15),
      })),
      edges,
    );
    this.draw();
    const meetings = new Set(edges.flatMap((edge) => edge.meetings.map((meeting) => meeting.key)));
    put(
      this.caption,
      `${count(nodes.length, "node")}, ${count(meetings.size, "meeting")}.`,
      this.leftOut > 0 &&
        ` ${this.leftOut.toLocaleString("en")} with fewer meetings are left out; open a node to see more around it.`,
    );
    this.fillList();
    this.run();
  }

  draw() {
    // Many lines are fainter, so that names stay legible over them.
    this.drawing.style.setProperty(
      "--faint",
      Math.min(0.32, Math.max(0.08, 3 / Math.sqrt(this.layout.edges.length || 1))).toFixed(2),
    );
    const heaviest = Math.max(4, ...this.layout.edges.map((edge) => edge.weight));
    this.lines = this.layout.edges.map((edge) => {
      const held = edge.meetings.some((meeting) => meeting.status === "held" || meeting.status === "ongoing");
      const line = s("line", {
        class: held ? "edge held" : "edge",
        "stroke-width": (0.8 + 5.2 * (Math.log2(1 + edge.weight) / Math.log2(1 + heaviest)) ** 1.7).toFixed(1),
      });
      const words = `${this.nodes.get(edge.source).name} and ${this.nodes.get(edge.target).name}: ${count(edge.weight, "meeting")}`;
      const wide = s(
        "line",
        { class: "grip", tabindex: "-1", role: "button", "aria-label": words, onclick: () => this.tellEdge(edge) },
        s("title", {}, words),
      );
      return { edge, line, wide };
    });
    this.marks = this.layout.nodes.map((node) => {
      const mark = s(
        "g",
        {
          class: `node ${node.kind}${this.opened.has(node.id) ? " opened" : ""}`,
          tabindex: "-1",
          role: "button",
          "aria-label": `${node.name}, ${count(node.degree, "other")} in all`,
          "data-key": node.id,
        },
        s("title", {}, node.name),
        s("circle", { r: node.radius }),
        s("text", { y: node.radius + 13 }, node.name.length > 26 ? `${node.name.slice(0, 25)}…` : node.name),
      );
      mark.addEventListener("focus", () => {
        this.enterAt(node.id);
        this.tellNode(node.id);
      });
      return { node, mark };
    });
    const focused = document.activeElement?.dataset?.key;
    put(
      this.drawing,
      s(
        "g",
        {},
        this.lines.map(({ line }) => line),
        this.lines.map(({ wide }) => wide),
      ),
      s(
        "g",
        {},
        this.marks.map(({ mark }) => mark),
      ),
    );
    this.place();
    this.enterAt(this.marks.some(({ node }) => node.id === this.entry) ? this.entry : this.marks[0]?.node.id);
    if (focused) this.marks.find(({ node }) => node.id === focused)?.mark.focus({ preventScroll: true });
  }

  /** Tab enters the drawing at one node, and leaves it from there. */
  enterAt(key) {
    this.entry = key;
    for (const { node, mark } of this.marks) mark.setAttribute("tabindex", node.id === key ? "0" : "-1");
  }

  /** Keys within the drawing: left and right lead from node to node, and from a line to its ends; down and up through a node's lines. */
  onKey(event) {
    const onto = { ArrowRight: 1, ArrowLeft: -1 }[event.key],
      around = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = this.marks.findIndex(({ mark }) => mark === event.target);
    const line = this.lines.find(({ wide }) => wide === event.target);
    const focus = (key) => this.marks.find(({ node }) => node.id === key)?.mark.focus({ preventScroll: true });
    if (event.key === "Enter" || event.key === " ") {
      if (line) this.tellEdge(line.edge);
      else if (at >= 0) this.open(this.marks[at].node.id);
      else return;
    } else if (line && event.key === "Escape") focus(this.entry);
    else if (line && onto)
      focus(onto < 0 ? this.entry : line.edge.source === this.entry ? line.edge.target : line.edge.source);
    else if (onto && at >= 0) focus(this.marks[(at + onto + this.marks.length) % this.marks.length].node.id);
    else if (around && (line || at >= 0)) {
      const own = this.lines
        .filter(({ edge }) => edge.source === this.entry || edge.target === this.entry)
        .sort((a, b) => b.edge.weight - a.edge.weight);
      const next = line ? own.indexOf(line) + around : around > 0 ? 0 : -1;
      own.at(next % (own.length || 1))?.wide.focus({ preventScroll: true });
    } else return;
    event.preventDefault();
  }

  place() {
    for (const { edge, line, wide } of this.lines) {
      const [a, b] = [this.layout.byId.get(edge.source), this.layout.byId.get(edge.target)];
      for (const each of [line, wide]) {
        each.setAttribute("x1", a.x.toFixed(1));
        each.setAttribute("y1", a.y.toFixed(1));
        each.setAttribute("x2", b.x.toFixed(1));
        each.setAttribute("y2", b.y.toFixed(1));
      }
    }
    for (const { node, mark } of this.marks)
      mark.setAttribute("transform", `translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})`);
  }

  start() {
    this.refresh();
  }

  run() {
    if (this.running) return;
    this.running = true;
    // The first steps unseen: what is shown is nearly still.
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (let step = 0; step < (calm ? 400 : 120) && this.layout.step(); step += 1);
    this.frame(!this.framed);
    const tick = () => {
      const moves = !this.signal.aborted && this.layout.step();
      this.place();
      if (!this.framed || this.following) this.frame();
      if (moves) requestAnimationFrame(tick);
      else {
        this.running = false;
        this.drawing.dataset.still = "yes";
      }
    };
    this.drawing.dataset.still = "no";
    this.following = !this.framed || this.following;
    tick();
  }

  /** Shows all. */
  frame(follow) {
    if (follow) this.following = true;
    this.framed = true;
    const least = { width: this.drawing.clientWidth || 760, height: this.drawing.clientHeight || 520 };
    const [, , width, height] = this.layout.box(50, least);
    // Names reach beyond their nodes, the further the larger the letters are beside the drawing.
    this.setBox(this.layout.box(15 + 35 * lettersIn(width / least.width, height / least.height), least));
  }

  setBox([x, y, width, height]) {
    this.boxed = [x, y, width, height];
    const { clientWidth, clientHeight } = this.drawing;
    this.drawing.style.setProperty(
      "--letters",
      lettersIn(width / (clientWidth || width), height / (clientHeight || height)).toFixed(2),
    );
    this.drawing.setAttribute("viewBox", this.boxed.map((number) => number.toFixed(1)).join(" "));
  }

  async open(key) {
    this.tellNode(key);
    if (this.opened.has(key)) return;
    this.opened.add(key);
    const more = await get("network", { about: key, max_nodes: AROUND }, { signal: this.signal }).catch(() => null);
    if (!more) return;
    const keep = new Set(this.nodes.keys());
    this.take(more);
    // Meetings among those who were there and those who came.
    const fresh = [...this.nodes.keys()].filter((each) => !keep.has(each)).length;
    this.following = true;
    this.refresh();
    this.tellNode(key, fresh);
  }

  tellNode(key, fresh) {
    const node = this.nodes.get(key);
    if (!node) return;
    this.chosen = key;
    const edges = this.shown.edges.filter((edge) => edge.source === key || edge.target === key);
    put(
      this.told,
      h("h2", {}, link(node)),
      h(
        "p",
        { class: "facts" },
        `${count(node.degree, "other")} in all, ${edges.length} shown`,
        fresh !== undefined && `; ${fresh} new`,
      ),
      !this.opened.has(key) && h("button", { type: "button", onclick: () => this.open(key) }, "Open: all around it"),
      this.others(key, edges),
    );
    for (const { node: each, mark } of this.marks) mark.classList.toggle("chosen", each.id === key);
    const near = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
    for (const { edge, line } of this.lines) line.classList.toggle("near", edge.source === key || edge.target === key);
    for (const { node: each, mark } of this.marks) mark.classList.toggle("far", near.size > 0 && !near.has(each.id));
  }

  /** Those with whom a node has most meetings, each with the way to these. */
  others(key, edges) {
    const other = (edge) => this.nodes.get(edge.source === key ? edge.target : edge.source);
    const most = [...edges].sort((a, b) => b.weight - a.weight).slice(0, OTHERS);
    return h(
      "ul",
      { class: "others-met" },
      most.map((edge) =>
        h(
          "li",
          {},
          link(other(edge)),
          h(
            "button",
            { type: "button", class: "quiet", onclick: () => this.tellEdge(edge) },
            count(edge.weight, "meeting"),
          ),
        ),
      ),
    );
  }

  async tellEdge(edge) {
    const names = [edge.source, edge.target].map((key) => this.nodes.get(key));
    const keys = new Set(edge.meetings.map((meeting) => meeting.key));
    const page = await get(
      "meetings",
      { about: `${edge.source},${edge.target}`, limit: 100 },
      { signal: this.signal },
    ).catch(() => null);
    if (!page) return;
    put(
      this.told,
      h("h2", {}, link(names[0]), " and ", link(names[1])),
      h(
        "ul",
        { class: "lines" },
        page.items.filter((meeting) => keys.has(meeting.key)).map((meeting) => meetingLine(meeting)),
      ),
    );
  }

  fillList() {
    if (!this.list.open || !this.shown) return;
    const rows = [...this.shown.edges].sort((a, b) => b.weight - a.weight);
    put(
      this.list.lastChild,
      h(
        "ul",
        { class: "lines" },
        rows.slice(0, 300).map((edge) =>
          h(
            "li",
            { class: "line" },
            link(this.nodes.get(edge.source)),
            " and ",
            link(this.nodes.get(edge.target)),
            " ",
            h(
              "button",
              {
                type: "button",
                class: "quiet",
                onclick: () => {
                  this.tellEdge(edge);
                  this.told.scrollIntoView({ block: "nearest" });
                },
              },
              count(edge.weight, "meeting"),
            ),
          ),
        ),
      ),
    );
  }

  /** Dragging nodes and the whole; the wheel (with Ctrl) and pinching make larger and smaller. */
  listen() {
    this.drawing.addEventListener("keydown", (event) => this.onKey(event));
    const point = (event) => {
      const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.drawing.getScreenCTM().inverse());
      return [place.x, place.y];
    };
    let held = null;
    this.drawing.addEventListener("pointerdown", (event) => {
      const mark = event.target.closest?.(".node");
      const [x, y] = point(event);
      held = { node: mark && this.layout.byId.get(mark.dataset.key), x, y, moved: false, key: mark?.dataset.key };
      if (!event.target.closest?.(".grip")) this.drawing.setPointerCapture(event.pointerId);
    });
    this.drawing.addEventListener("pointermove", (event) => {
      if (!held) return;
      const [x, y] = point(event);
      if (!held.moved && Math.hypot(x - held.x, y - held.y) < 4) return;
      held.moved = true;
      this.following = false;
      if (held.node) {
        Object.assign(held.node, { x, y, held: true });
        this.layout.warm();
        this.place();
        this.run();
      } else {
        const [left, top, width, height] = this.boxed;
        this.setBox([left - (x - held.x), top - (y - held.y), width, height]);
      }
    });
    const drop = () => {
      if (held?.node) held.node.held = false;
      if (held && !held.moved && held.key) this.open(held.key);
      held = null;
    };
    this.drawing.addEventListener("pointerup", drop);
    this.drawing.addEventListener("pointercancel", () => {
      held = null;
    });
    this.drawing.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        this.following = false;
        const [x, y] = point(event);
        const by = Math.exp(event.deltaY * 0.002);
        const [left, top, width, height] = this.boxed;
        this.setBox([x - (x - left) * by, y - (y - top) * by, width * by, height * by]);
      },
      { passive: false },
    );
  }

  save(format) {
    if (format === "dot") save("network.dot", "text/vnd.graphviz", dotOf(this.shown, this.nodes));
    else save("network.svg", "image/svg+xml", svgFile(this.drawing, this.layout.box(60, { width: 400, height: 300 })));
  }
}
