/** `frameBits`, `frame_bits` and `FrameBits` all become `FRAME_BITS`. */
export function upperCase(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toUpperCase();
}

/** The beginning of a register's names in C: `TIMER_CONTROL`. */
export function registerPrefix(map: string, register: string): string {
  return `${upperCase(map)}_${upperCase(register)}`;
}

/** What follows the prefix of a register, and that of a field. */
export const registerSuffixes = ["OFFSET", "RESET"] as const;
export const fieldSuffixes = ["SHIFT", "MASK"] as const;
