// A force layout: nodes push each other away, edges pull, and everything is drawn towards the middle. Positions follow from
// the nodes' order alone, so that the same network is always drawn the same.

const PUSH = 24000;
const PULL = 0.11;
const MIDDLE = 0.029;
const COOLING = 0.985;
const STILL = 0.012;

/** A layout of nodes { id, x?, y? } and edges { source, target, weight } (ids). */
export class Layout {
  /** `aspect` is how much wider than high the drawing is: the middle draws more strongly along the shorter side. */
  constructor(aspect = 1) {
    const skew = Math.min(Math.max(aspect, 0.5), 2) ** 0.4;
    this.middle = { x: MIDDLE / skew, y: MIDDLE * skew };
    this.nodes = [];
    this.edges = [];
    this.heat = 0;
    this.push = PUSH;
    this.byId = new Map();
  }

  /** Takes other nodes and edges; those that were there before stay where they are. New ones begin beside a neighbour. */
  update(nodes, edges) {
    const before = this.byId;
    this.byId = new Map();
    this.edges = edges;
    const neighbour = new Map(),
      degree = new Map();
    for (const { source, target } of edges) {
      for (const end of [source, target]) degree.set(end, (degree.get(end) ?? 0) + 1);
      if (before.has(source)) neighbour.set(target, before.get(source));
      if (before.has(target)) neighbour.set(source, before.get(target));
    }
    this.nodes = nodes.map((node, at) => {
      const old = before.get(node.id);
      const near = neighbour.get(node.id) ?? { x: 0, y: 0 };
      // Sunflower seeds: no two begin at one place.
      const angle = at * 2.399963,
        far = 26 * Math.sqrt(at + 1);
      const placed = old ?? { x: near.x + far * Math.cos(angle), y: near.y + far * Math.sin(angle) };
      const kept = {
        ...node,
        x: placed.x,
        y: placed.y,
        dx: 0,
        dy: 0,
        held: old?.held ?? false,
        degree: degree.get(node.id) ?? 0,
      };
      this.byId.set(node.id, kept);
      return kept;
    });
    // The more of them hold together, the more room each needs.
    this.push = PUSH * (1 + Math.min(edges.length / Math.max(nodes.length, 1) / 6, 2));
    this.heat = 1;
  }

  /** One step; whether anything still moves. */
  step() {
    if (this.heat < STILL) return false;
    const { nodes, edges, byId } = this;
    for (let one = 0; one < nodes.length; one += 1) {
      const a = nodes[one];
      for (let other = one + 1; other < nodes.length; other += 1) {
        const b = nodes[other];
        let x = a.x - b.x,
          y = a.y - b.y;
        const square = Math.max(x * x + y * y, 60);
        const push = this.push / square / Math.sqrt(square);
        x *= push;
        y *= push;
        a.dx += x;
        a.dy += y;
        b.dx -= x;
        b.dy -= y;
      }
    }
    for (const { source, target, weight } of edges) {
      const a = byId.get(source),
        b = byId.get(target);
      // Who has many edges is not torn about by each of them.
      const strength = PULL / Math.max(1, Math.min(a.degree, b.degree) - 2) ** 0.85;
      const x = b.x - a.x,
        y = b.y - a.y,
        length = Math.hypot(x, y) || 1;
      const wish = 92 + a.radius + b.radius;
      const pull = (strength * Math.min(1 + Math.log(weight), 3) * (length - wish)) / length;
      a.dx += x * pull;
      a.dy += y * pull;
      b.dx -= x * pull;
      b.dy -= y * pull;
    }
    for (const node of nodes) {
      node.dx -= node.x * this.middle.x;
      node.dy -= node.y * this.middle.y;
      if (!node.held) {
        const most = 24 * this.heat + 2,
          length = Math.hypot(node.dx, node.dy) || 1;
        const far = Math.min(length, most) * Math.max(this.heat, 0.2);
        node.x += (node.dx / length) * far;
        node.y += (node.dy / length) * far;
      }
      node.dx *= 0.5;
      node.dy *= 0.5;
    }
    this.heat *= COOLING;
    return true;
  }

  /** Moves on after a node was dragged. */
  warm(heat = 0.3) {
    this.heat = Math.max(this.heat, heat);
  }

  /** The box that holds all nodes with a margin, and is at least so wide and high: [x, y, width, height]. */
  box(margin, least) {
    if (!this.nodes.length) return [-least.width / 2, -least.height / 2, least.width, least.height];
    const xs = this.nodes.map((node) => node.x),
      ys = this.nodes.map((node) => node.y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    // A few nodes are not blown up to fill the window.
    const width = Math.max(right - left + 2 * margin, least.width),
      height = Math.max(bottom - top + 2 * margin, least.height);
    return [(left + right - width) / 2, (top + bottom - height) / 2, width, height];
  }
}
