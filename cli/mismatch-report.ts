import { formatTable } from "./table.ts";

/** An output that was not what it should be. */
interface Mismatch {
  readonly cycle: number;
  readonly signal: string;
  readonly expected: number | bigint;
  readonly found: number | bigint;
}

/** The first mismatches of a simulation as a table, and how many more there are. */
export function formatMismatches(mismatches: readonly Mismatch[], mismatched: number): string {
  const table = formatTable(
    [
      { title: "  cycle", align: "right" },
      { title: "signal" },
      { title: "expected", align: "right" },
      { title: "found", align: "right" },
    ],
    mismatches.map(({ cycle, signal, expected, found }) => [String(cycle), signal, String(expected), String(found)]),
  );
  const more = mismatched - mismatches.length;
  return more > 0 ? `${table}\n  and ${more} more` : table;
}
