import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { distanceTable, quantizerDistances } from "./quantizer-distance.ts";

const page = fileURLToPath(new URL("../docs/quantizer.md", import.meta.url));
const marked = /(<!-- distance[^>]*-->\n\n)[\s\S]*?(\n\n<!-- end of distance -->)/;
const text = readFileSync(page, "utf8");
if (!marked.test(text)) throw new Error("docs/quantizer.md has lost the marks of its table");
writeFileSync(`${page}.new`, text.replace(marked, `$1${distanceTable(quantizerDistances())}$2`));
renameSync(`${page}.new`, page);
