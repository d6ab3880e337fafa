import type { Lines } from "./encoded-lines.ts";

/** How many of data[from..to) are below `least` or above `most`. */
export function countOutside(data: Lines["data"], from: number, to: number, least: number, most: number): number {
  let outside = 0;
  for (let i = from; i < to; i++) {
    const value = data[i] ?? 0;
    if (value > most || value < least) outside++;
  }
  return outside;
}
