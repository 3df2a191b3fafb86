// The SPARQL editor: YASGUI with the named queries as examples, and results as a graph.

import { h, put } from "/assets/dom.js";
import { get } from "/assets/api.js";
import { arrived, setUpShell } from "/assets/shell.js";
import { GraphResult } from "/assets/graph_result.js";

setUpShell((address) => {
  location.href = address;
});
arrived(location.pathname);

const { Yasgui } = window;
const { prefixes, queries } = await get("queries");
const known = Object.fromEntries(prefixes.map(({ prefix, iri }) => [prefix, iri]));
const base = known.id;

/** The prefixes that a query uses, declared, so that it also runs elsewhere. */
function declared(sparql) {
  const used = prefixes.filter(
    ({ prefix }) =>
      new RegExp(`(^|[^\\w-])${prefix}:`, "m").test(sparql) && !new RegExp(`PREFIX\\s+${prefix}:`, "i").test(sparql),
  );
  return `${used.map(({ prefix, iri }) => `PREFIX ${prefix}: <${iri}>`).join("\n")}${used.length ? "\n" : ""}${sparql}`;
}

Yasgui.Yasr.registerPlugin("graph", GraphResult(base));
const first = queries.find((query) => query.name === "who-met-whom") ?? queries[0];
const endpoint = new URL("/sparql", location.href).href;
const yasgui = new Yasgui(document.getElementById("yasgui"), {
  requestConfig: { endpoint, method: "POST", headers: {} },
  copyEndpointOnNewTab: true,
  endpointCatalogueOptions: { getData: () => [] },
  autofocus: false,
  yasqe: { value: declared(first.sparql), autocompleters: ["variables"], resizeable: true },
  yasr: { pluginOrder: ["table", "graph", "response"], defaultPlugin: "table", prefixes: known },
});

const select = document.getElementById("named"),
  about = document.getElementById("about");
select.append(...queries.map((query) => h("option", { value: query.name }, query.name)));
select.addEventListener("change", () => {
  const query = queries.find(({ name }) => name === select.value);
  if (!query) return;
  put(about, query.about);
  const tab = yasgui.getTab() ?? yasgui.addTab(true);
  tab.getYasqe().setValue(declared(query.sparql));
  tab
    .getYasqe()
    .query()
    .catch(() => {});
});

// A query travels in the fragment of the address: the server never sees it before it is run.
const given = new URLSearchParams(location.hash.slice(1)).get("query");
if (given) {
  const tab = yasgui.getTab();
  tab.getYasqe().setValue(given);
  tab
    .getYasqe()
    .query()
    .catch(() => {});
}
document.getElementById("share").addEventListener("click", async () => {
  const address = new URL(location.href);
  address.hash = new URLSearchParams({ query: yasgui.getTab().getYasqe().getValue() }).toString();
  history.replaceState({}, "", address);
  const told = document.getElementById("shared");
  try {
    await navigator.clipboard.writeText(address.href);
    put(told, "The address is on the clipboard; it holds the query.");
  } catch {
    put(told, "The address of this page now holds the query: copy it from the address bar.");
  }
});
document.documentElement.dataset.ready = "yes";
