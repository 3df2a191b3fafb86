// A network that stands still: laid out before it is shown.

import { s } from "/assets/dom.js";
import { Layout } from "/assets/force.js";

const STEPS = 320;

/** How much larger letters are than the rest of a drawing that was made smaller: they shrink less than it does. */
export const lettersIn = (across, down) => Math.min(Math.max(across, down, 1), 2.2);

/**
 * Nodes { id, name, kind, href, radius } and edges { source, target, weight, width, held, name, shown }: what has an address
 * leads there, and an edge's name is shown beside it where it says so.
 */
export function stillNetwork(nodes, edges, { label, least }) {
  const layout = new Layout(least.width / least.height);
  layout.update(nodes, edges);
  for (let step = 0; step < STEPS && layout.step(); step += 1);
  const lines = edges.map((edge) => {
    const [a, b] = [layout.byId.get(edge.source), layout.byId.get(edge.target)];
    const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    return s(
      "g",
      {},
      s(
        "line",
        { class: edge.held ? "edge held" : "edge", x1: a.x, y1: a.y, x2: b.x, y2: b.y, "stroke-width": edge.width },
        s("title", {}, edge.name),
      ),
      edge.shown && s("text", { class: "by", ...middle, "font-size": 9, "text-anchor": "middle" }, edge.name),
    );
  });
  const marks = layout.nodes.map((node) => {
    const drawn = [
      s("title", {}, node.name),
      s("circle", { r: node.radius }),
      s("text", { y: node.radius + 12 }, node.name),
    ];
    const transform = `translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})`;
    return s("g", { class: `node ${node.kind}`, transform }, node.href ? s("a", { href: node.href }, drawn) : drawn);
  });
  const box = layout.box(60, least);
  const drawing = s(
    "svg",
    {
      class: "network still",
      viewBox: box.map((number) => number.toFixed(1)).join(" "),
      role: "group",
      "aria-label": label,
    },
    lines,
    marks,
  );
  drawing.style.setProperty("--letters", lettersIn(box[2] / least.width, box[3] / least.height).toFixed(2));
  return drawing;
}
