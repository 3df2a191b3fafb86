// N3.js: OUT DATASET FILE…  (see ../main.rs for what a reader is asked to do)
const fs = require("fs");
const path = require("path");
const { Parser, Writer } = require("n3");

const formats = { ".ttl": "text/turtle", ".nt": "N-Triples", ".nq": "N-Quads", ".trig": "application/trig" };

const [out, , ...files] = process.argv.slice(2);
for (const file of files) {
  const quads = new Parser({ format: formats[path.extname(file)] }).parse(fs.readFileSync(file, "utf8"));
  const writer = new Writer({ format: "N-Quads" });
  writer.addQuads(quads);
  writer.end((error, text) => {
    if (error) throw error;
    fs.writeFileSync(path.join(out, path.basename(file) + ".nq"), text);
  });
}
