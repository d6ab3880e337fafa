import { compile } from "./compile.ts";
import type { Module } from "./language/index.ts";
import { type Bench, createBench, type EngineOptions, startEngine } from "./simulate/index.ts";

/**
 * Builds a module and starts a simulator on it, in this process unless told otherwise:
 * `const bench = await simulate(new Counter({}))`, then `bench.in.enable = 1; bench.step(); bench.out.count`.
 * @throws DesignError for faults of the design, ToolError when an asked-for simulator is missing.
 */
export async function simulate<M extends Module>(
  module: M,
  options: Omit<EngineOptions, "files"> = {},
): Promise<Bench<M>> {
  const design = compile(module);
  return createBench<M>(design, await startEngine(design, options));
}
