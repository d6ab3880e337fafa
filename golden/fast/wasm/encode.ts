/** Bytes of WebAssembly: instructions, or a part of a module. */
export type Code = readonly number[];

/** LEB128 of a whole number from 0 to 2^32 − 1. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

/** Signed LEB128 of a whole number of 32 bits. */
export function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value | 0;
  // Done when what is left is the sign that the last byte already shows.
  while (rest < -64 || rest > 63) {
    bytes.push((rest & 127) | 128);
    rest >>= 7;
  }
  return [...bytes, rest & 127];
}

/** A string with its length in front. */
export function text(value: string): Code {
  const bytes = [...new TextEncoder().encode(value)];
  return [...unsigned(bytes.length), ...bytes];
}

/** A list with its count in front. */
export function list(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

/** A section of a module: its number, its size, its content. */
export function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content];
}
