// Comunica: OUT DATASET FILE…  (see ../main.rs for what a reader is asked to do)
const fs = require("fs");
const path = require("path");
const { DataFactory, Writer } = require("n3");
const { QueryEngine } = require("@comunica/query-sparql-file");

const everything = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }";
const engine = new QueryEngine();
const of = (file) => ({ sources: [{ type: "file", value: path.resolve(file) }] });

async function read(file) {
  const writer = new Writer({ format: "N-Quads" });
  for await (const row of await engine.queryBindings(everything, of(file))) {
    writer.addQuad(row.get("s"), row.get("p"), row.get("o"), row.get("g") ?? DataFactory.defaultGraph());
  }
  return new Promise((resolve) => writer.end((_, text) => resolve(text)));
}

async function ask(query, dataset) {
  const answer = await engine.query(query, of(dataset));
  const { data } = await engine.resultToString(answer, "application/sparql-results+json");
  let text = "";
  for await (const chunk of data) text += chunk;
  const { head, results } = JSON.parse(text); // Comunica adds figures of its own
  return JSON.stringify({ head, results });
}

async function main([out, dataset, ...files]) {
  for (const file of files) {
    const name = path.join(out, path.basename(file));
    if (file.endsWith(".rq")) {
      fs.writeFileSync(name.replace(/rq$/, "json"), await ask(fs.readFileSync(file, "utf8"), dataset));
    } else {
      fs.writeFileSync(name + ".nq", await read(file));
    }
  }
}

main(process.argv.slice(2));
