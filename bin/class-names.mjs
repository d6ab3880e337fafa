// Joining files renames classes that have the same name, or that name themselves; a class's name is also that of the
// module in Verilog. esbuild can keep all names, but then every function that another makes is given its name each time.
import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";

/**
 * The text of a joined file with every class named as in its source. Lines stay where they are.
 * @param {string} text of the joined file
 * @param {string} map its source map
 * @param {string} file where it lies
 * @param {(path: string) => readonly string[]} linesOf the lines of a source
 * @returns {string}
 */
export function keepClassNames(text, map, file, linesOf) {
  let positions;
  const lines = text.split("\n").map((line, i) => {
    const made = /^\s*(?:var (\w+) = )?class(?: (\w+))?(?: extends [^{]+)? \{/.exec(line);
    if (made === null) return line;
    positions ??= new SourceMap(JSON.parse(map));
    const { generatedLine, originalSource, originalLine } = positions.findEntry(i, line.indexOf("class"));
    // A line of a long text that looks like a class.
    if (generatedLine !== i) return line;
    const own = /\bclass (\w+)/.exec(linesOf(resolve(dirname(file), originalSource))[originalLine])?.[1];
    if (own === undefined || own === (made[2] ?? made[1])) return line;
    return `${made[0]} static { Object.defineProperty(this, "name", { value: "${own}" }); }${line.slice(made[0].length)}`;
  });
  return lines.join("\n");
}
