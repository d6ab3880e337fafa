// Which parts of a joined file come from which source, so that whoever reads a stack can tell the files apart without
// reading the far larger source map.
import { SourceMap } from "node:module";
import { dirname, join, relative, resolve } from "node:path";

/**
 * The sources that a file was joined from: each goes on from its offset, in characters, to that of the next. Each is
 * named by where it would lie in the tree, as a path from the joined file's folder.
 * @param {string} text of the joined file
 * @param {string} map the file's source map
 * @param {string} file where it lies, below `tree`
 * @param {string} tree the folder of the joined files
 * @param {string} root the folder of the sources
 * @returns {{ offsets: number[], sources: string[] }}
 */
export function joinedSources(text, map, file, tree, root) {
  const positions = new SourceMap(JSON.parse(map));
  const [offsets, sources] = [[], []];
  let last;
  let offset = 0;
  text.split("\n").forEach((line, i) => {
    const { originalSource, generatedLine } = positions.findEntry(i, Number.MAX_SAFE_INTEGER);
    if (generatedLine === i && originalSource !== last) {
      last = originalSource;
      const place = join(tree, relative(root, resolve(dirname(file), originalSource)).replace(/\.ts$/, ".js"));
      offsets.push(offset);
      sources.push(relative(dirname(file), place));
    }
    offset += line.length + 1;
  });
  return { offsets, sources };
}
