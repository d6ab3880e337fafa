// Stack traces that name the TypeScript and not the JavaScript made from it. Source maps are read when a position in
// their file is asked for, and not before: Node's own --enable-source-maps reads them all at the start.
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Makes stack traces of files below `tree` show the positions of their sources.
 * @param {string} tree a folder of JavaScript with a source map beside each file
 */
export function showSourcePositions(tree) {
  const maps = new Map();

  function mapOf(file) {
    let map = maps.get(file);
    if (map === undefined) {
      try {
        map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, "utf8")));
      } catch {
        map = null;
      }
      maps.set(file, map);
    }
    return map;
  }

  function placeOf(site) {
    const name = site.getFileName();
    const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
    if (!name || !line || !column) return undefined;
    const file = name.startsWith("file:") ? fileURLToPath(name) : name;
    if (!file.startsWith(tree)) return undefined;
    const entry = mapOf(file)?.findEntry(line - 1, column - 1);
    if (entry?.originalSource === undefined) return undefined;
    const source = resolve(dirname(file), entry.originalSource);
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  }

  // Node's own way, which knows the source maps of files that tsx has translated.
  const usual = Error.prepareStackTrace;
  const usualText = (site) => {
    const line =
      typeof usual === "function"
        ? String(usual(new Error(), [site]))
            .split("\n")
            .at(-1)
        : "";
    return /^\s*at (.*)$/.exec(line)?.[1] ?? String(site);
  };

  Error.prepareStackTrace = (error, sites) => {
    const lines = sites.map((site) => {
      const text = String(site);
      const place = placeOf(site);
      if (place === undefined) return usualText(site);
      const named = /^(.*) \(.*\)$/.exec(text);
      return named ? `${named[1]} (${place})` : place;
    });
    return [String(error), ...lines.map((line) => `    at ${line}`)].join("\n");
  };
}
