// Results as a graph: triples of CONSTRUCT, or rows of which two columns are resources.

import { s } from "/assets/dom.js";
import { stillNetwork } from "/assets/still.js";

const MOST = 400;

/** A plugin of the results' view; names are shortened by the base. */
export const GraphResult = (base) =>
  class {
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
      const short = (term) =>
        (term.type === "uri"
          ? term.value
              .replace(base, "")
              .replace(/^.*[/#]/, "")
              .replaceAll("-", " ")
          : term.value
        ).slice(0, 40);
      const nodes = new Map();
      for (const { from, to } of edges) for (const term of [from, to]) nodes.set(term.value, term);
      const points = [...nodes].map(([id, term]) => {
        const path = term.type === "uri" && term.value.startsWith(base) ? term.value.slice(base.length) : "";
        return { id, name: short(term), kind: path.split("/")[0], href: path && `/${path}`, radius: 7 };
      });
      const links = edges.map(({ from, to, by }) => ({
        source: from.value,
        target: to.value,
        weight: 1,
        width: 1.4,
        held: true,
        name: by && short(by),
        shown: by && edges.length < 60,
      }));
      const label = `${nodes.size} nodes and ${edges.length} edges`;
      const drawing = stillNetwork(points, links, { label, least: { width: 760, height: 480 } });
      drawing.classList.add("graph-result");
      this.yasr.resultsEl.append(drawing);
    }

    getIcon() {
      return s(
        "svg",
        { viewBox: "0 0 24 24", width: 18, height: 18, "aria-hidden": "true" },
        s("path", { d: "M6 7 L17 5 M6 8 L12 18 M17 6 L13 18", stroke: "currentColor", fill: "none" }),
        s("circle", { cx: 6, cy: 7, r: 3, fill: "currentColor" }),
        s("circle", { cx: 17, cy: 5, r: 3, fill: "currentColor" }),
        s("circle", { cx: 12, cy: 18, r: 3, fill: "currentColor" }),
      );
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
      if (resource(row.subject) && resource(row.object))
        edges.push({ from: row.subject, by: row.predicate, to: row.object });
      continue;
    }
    const ends = Object.values(row).filter(resource);
    if (ends.length > 1 && ends[0].value !== ends[1].value) edges.push({ from: ends[0], to: ends[1] });
  }
  return edges;
}
