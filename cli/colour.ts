/** What colour support needs to know of a stream. */
export interface ColourTarget {
  readonly isTTY?: boolean | undefined;
}

/** Wraps text in terminal colours, or returns it unchanged where colour is not wanted. */
export interface Palette {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
}

/**
 * Whether text for this stream may carry colour: only a terminal's, unless FORCE_COLOR (any value but 0) asks for it.
 * NO_COLOR (any value) turns it off; FORCE_COLOR wins over it, as in Node itself.
 */
export function wantsColour(stream: ColourTarget, environment: NodeJS.ProcessEnv = process.env): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = environment;
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  if (no !== undefined && no !== "") return false;
  return stream.isTTY === true && term !== "dumb";
}

/** The colours for a stream. */
export function palette(stream: ColourTarget = process.stdout, environment: NodeJS.ProcessEnv = process.env): Palette {
  const coloured = wantsColour(stream, environment);
  const paint = (on: number, off: number) => (text: string) =>
    coloured && text !== "" ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return { bold: paint(1, 22), dim: paint(2, 22), red: paint(31, 39), green: paint(32, 39), yellow: paint(33, 39) };
}
