import type { Source } from "../../diagnostics/index.ts";
import type { ModuleContext } from "../context.ts";

/** Complains (LS0122) of a shift to the right by a number that leaves no bit. */
export function reportNothingLeft(
  context: ModuleContext,
  operator: string,
  count: number,
  { width, signed }: { width: number; signed: boolean },
): void {
  context.report(
    "LS0122",
    `${operator}(${count}) of a value with ${width} bit${width === 1 ? "" : "s"} leaves none`,
    signed
      ? `shift by at most ${width - 1}, which leaves the sign: beyond that nothing changes`
      : `shift by at most ${width - 1}; if 0 is meant, write 0`,
  );
}

/** Warns (LS0123) of a shift to the left by a number after which only zeros are left. */
export function reportOnlyZeros(context: ModuleContext, count: number, width: number, source: Source): void {
  context.report(
    "LS0123",
    `shiftLeftWrap(${count}) of a value with ${width} bit${width === 1 ? "" : "s"} is always 0`,
    "shiftLeft() keeps every bit; if 0 is meant, write 0",
    { places: [{ source, note: "shifted here" }] },
  );
}

/** What to do about a count of bits that an operator cannot take. */
export function countHint(operator: string): string {
  if (operator === "extend") return "to drop bits use wrap(), saturate() or truncate()";
  if (/^(shift|rotate)/.test(operator)) {
    const other = operator.includes("Left")
      ? operator.replace(/Left(Wrap)?/, "Right")
      : operator.replace(/Right(Keep)?/, "Left");
    return `give a whole number; the other way goes ${other}()`;
  }
  if (operator.startsWith("round")) return "at least one bit is kept; extend() the value first to drop more";
  return "to add bits use extend(); resize() does either";
}
