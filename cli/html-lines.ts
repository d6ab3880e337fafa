import { escapeHtml } from "./html-page.ts";
import { coordinate, niceTicks, tickText } from "./html-scale.ts";

/** A line through points; one point alone is drawn as a level across the plot. */
export interface LineSeries {
  readonly label: string;
  readonly colour: string;
  /** The pattern of dashes, as SVG writes it; empty for a solid line. */
  readonly dash: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

const width = 520;
const height = 270;
const left = 52;
const right = 16;
const top = 12;
const bottom = height - 40;

/**
 * Lines over a logarithmic axis of powers of two.
 * @param xs the places on the axis, ascending
 */
export function linesSvg(series: readonly LineSeries[], xs: readonly number[], xTitle: string, yTitle: string): string {
  const values = series.flatMap(({ points }) => points.map(({ y }) => y)).filter(Number.isFinite);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const margin = Math.max((most - least) * 0.08, 0.5);
  const [low, high] = [least - margin, most + margin];
  const [first = 1, last = 2] = [xs[0], xs.at(-1)];
  const span = Math.log2(last / first) || 1;
  const x = (value: number): number => left + ((width - left - right) * Math.log2(value / first)) / span;
  const y = (value: number): number => bottom - ((bottom - top) * (value - low)) / (high - low);
  const parts: string[] = [];
  for (const tick of values.length > 0 ? niceTicks(low, high, 6) : []) {
    const at = coordinate(y(tick));
    parts.push(
      `<line x1="${left}" x2="${width - right}" y1="${at}" y2="${at}" stroke="var(--grid)"/>`,
      `<text x="${left - 8}" y="${Number(at) + 4}" text-anchor="end">${tickText(tick)}</text>`,
    );
  }
  for (const place of xs) {
    parts.push(`<text x="${coordinate(x(place))}" y="${bottom + 16}" text-anchor="middle">${place}</text>`);
  }
  parts.push(
    `<line x1="${left}" x2="${width - right}" y1="${bottom}" y2="${bottom}" stroke="var(--line)"/>`,
    `<text x="${width - right}" y="${bottom + 33}" text-anchor="end">${escapeHtml(xTitle)}</text>`,
    `<text x="${left - 44}" y="${bottom + 33}">${escapeHtml(yTitle)}</text>`,
  );
  for (const one of series) parts.push(lineSvg(one));
  return `<svg class="plot" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(`${yTitle} against ${xTitle}`)}">${parts.join("")}</svg>`;

  function lineSvg({ colour, dash: pattern, label, points }: LineSeries): string {
    const finite = points.filter((point) => Number.isFinite(point.y));
    const [only] = finite;
    if (!only) return "";
    const dash = pattern === "" ? "" : ` stroke-dasharray="${pattern}"`;
    if (points.length === 1) {
      const at = coordinate(y(only.y));
      const line = `<line x1="${left}" x2="${width - right}" y1="${at}" y2="${at}" stroke="${colour}" stroke-width="1.5" opacity="0.75"${dash}/>`;
      const dot = `<circle cx="${coordinate(x(only.x))}" cy="${at}" r="4" fill="${colour}"/>`;
      return `<g><title>${escapeHtml(label)}</title>${line}${Number.isFinite(only.x) && only.x >= first ? dot : ""}</g>`;
    }
    const path = finite.map((point) => `${coordinate(x(point.x))},${coordinate(y(point.y))}`).join(" ");
    const dots = finite.map(
      (point) =>
        `<circle cx="${coordinate(x(point.x))}" cy="${coordinate(y(point.y))}" r="3" fill="${colour}"><title>${escapeHtml(`${label}, ${point.x}: ${point.y.toFixed(2)} dB`)}</title></circle>`,
    );
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"${dash}/>${dots.join("")}`;
  }
}
