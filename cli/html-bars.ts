import { escapeHtml } from "./html-page.ts";
import { coordinate, niceTicks, tickText } from "./html-scale.ts";

/** A bar: its value, what the row is called, and what is written at its end. */
export interface Bar {
  readonly label: string;
  /** Not finite: no bar, only the text. */
  readonly value: number;
  readonly text: string;
  readonly colour: string;
  /** Shown when the pointer rests on it. */
  readonly title: string;
}

const width = 520;
const rowHeight = 22;
const top = 4;

/** Horizontal bars from 0, one per row, on one axis. */
export function barsSvg(bars: readonly Bar[], unit: string): string {
  const longest = Math.max(0, ...bars.map(({ label }) => label.length));
  const start = Math.min(230, Math.max(60, 14 + 6.3 * longest));
  const plotWidth = width - start - 54;
  const finite = bars.map(({ value }) => value).filter(Number.isFinite);
  const from = Math.min(0, ...finite);
  const to = Math.max(0, ...finite) || 1;
  const x = (value: number): number => start + (plotWidth * (value - from)) / (to - from);
  const axisY = top + bars.length * rowHeight + 2;
  const parts = niceTicks(from, to, 5).map((tick) => {
    const at = coordinate(x(tick));
    return (
      `<line x1="${at}" x2="${at}" y1="${top}" y2="${axisY}" stroke="var(--grid)"/>` +
      `<text x="${at}" y="${axisY + 14}" text-anchor="middle">${tickText(tick)}</text>`
    );
  });
  for (const [i, { colour, label, text, title, value }] of bars.entries()) {
    const y = top + i * rowHeight;
    const end = Number.isFinite(value) ? x(value) : x(0);
    const [low, high] = [Math.min(x(0), end), Math.max(x(0), end)];
    parts.push(
      `<g><title>${escapeHtml(title)}</title>` +
        `<rect x="${coordinate(low)}" y="${y + 3}" width="${coordinate(Math.max(1, high - low))}" height="${rowHeight - 7}" rx="2.5" fill="${colour}"/>` +
        `<text class="v" x="${start - 8}" y="${y + 15}" text-anchor="end">${escapeHtml(cut(label))}</text>` +
        `<text class="v" x="${coordinate(high + 6)}" y="${y + 15}">${escapeHtml(text)}</text></g>`,
    );
  }
  parts.push(
    `<line x1="${coordinate(x(0))}" x2="${coordinate(x(0))}" y1="${top}" y2="${axisY}" stroke="var(--line)"/>`,
  );
  parts.push(`<text x="${width - 4}" y="${axisY + 14}" text-anchor="end">${escapeHtml(unit)}</text>`);
  return `<svg class="plot" viewBox="0 0 ${width} ${axisY + 20}" role="img" aria-label="bars of ${escapeHtml(unit)}">${parts.join("")}</svg>`;
}

function cut(label: string): string {
  return label.length > 34 ? `${label.slice(0, 14)}\u{2026}${label.slice(-18)}` : label;
}
