import type { Diagnostic, Source } from "../diagnostics/index.ts";
import type { Design, ModuleNetlist } from "../ir/index.ts";

interface Named {
  readonly name: string;
  readonly source: Source | undefined;
}

/** Pairs of names that are the same when capitals do not count. */
function alike(things: readonly Named[]): [Named, Named][] {
  const first = new Map<string, Named>();
  const pairs: [Named, Named][] = [];
  for (const thing of things) {
    const key = thing.name.toLowerCase();
    const other = first.get(key);
    if (!other) first.set(key, thing);
    else if (other.name !== thing.name) pairs.push([other, thing]);
  }
  return pairs;
}

function warning([first, second]: [Named, Named], what: string, module: string | undefined, why: string): Diagnostic {
  return {
    code: "LS0403",
    severity: "warning",
    message: `${what} \`${second.name}\` and \`${first.name}\` differ only in capitals`,
    signal: second.name,
    module,
    places: [first, second].flatMap(({ source }, i) =>
      source ? [{ source, note: i === 0 ? "one here" : "the other here" }] : [],
    ),
    hint: `rename one of the two: ${why}`,
  };
}

function declarations(module: ModuleNetlist): Named[] {
  const { ports, wires, registers, memories, instances } = module;
  return [
    ...ports,
    ...wires.map(({ name, node }) => ({ name, source: node.source })),
    ...registers,
    ...memories,
    ...instances,
  ].map(({ name, source }) => ({ name, source }));
}

/** Names in a module, and names of modules, that differ only in capitals (LS0403). */
export function checkLetterCase(design: Design): Diagnostic[] {
  const inModules = design.modules.flatMap((module) =>
    alike(declarations(module)).map((pair) =>
      warning(pair, "the names", module.name, "VHDL and many tools take them for the same"),
    ),
  );
  const ofModules = alike(design.modules.map(({ name, source }) => ({ name, source }))).map((pair) =>
    warning(pair, "the modules", undefined, "their files would be one on a disk that ignores capitals"),
  );
  return [...inModules, ...ofModules];
}
