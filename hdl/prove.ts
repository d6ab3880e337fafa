import { compile } from "./compile.ts";
import type { Diagnostic } from "./diagnostics/index.ts";
import type { Module } from "./language/index.ts";
import type {
  EquivalenceOptions,
  EquivalenceReport,
  ProofReport,
  ProofTask,
  ProofTaskReport,
  ProveOptions,
} from "./prove/index.ts";

/** What makes proofs is loaded when one is asked for: who only writes Verilog need not wait for it. */
const prover = () => import("./prove/index.ts");

/**
 * Builds a module and proves its assertions with Yosys: `const report = await prove(new Counter({ limit: 9 }))`.
 * @throws DesignError for faults of the design, ToolError when a program is missing or the design cannot be proven
 */
export async function prove(module: Module, options: ProveOptions = {}): Promise<ProofReport> {
  const design = compile(module);
  return (await prover()).proveDesign(design, options);
}

/**
 * Whether two modules with the same ports have the same outputs in every run from reset, where registers without a reset
 * value and memories begin at 0: `(await equivalent(new Fast({}), new Plain({}))).status`.
 * @throws DesignError for faults of a design, ToolError for different ports, several clocks or a missing program
 */
export async function equivalent(
  first: Module,
  second: Module,
  options: EquivalenceOptions = {},
): Promise<EquivalenceReport> {
  const designs = [compile(first), compile(second)] as const;
  return (await prover()).equivalentDesigns(...designs, options);
}

/** How a task is done. */
export interface ProofTaskOptions extends ProveOptions {
  /** Told of each warning about a design; unless given, they go where Node's warnings go. */
  readonly onWarning?: ((warning: Diagnostic) => void) | undefined;
}

/**
 * Makes the proof of a task. `options` win over what the task says.
 * @throws as `prove` and `equivalent`
 */
export async function runProofTask(
  task: ProofTask,
  { onWarning, ...options }: ProofTaskOptions = {},
): Promise<ProofTaskReport> {
  const claim = task.claim ?? "always";
  const cycles = claim === "always" ? {} : { depth: claim.cycles };
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const all: ProveOptions = {
    induction: task.induction,
    engine: task.engine,
    ...cycles,
    covers: task.covers ?? false,
    ...given,
  };
  const { name, summary } = task;
  if (task.equalTo) {
    const designs = [compile(task.create(), onWarning), compile(task.equalTo(), onWarning)] as const;
    const { equivalentDesigns, showsClaim } = await prover();
    const equivalence = await equivalentDesigns(...designs, all);
    return { name, summary, good: showsClaim(claim, equivalence), equivalence };
  }
  const design = compile(task.create(), onWarning);
  const { proveDesign, showsClaim } = await prover();
  const proof = await proveDesign(design, all);
  const good = proof.properties.every((result) => result.kind === "cover" || showsClaim(claim, result));
  return { name, summary, good, proof };
}
