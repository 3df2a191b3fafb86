// Building the page. Whatever comes from articles becomes a text node or the value of an attribute that cannot run:
// nothing here, and nothing elsewhere, parses a string as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** Only addresses that cannot run: on this server, or on the web. */
export function safeAddress(address) {
  const text = String(address);
  if (text.startsWith("/") && !text.startsWith("//")) return text;
  if (text.startsWith("#")) return text;
  return /^https?:\/\//i.test(text) ? text : null;
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "href") {
      const address = safeAddress(value);
      if (address !== null) node.setAttribute("href", address);
    } else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
  return node;
}

/** Adds nodes, and strings as text; leaves out what is nothing. */
export function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/** An HTML element. */
export const h = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);

/** An SVG element. */
export const s = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

/** Puts children in the place of all that is in a node. */
export const put = (node, ...children) => append((node.replaceChildren(), node), children);

let numbers = 0;
/** An id that no other element has. */
export const freshId = (stem) => `${stem}-${++numbers}`;
