import { type Design, domainUses, type ModuleNetlist } from "../ir/index.ts";
import { deduplicate, withoutRangeChecks } from "../transform/index.ts";
import { coverCounters } from "./cover-counters.ts";
import { declaredNames, markHidden, wordsOf } from "./hidden-names.ts";
import { lowerModule } from "./lower-module.ts";
import type { PropertyStyle } from "./lower-properties.ts";
import { printModule } from "./printer.ts";
import { SourcePlaces } from "./source-place.ts";
import { VectorLoops } from "./vector-loops.ts";

/** The Verilog of one module. */
export interface EmittedFile {
  readonly module: string;
  /** `${module}.v`; of an external module's source the name that it has. */
  readonly fileName: string;
  /** Verilog-2005, ending in a line feed. */
  readonly text: string;
  /** Set for a source that an external module brings along: its text is somebody's own. */
  readonly external?: true | undefined;
  /** The registers that count covers in simulation, by the name of the cover's property; absent where there are none. */
  readonly counters?: ReadonlyMap<string, string> | undefined;
}

/** What the emitted text contains besides the design. */
export interface EmitOptions {
  /** Comments that name the TypeScript file and line; true when not given. */
  readonly sourceComments?: boolean | undefined;
  /**
   * How properties are written: `guarded` (the default) is hidden from synthesis, reports failures in simulation and is
   * assertions under `FORMAL`; `proof` is for the prover: assertions alone, with their names as labels, and below the top
   * every assumption is an assertion, since it is the parent that must meet it; a cover is the assertion that it never
   * happens.
   */
  readonly properties?: PropertyStyle | undefined;
  /**
   * Whether every register is declared on its own under its name, as those who look for it there want: true for a proof,
   * else false when not given. Otherwise a vector of registers of which signals choose elements is an array,
   * `counters[index]`, and a register with the name of an output port is that port.
   */
  readonly registersByName?: boolean | undefined;
}

/**
 * Writes a verified design, as `compile` or `inspect` gives it, as Verilog: one file for each distinct module, children
 * first, the top last; before them the sources of external modules as they are. The text depends on the design alone:
 * every process writes the same bytes.
 */
export function emitVerilog(given: Design, options: EmitOptions = {}): EmittedFile[] {
  const design = withoutRangeChecks(deduplicate(given));
  const places = options.sourceComments === false ? undefined : new SourcePlaces();
  const uses = domainUses(design);
  const emitted = emittedModules(design);
  const loops = new VectorLoops();
  const byName = options.registersByName ?? options.properties === "proof";
  const namesIn = new Map<string, ReadonlySet<string>>();
  for (const module of emitted) if (module.external) namesIn.set(module.name, wordsOf(module));
  // Parents first: they know what lies around their children.
  const lowered = design.modules
    .filter((module) => emitted.has(module) && !module.external)
    .reverse()
    .map((module) => {
      const writing = { style: options.properties ?? "guarded", top: module === design.top } as const;
      return lowerModule(module, uses, places, writing, loops, byName);
    });
  // Children first: their names are known to their parents.
  const written = lowered.reverse().map((module): EmittedFile => {
    const marked = markHidden(module, namesIn);
    if (module.name !== design.top.name) namesIn.set(module.name, declaredNames(marked));
    const file = { module: module.name, fileName: `${module.name}.v`, text: printModule(marked) };
    const counters = coverCounters(marked);
    return counters.size > 0 ? { ...file, counters } : file;
  });
  return [...externalFiles(design.modules.filter((module) => emitted.has(module))), ...written];
}

/** The modules that the Verilog has: all but those that only the models of external modules are made of. */
function emittedModules({ top }: Design): ReadonlySet<ModuleNetlist> {
  const emitted = new Set<ModuleNetlist>();
  const waiting = [top];
  for (let module = waiting.pop(); module; module = waiting.pop()) {
    if (emitted.has(module)) continue;
    emitted.add(module);
    if (!module.external) for (const instance of module.instances) waiting.push(instance.module);
  }
  return emitted;
}

/** The sources that external modules bring along, each once. */
function externalFiles(modules: readonly ModuleNetlist[]): EmittedFile[] {
  const files = new Map<string, EmittedFile>();
  for (const { name, external } of modules) {
    for (const { fileName, text } of external?.sources ?? []) {
      const key = `${fileName}\n${text}`;
      if (!files.has(key)) files.set(key, { module: name, fileName, text, external: true });
    }
  }
  return [...files.values()];
}
