import { stripVTControlCharacters } from "node:util";

/** One column of a table: its title and the side its cells keep to. */
export interface Column {
  readonly title: string;
  /** Numbers keep to the right, so that their digits line up. */
  readonly align?: "left" | "right";
}

/**
 * Lines of text in columns two spaces apart, the titles first. Colour codes take no room.
 * @param rows one cell per column; missing cells are empty
 */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const titles = columns.map(({ title }) => title);
  const lines = titles.every((title) => title === "") ? rows : [titles, ...rows];
  const widths = columns.map((_, i) => Math.max(0, ...lines.map((line) => visibleLength(line[i] ?? ""))));
  return lines
    .map((line) =>
      columns
        .map(({ align }, i) => {
          const cell = line[i] ?? "";
          const room = " ".repeat(Math.max(0, (widths[i] ?? 0) - visibleLength(cell)));
          return align === "right" ? room + cell : cell + room;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** `1234567` as `1,234,567`; fractions keep the given number of digits. */
export function formatNumber(value: number, fractionDigits = 0): string {
  // Not toLocaleString: its first call costs 20 ms.
  const [whole = "", fraction] = value.toFixed(fractionDigits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function visibleLength(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
