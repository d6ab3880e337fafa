import { type Design, type ModuleNetlist, propertiesOf } from "../../ir/index.ts";
import { dutName } from "./bench-names.ts";
import type { EmittedFile } from "./emitted-file.ts";

/** A cover somewhere in the design, and what counts it. */
export interface CoverCounter {
  /** What the user wrote. */
  readonly name: string;
  /** Names of the instances around it, the top module first. */
  readonly path: readonly string[];
  /** The register that counts, as the bench refers to it: `dut.inner.cover_three_count`. */
  readonly register: string;
}

/**
 * The covers of a design in the order of the engine in this process: children first. Undefined when it has some that the
 * Verilog does not count, since it was not emitted from the design.
 */
export function coverCountersOf(design: Design, files: readonly EmittedFile[]): CoverCounter[] | undefined {
  const countersOf = new Map(files.map(({ module, counters }) => [module, counters]));
  const found: CoverCounter[] = [];
  let complete = true;
  const visit = (module: ModuleNetlist, path: readonly string[]): void => {
    if (module.external !== undefined) return;
    for (const { name, module: child } of module.instances) visit(child, [...path, name]);
    for (const { kind, name, message } of propertiesOf(module)) {
      if (kind !== "cover") continue;
      const counter = countersOf.get(module.name)?.get(name);
      if (counter === undefined) complete = false;
      else found.push({ name: message, path, register: [dutName, ...path.slice(1), counter].join(".") });
    }
  };
  visit(design.top, [design.top.name]);
  return complete ? found : undefined;
}
