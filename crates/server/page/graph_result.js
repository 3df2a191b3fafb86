// Results as a graph: triples of CONSTRUCT, or rows of which two columns are resources.

import { s } from "/assets/dom.js";
import { Layout } from "/assets/force.js";

const MOST = 400;

/** A plugin of the results' view; names are shortened by the base. */
export const GraphResult = (base) => class {
  priority = 5;
  label = "Graph";

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    return edgesOf(this.yasr.results).length > 0;
  }

  draw() {
    const edges = edgesOf(this.yasr.results).slice(0, MOST);
    const short = (term) => (term.type === "uri" ? term.value.replace(base, "").replace(/^.*[/#]/, "").replaceAll("-", " ") : term.value).slice(0, 40);
    const nodes = new Map();
    for (const { from, to } of edges) for (const term of [from, to]) nodes.set(term.value, term);
    const layout = new Layout();
    layout.update([...nodes.keys()].map((id) => ({ id, radius: 7 })), edges.map(({ from, to }) => ({ source: from.value, target: to.value, weight: 1 })));
    for (let step = 0; step < 320 && layout.step(); step += 1);
    const place = (id) => layout.byId.get(id);
    const lines = edges.map(({ from, to, by }) => {
      const [a, b] = [place(from.value), place(to.value)];
      return s("g", {}, s("line", { class: "edge held", x1: a.x, y1: a.y, x2: b.x, y2: b.y, "stroke-width": 1.4 }, by && s("title", {}, short(by))),
        by && edges.length < 60 && s("text", { class: "by", x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, "font-size": 9, "text-anchor": "middle" }, short(by)));
    });
    const marks = layout.nodes.map((node) => {
      const term = nodes.get(node.id);
      const ours = term.type === "uri" && term.value.startsWith(base);
      const kind = ours ? term.value.slice(base.length).split("/")[0] : "";
      const drawn = [s("title", {}, node.id), s("circle", { r: node.radius }), s("text", { y: node.radius + 12 }, short(term))];
      const group = s("g", { class: `node ${kind}`, transform: `translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})` }, ours ? s("a", { href: `/${term.value.slice(base.length)}` }, drawn) : drawn);
      return group;
    });
    const drawing = s("svg", { class: "network graph-result", viewBox: layout.box(60, { width: 760, height: 480 }).map((number) => number.toFixed(1)).join(" "), role: "img", "aria-label": `${nodes.size} nodes and ${edges.length} edges` }, lines, marks);
    this.yasr.resultsEl.append(drawing);
  }

  getIcon() {
    return s("svg", { viewBox: "0 0 24 24", width: 18, height: 18, "aria-hidden": "true" }, s("path", { d: "M6 7 L17 5 M6 8 L12 18 M17 6 L13 18", stroke: "currentColor", fill: "none" }),
      s("circle", { cx: 6, cy: 7, r: 3, fill: "currentColor" }), s("circle", { cx: 17, cy: 5, r: 3, fill: "currentColor" }), s("circle", { cx: 12, cy: 18, r: 3, fill: "currentColor" }));
  }
};

/** Edges between resources: of triples subject and object, of rows the first two columns that hold resources. */
function edgesOf(results) {
  const bindings = results?.getBindings?.() ?? [];
  const edges = [];
  const triples = bindings.length > 0 && bindings[0].subject && bindings[0].predicate && bindings[0].object;
  const resource = (term) => term && (term.type === "uri" || term.type === "bnode");
  for (const row of bindings) {
    if (triples) {
      if (resource(row.subject) && resource(row.object)) edges.push({ from: row.subject, by: row.predicate, to: row.object });
      continue;
    }
    const ends = Object.values(row).filter(resource);
    if (ends.length > 1 && ends[0].value !== ends[1].value) edges.push({ from: ends[0], to: ends[1] });
  }
  return edges;
}
