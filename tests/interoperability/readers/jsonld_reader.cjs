// jsonld.js: OUT DATASET FILE…  (see ../main.rs for what a reader is asked to do)
const fs = require("fs");
const path = require("path");
const jsonld = require("jsonld");

async function main([out, , ...files]) {
  for (const file of files) {
    const document = JSON.parse(fs.readFileSync(file, "utf8"));
    const quads = await jsonld.toRDF(document, { format: "application/n-quads", safe: true });
    fs.writeFileSync(path.join(out, path.basename(file) + ".nq"), quads);
  }
}

main(process.argv.slice(2));
