import {
  type Design,
  type ModuleNetlist,
  type NumberedNodes,
  numberNodes,
  verifyModule,
  verifyModuleList,
} from "../ir/index.ts";
import { deduplicate, mapModules } from "./deduplicate.ts";
import { fold } from "./fold.ts";
import { narrow } from "./narrow.ts";
import { remove } from "./remove.ts";
import { share } from "./share.ts";

/** How the passes are run. */
export interface OptimizeOptions {
  /** Verify the netlist after every pass. Default true. */
  readonly verify?: boolean;
}

/**
 * The passes over one module, in the order in which they run. Equal nodes become one before each loses the bits that its
 * own users do not need, after which they would be equal no more.
 */
const passes: readonly ((module: ModuleNetlist, numbered: NumberedNodes) => ModuleNetlist)[] = [
  remove,
  fold,
  share,
  narrow,
];

/** Most modules are done after two or three rounds; the bound keeps the time linear should rules feed each other. */
const maxRounds = 12;

/**
 * The same design, smaller: equal modules once and under unique names, constants folded, no bit computed that nobody
 * uses, no value computed twice, nothing without an effect on an output. Ports stay as they are.
 * @throws Error when a pass left an invalid netlist (a mistake in Lodestone).
 */
export function optimize(design: Design, options: OptimizeOptions = {}): Design {
  const verify = options.verify ?? true;
  const distinct = deduplicate(design);
  if (verify) verifyModuleList(distinct);
  const result = mapModules(distinct, ({ current }) => optimizeModule(current, verify));
  if (verify) verifyModuleList(result);
  return result;
}

function optimizeModule(module: ModuleNetlist, verify: boolean): ModuleNetlist {
  let current = module;
  let numbered = numberNodes(current);
  if (verify) verifyModule(current, numbered);
  // How many passes in a row have left the module as it is.
  let idle = 0;
  for (let i = 0; i < maxRounds * passes.length && idle < passes.length; i++) {
    const next = passes[i % passes.length]!(current, numbered);
    if (next === current) {
      idle++;
      continue;
    }
    idle = 0;
    current = next;
    numbered = numberNodes(current);
    if (verify) verifyModule(current, numbered);
  }
  return current;
}
