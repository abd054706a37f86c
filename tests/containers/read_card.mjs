// Prints, as JSON, what a YAML 1.2 reader finds in the front matter of each README.md that is named. The first argument is the
// folder of the packages.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [, , packages, ...paths] = process.argv;
const { parse } = createRequire(`${packages}/`)("yaml");
for (const path of paths) {
  const [, block] = readFileSync(path, "utf8").match(/^---\n([\s\S]*?)\n---\n/);
  console.log(JSON.stringify(parse(block, { version: "1.2", strict: true })));
}
