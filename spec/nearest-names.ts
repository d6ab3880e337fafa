/** Single-character insertions, deletions and replacements that turn `a` into `b` (Levenshtein), case ignored. */
function editDistance(a: string, b: string): number {
  const from = a.toLowerCase();
  const to = b.toLowerCase();
  let previous = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      row.push(Math.min(replace, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[to.length] ?? 0;
}

/** The known names, most like `wanted` first: those that contain it, then by edit distance; equals keep their order. */
export function nearestNames(wanted: string, known: readonly string[]): string[] {
  // A long wrong name must not make the comparison expensive: no known name is that long.
  const head = wanted.slice(0, 64);
  return known
    .map((name) => ({
      name,
      distance: head !== "" && name.toLowerCase().includes(head.toLowerCase()) ? 0 : editDistance(head, name),
    }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ name }) => name);
}
