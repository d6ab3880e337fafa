import type { ModuleNetlist, RegisterDefinition } from "../ir/index.ts";
import type { AlwaysBlock, Statement, VerilogSymbol } from "./ast.ts";
import { identifier } from "./ast.ts";
import type { Scope } from "./scope.ts";

/** The registers that share an `always` block: one group, all with a reset value or all without. */
export function registerGroups(module: ModuleNetlist): RegisterDefinition[][] {
  const groups = new Map<string, RegisterDefinition[]>();
  for (const register of module.registers) {
    const key = `${register.group} ${register.reset === undefined}`;
    const group = groups.get(key);
    if (group) group.push(register);
    else groups.set(key, [register]);
  }
  return [...groups.values()];
}

/** The `always` block of a group whose next values are lowered. One assignment a register: a mux, no `if (enable)`. */
export function lowerRegisters(
  scope: Scope,
  group: readonly RegisterDefinition[],
  symbols: ReadonlyMap<RegisterDefinition, VerilogSymbol>,
  clock: VerilogSymbol,
  reset: VerilogSymbol,
): AlwaysBlock {
  const steps: Statement[] = [];
  const resets: Statement[] = [];
  for (const register of group) {
    const target = identifier(symbols.get(register)!);
    const next = scope.root(scope.valueOf(register.next)).expression;
    steps.push({ kind: "nonblocking", target, value: next });
    if (register.reset === undefined) continue;
    const { width, signed } = register.node;
    const { expression } = scope.literal({ kind: "constant", value: register.reset, width, signed });
    resets.push({ kind: "nonblocking", target, value: expression });
  }
  const body: Statement[] =
    resets.length === 0 ? steps : [{ kind: "if", condition: identifier(reset), whenTrue: resets, whenFalse: steps }];
  return { kind: "always", clock, body, comment: scope.commentFor(group[0]!.source) };
}
