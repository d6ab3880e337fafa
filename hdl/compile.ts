import type { Diagnostic } from "./diagnostics/index.ts";
import { elaborate } from "./elaborate.ts";
import type { Design } from "./ir/index.ts";
import type { Module } from "./language/index.ts";
import { optimize } from "./transform/index.ts";

/** `elaborate`, then folding, sharing, dead-code removal and one copy of identical modules: what back ends take. */
export function compile(module: Module, onWarning?: (warning: Diagnostic) => void): Design {
  return optimize(elaborate(module, onWarning));
}
