import { type Design, designOf, type ModuleNetlist } from "../index.ts";
import { type RandomModuleOptions, randomModule } from "./random-module.ts";
import { RandomSource } from "./random-source.ts";

/** How large a random design is and what it may contain. */
export interface RandomNetlistOptions {
  /** Operators of the top module; children have a third of it. Default 60. */
  readonly operators?: number;
  /** Widths are 1 .. `maxWidth`; from 40 (the default) on, now and then 65 to 100. */
  readonly maxWidth?: number;
  readonly registers?: boolean;
  readonly wires?: boolean;
  readonly memories?: boolean;
  readonly instances?: boolean;
  readonly vecPorts?: boolean;
  /** Give every register a reset value, so that a four-state simulator knows it after reset. Default false. */
  readonly alwaysReset?: boolean;
  /**
   * Give each module a clock domain of a random kind (edge, reset, level, names) and a second one, and memories masks and
   * contents. Default false: one rising clock, plain memories.
   */
  readonly domains?: boolean;
  /**
   * Let modules share the name of their class as after elaboration: some are equal, some differ. Default false: every
   * module has its own name, as after deduplication.
   */
  readonly repeatedClasses?: boolean;
}

/**
 * A valid random design without combinational loops; the same seed and options give the same design. All kinds of
 * nodes, signed and unsigned, registers with and without reset, memories with write ports, vector ports, children and
 * grandchildren (some used twice), each of which an option can leave out.
 */
export function randomNetlist(seed: number, options: RandomNetlistOptions = {}): Design {
  const random = new RandomSource(seed);
  const full: RandomModuleOptions = {
    operators: options.operators ?? 60,
    maxWidth: options.maxWidth ?? 40,
    registers: options.registers ?? true,
    wires: options.wires ?? true,
    memories: options.memories ?? true,
    instances: options.instances ?? true,
    vecPorts: options.vecPorts ?? true,
    alwaysReset: options.alwaysReset ?? false,
    domains: options.domains ?? false,
  };
  const children: ModuleNetlist[] = [];
  if (full.instances) {
    const childOptions = { ...full, operators: Math.max(1, Math.floor(full.operators / 3)) };
    for (let i = random.int(1, 3); i > 0; i--) {
      const name = options.repeatedClasses ? "Child" : `Child${children.length}`;
      const childSeed = random.next();
      const grandchildren = random.chance(0.5) ? [...children] : [];
      const make = (): ModuleNetlist => randomModule(new RandomSource(childSeed), name, grandchildren, childOptions);
      children.push(make());
      if (options.repeatedClasses && random.chance(0.7)) children.push(make());
    }
  }
  return designOf(randomModule(random, "Top", children, full));
}
