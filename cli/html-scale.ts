/** Round numbers from 0 or `from` to `to`, about `count` of them, a step of 1, 2 or 5 times a power of ten apart. */
export function niceTicks(from: number, to: number, count: number): number[] {
  const span = to - from;
  if (!(span > 0)) return [from];
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= raw * 0.999) ?? 10);
  const ticks: number[] = [];
  // Multiples, not sums: sums gather errors.
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++)
    ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

/** A number on an axis. */
export function tickText(value: number): string {
  if (value === 0) return "0";
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-3 && magnitude < 1e5) return String(Number(value.toPrecision(6)));
  return value.toExponential().replace("e+", "e");
}

/** A coordinate of a drawing: two decimals are finer than any screen. */
export function coordinate(value: number): string {
  return String(Math.round(value * 100) / 100);
}
