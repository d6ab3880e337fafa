// biome-ignore lint/suspicious/noControlCharactersInRegex: ABC colours what it prints
const COLOUR = /\u001b\[[0-9;]*m/g;

/**
 * The delay in picoseconds of each module's own gates, out of the log of a script whose ABC commands end in `stime`. A
 * module without gates is not in the result.
 */
export function delaysOf(log: string): ReadonlyMap<string, number> {
  const delays = new Map<string, number>();
  let module: string | undefined;
  // ABC rewrites its progress line with carriage returns.
  for (const line of log.replace(COLOUR, "").split(/[\r\n]+/)) {
    module = /Extracting gate netlist of module `\\?([^']+)'/.exec(line)?.[1] ?? module;
    const delay = /Area =.*Delay =\s*([\d.]+) ps/.exec(line)?.[1];
    if (module !== undefined && delay !== undefined) delays.set(module, Number(delay));
  }
  return delays;
}
