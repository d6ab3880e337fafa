import type { ClipRange } from "./clip-range.ts";
import { escapeHtml } from "./html-page.ts";
import { coordinate, niceTicks, tickText } from "./html-scale.ts";
import { formatShort } from "./quantize-report.ts";
import type { TensorProfile } from "./tensor-profile.ts";

/** Where one format clips, to be shown under a histogram. */
export interface ClipMark {
  readonly label: string;
  readonly colour: string;
  readonly range: ClipRange;
}

const width = 520;
const left = 46;
const right = 14;
const top = 10;
const plotHeight = 150;
const rowHeight = 19;

/**
 * The magnitudes of a tensor as a histogram with a logarithmic count, and under it, on the same axis, a line per format
 * from where the lowest twentieth of its vectors clips to where the highest does, with a mark at the median. A format
 * that clips in one place gets a line through the histogram.
 */
export function histogramSvg(profile: TensorProfile, marks: readonly ClipMark[]): string {
  const labelWidth =
    marks.length > 1 ? Math.min(150, 12 + 6.2 * Math.max(0, ...marks.map(({ label }) => label.length))) : 0;
  const start = Math.max(left, labelWidth);
  const plotWidth = width - start - right;
  const largest = Math.max(profile.largest, ...marks.map(({ range }) => range.high)) || 1;
  const x = (value: number): number => start + (plotWidth * Math.min(value, largest)) / largest;
  const decades = Math.max(1, Math.log10(Math.max(1, ...profile.histogram)));
  const bottom = top + plotHeight;
  const y = (count: number): number =>
    bottom - (count < 1 ? 0 : (plotHeight * (Math.log10(count) + 0.25)) / (decades + 0.25));
  const axisY = bottom + marks.length * rowHeight + (marks.length > 0 ? 8 : 0);
  const height = axisY + 34;

  const parts: string[] = [];
  for (let decade = 0; decade <= decades; decade++) {
    const at = coordinate(y(10 ** decade));
    parts.push(`<line x1="${start}" x2="${width - right}" y1="${at}" y2="${at}" stroke="var(--grid)"/>`);
    if (decades < 5 || decade % 2 === 0) {
      parts.push(`<text x="${start - 6}" y="${Number(at) + 4}" text-anchor="end">${decadeText(decade)}</text>`);
    }
  }
  for (const tick of niceTicks(0, largest, 6)) {
    const at = coordinate(x(tick));
    parts.push(
      `<line x1="${at}" x2="${at}" y1="${bottom}" y2="${axisY}" stroke="var(--grid)"/>`,
      `<text x="${at}" y="${axisY + 14}" text-anchor="middle">${tickText(tick)}</text>`,
    );
  }
  parts.push(`<path d="${outline(profile, x, y, bottom)}" fill="var(--fill)"/>`);
  parts.push(`<line x1="${start}" x2="${width - right}" y1="${axisY}" y2="${axisY}" stroke="var(--line)"/>`);
  parts.push(`<text x="${width - right}" y="${axisY + 30}" text-anchor="end">magnitude</text>`);
  for (const [i, mark] of marks.entries()) parts.push(markSvg(mark, bottom + 8 + (i + 0.5) * rowHeight));
  return `<svg class="plot" viewBox="0 0 ${width} ${height}" role="img" aria-label="histogram of magnitudes">${parts.join("")}</svg>`;

  function markSvg({ colour, label, range }: ClipMark, rowY: number): string {
    const { high, low, median } = range;
    const [from, middle, to] = [x(low), x(median), x(high)].map(coordinate);
    const single = high - low <= largest / 200;
    const title = single
      ? `${label}: clips at ${formatShort(median)}`
      : `${label}: clips at ${formatShort(low)} to ${formatShort(high)}, half of the vectors below ${formatShort(median)}`;
    const place = single
      ? `<line x1="${middle}" x2="${middle}" y1="${top}" y2="${bottom}" stroke="${colour}" stroke-width="1.5" stroke-dasharray="4 3"/>`
      : `<line x1="${from}" x2="${to}" y1="${rowY}" y2="${rowY}" stroke="${colour}" stroke-width="6" stroke-linecap="round" opacity="0.45"/>`;
    const text =
      labelWidth > 0
        ? `<text class="v" x="${start - 8}" y="${rowY + 4}" text-anchor="end">${escapeHtml(label)}</text>`
        : "";
    return `<g><title>${escapeHtml(title)}</title>${place}<circle cx="${middle}" cy="${rowY}" r="4.5" fill="${colour}"/>${text}</g>`;
  }
}

function outline(
  { histogram, largest }: TensorProfile,
  x: (value: number) => number,
  y: (count: number) => number,
  bottom: number,
): string {
  const steps = histogram.map((count, i) => {
    const to = coordinate(x((largest * (i + 1)) / histogram.length));
    return `V${coordinate(y(count))}H${to}`;
  });
  return `M${coordinate(x(0))} ${bottom}${steps.join("")}V${bottom}Z`;
}

function decadeText(decade: number): string {
  if (decade < 4) return String(10 ** decade);
  return `1e${decade}`;
}
