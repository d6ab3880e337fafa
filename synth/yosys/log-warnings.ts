import { plainNames } from "../../hdl/tools/yosys/yosys-error.ts";

/** How the message on a combinational loop begins. */
export const LOOP = "combinational loop in ";

/**
 * What Yosys warned of, each once, in order: the text after `Warning:`, with the indented lines that go with it joined
 * by `; `; of a combinational loop its wires. Inferred latches are among them, though Yosys only mentions those.
 */
export function warningsOf(log: string): readonly string[] {
  const found = new Set<string>();
  let open: string[] | undefined;
  const close = (): void => {
    if (open !== undefined) found.add(messageOf(open));
    open = undefined;
  };
  for (const line of log.split("\n")) {
    if (open?.[0]?.endsWith(":") && /^\s+\S/.test(line)) {
      open.push(line.trim());
      continue;
    }
    close();
    // ABC's own remarks are about its network, not about the design.
    if (line.startsWith("ABC:")) continue;
    const warning = /(?:^|: )Warning: (.*)$/.exec(line);
    if (warning !== null) {
      // The place in the source stands before the word, when there is one.
      const place = line.slice(0, line.indexOf("Warning: "));
      open = [place + (warning[1] ?? "")];
    }
    const latch = /^Latch inferred for signal (\S+) from process/.exec(line);
    if (latch !== null) open = [`latch inferred for ${latch[1]}`];
  }
  close();
  return [...found];
}

function messageOf(lines: readonly string[]): string {
  const [head = "", ...details] = lines;
  const loop = /^found logic loop in module (\S+):$/.exec(head)?.[1];
  if (loop === undefined) return plainNames(`${head}${details.length > 0 ? ` ${details.join("; ")}` : ""}`);
  const wires = details.flatMap((line) => /^wire \\?([^\s$]+(?: \[\d+\])?)/.exec(line)?.[1]?.replace(" ", "") ?? []);
  const shown = wires.slice(0, 6).join(", ") + (wires.length > 6 ? ", ..." : "");
  return `${LOOP}${plainNames(loop)}${shown === "" ? "" : ` through ${shown}`}`;
}
