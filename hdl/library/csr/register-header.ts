import { fieldSuffixes, registerPrefix, registerSuffixes, upperCase } from "./c-names.ts";
import { bitsOf, hexadecimal, maskOf, type RegisterMap } from "./layout.ts";

/** Text in a comment: the end of one would end it. */
function comment(text: string): string {
  return `/* ${text
    .replaceAll("*/", "* /")
    .replaceAll("/*", "/ *")
    .replaceAll(/\s*\n\s*/g, " ")} */`;
}

/**
 * A register map as a header for C: the offset and the reset value of every register, the shift and the mask of every
 * field, as macros. `TIMER_CONTROL_ENABLE_MASK` is in place, not shifted down.
 */
export function registerHeader(map: RegisterMap): string {
  const guard = `${upperCase(map.name)}_REGISTERS_H`;
  const wide = map.dataBits > 32 ? "ull" : "u";
  const word = (value: bigint): string => `${hexadecimal(value, map.dataBits / 4)}${wide}`;
  const [offsetSuffix, resetSuffix] = registerSuffixes;
  const [shiftSuffix, maskSuffix] = fieldSuffixes;
  const about = map.description === "" ? "" : `: ${map.description}`;
  const lines = [comment(`Registers of ${map.name}${about}`), "", `#ifndef ${guard}`, `#define ${guard}`];
  for (const { name, offset, description, reset, fields } of map.registers) {
    const prefix = registerPrefix(map.name, name);
    lines.push("", comment(description === "" ? name : `${name}: ${description}`));
    const macros: [string, string][] = [
      [`${prefix}_${offsetSuffix}`, `${hexadecimal(offset)}u`],
      [`${prefix}_${resetSuffix}`, word(reset)],
    ];
    lines.push(...macros.map(([macro, value]) => `#define ${macro} ${value}`));
    for (const field of fields) {
      const base = `${prefix}_${upperCase(field.name)}`;
      const about = field.description === "" ? "" : `: ${field.description}`;
      lines.push(
        comment(`bits ${bitsOf(field)}, ${field.access}${about}`),
        `#define ${base}_${shiftSuffix} ${field.low}`,
        `#define ${base}_${maskSuffix} ${word(maskOf(field))}`,
      );
    }
  }
  lines.push("", `#endif ${comment(guard)}`);
  return `${lines.join("\n")}\n`;
}
