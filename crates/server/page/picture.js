// Taking a picture of a network along: as DOT for Graphviz, or as an SVG file that needs no style sheet.

/** Offers a text as a file. */
export function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

const quoted = (text) => `"${String(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", " ")}"`;

/** An undirected graph in DOT: the thickness of an edge is the number of its meetings, dashed are those that were not held. */
export function dotOf({ nodes, edges }, names) {
  const shapes = { person: "ellipse", organization: "box", place: "hexagon" };
  const lines = nodes.map(
    (node) => `  ${quoted(node.key)} [label=${quoted(node.name)}, shape=${shapes[node.kind] ?? "ellipse"}];`,
  );
  for (const edge of edges) {
    const held = edge.meetings.some((meeting) => meeting.status === "held" || meeting.status === "ongoing");
    const tip = `${names.get(edge.source).name} and ${names.get(edge.target).name}: ${edge.weight}`;
    lines.push(
      `  ${quoted(edge.source)} -- ${quoted(edge.target)} [penwidth=${(1 + Math.log2(edge.weight)).toFixed(1)}, style=${held ? "solid" : "dashed"}, tooltip=${quoted(tip)}];`,
    );
  }
  return `graph network {\n  layout=sfdp; overlap=prism; splines=true;\n  node [fontname="sans-serif", fontsize=11];\n${lines.join("\n")}\n}\n`;
}

const KEPT = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "font-size",
  "font-weight",
  "text-anchor",
  "paint-order",
  "opacity",
];

/** The drawing with its colours in it. */
export function svgFile(drawing, [x, y, width, height]) {
  const copy = drawing.cloneNode(true);
  const live = [...drawing.querySelectorAll("*")];
  [...copy.querySelectorAll("*")].forEach((node, at) => {
    const style = getComputedStyle(live[at]);
    for (const name of KEPT) {
      const value = style.getPropertyValue(name);
      if (value && node.tagName !== "title") node.setAttribute(name, value);
    }
    for (const name of ["class", "tabindex", "role", "aria-label", "data-key"]) node.removeAttribute(name);
  });
  copy.querySelectorAll('[stroke-opacity="0"]').forEach((node) => node.remove());
  for (const name of [...copy.getAttributeNames()]) copy.removeAttribute(name);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", [x, y, width, height].map((number) => number.toFixed(1)).join(" "));
  copy.setAttribute("font-family", "sans-serif");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}
