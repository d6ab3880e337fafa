const width = 20;

/** How much is done, as text: `[#####               ] 25 %`. */
export function progressBar(done: number, total: number): string {
  const share = Math.min(1, done / Math.max(1, total));
  const marks = Math.floor(share * width);
  return `[${"#".repeat(marks)}${" ".repeat(width - marks)}] ${Math.floor(100 * share)} %`;
}
