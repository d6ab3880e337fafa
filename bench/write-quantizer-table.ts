import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { postProcessTable } from "./post-process-distance.ts";
import { distanceTable, quantizerDistances } from "./quantizer-distance.ts";

const page = fileURLToPath(new URL("../docs/quantizer.md", import.meta.url));

/** The page with a table in place of what stands between its marks. */
function withTable(text: string, name: string, table: string): string {
  const marked = new RegExp(`(<!-- ${name},[^>]*-->\\n\\n)[\\s\\S]*?(\\n\\n<!-- end of ${name} -->)`);
  if (!marked.test(text)) throw new Error(`docs/quantizer.md has lost the marks of its table "${name}"`);
  return text.replace(marked, (_, before: string, after: string) => `${before}${table}${after}`);
}

const first = withTable(readFileSync(page, "utf8"), "distance", distanceTable(quantizerDistances()));
writeFileSync(`${page}.new`, withTable(first, "rounding", postProcessTable()));
renameSync(`${page}.new`, page);
