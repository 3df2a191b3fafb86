// Comunica: BASE  (see ../clients.rs for what a client is asked to print)
const { QueryEngine } = require("@comunica/query-sparql-file");

const prefix = "PREFIX dm: <https://w3id.org/demarche#> ";
const engine = new QueryEngine();

async function main(base) {
  const endpoint = base + "query";
  // Told what the source is, then left to find out by the service description, then told again.
  for (const source of [{ type: "sparql", value: endpoint }, endpoint, { type: "sparql", value: base + "sparql" }]) {
    const at = { sources: [source] };
    const rows = await (await engine.queryBindings(prefix + "SELECT ?a ?b { ?a dm:met ?b }", at)).toArray();
    const yes = await engine.queryBoolean(prefix + "ASK { ?a dm:met ?b }", at);
    const triples = await (await engine.queryQuads(prefix + "CONSTRUCT { ?a dm:met ?b } { ?a dm:met ?b }", at)).toArray();
    console.log(rows.length, yes ? "True" : "False", triples.length);
  }
  const file = { sources: [base + "store?default"] };
  console.log((await (await engine.queryBindings("SELECT * { ?s ?p ?o }", file)).toArray()).length);
}

main(process.argv[2]);
