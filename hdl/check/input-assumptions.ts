import { clockingOf, type Design, type Node, operandsOf, type PropertyDefinition, propertiesOf } from "../ir/index.ts";
import { openInstances, type PlacedModule } from "./placed-module.ts";

/** An assumption in one place of the hierarchy. */
export interface PlacedAssumption {
  readonly property: PropertyDefinition;
  readonly scope: PlacedModule;
  /** Names of the instances around it, the top first. */
  readonly path: readonly string[];
}

/**
 * The assumptions that only the surroundings of a design can keep: those of its top, and those of modules below it whose
 * signals are inputs of the top, connected as they are. Of any other it is the design that has to see to it.
 */
export function inputAssumptions(design: Design): PlacedAssumption[] {
  return openInstances(design, clockingOf(design)).flatMap((scope) =>
    propertiesOf(scope.module)
      .filter(({ kind }) => kind === "assume")
      .filter(({ condition }) => scope.parent === undefined || isAboutInputs(scope, condition))
      .map((property) => ({ property, scope, path: pathOf(scope) })),
  );
}

function pathOf({ module, parent, instance }: PlacedModule): string[] {
  return parent === undefined ? [module.name] : [...pathOf(parent), instance!.name];
}

/** Whether the signals that an assumption reads now, rather than remembers, are all inputs of the top. */
function isAboutInputs(scope: PlacedModule, condition: Node): boolean {
  const seen = new Set<Node>();
  const waiting = [condition];
  let read = 0;
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === "register" && scope.registers.get(node.id)!.latch === undefined) continue;
    const operands = node.kind === "wire" ? [scope.wires.get(node.id)!.driver] : operandsOf(node);
    waiting.push(...operands);
    if (operands.length > 0 || node.kind === "constant") continue;
    if (!isStraight(scope, node)) return false;
    read++;
  }
  return read > 0;
}

/** Kinds of nodes that only pass bits on. */
const wiring: ReadonlySet<Node["kind"]> = new Set<Node["kind"]>(["slice", "concat", "cast", "extend"]);

/** Whether a value is nothing but inputs of the top, or bits of them. */
function isStraight(scope: PlacedModule, node: Node): boolean {
  if (node.kind === "wire") return isStraight(scope, scope.wires.get(node.id)!.driver);
  if (node.kind === "input") {
    const { parent, instance } = scope;
    if (parent === undefined) return true;
    const driver = instance!.inputs.get(node.port)?.[node.element];
    return driver !== undefined && isStraight(parent, driver);
  }
  return wiring.has(node.kind) && operandsOf(node).every((operand) => isStraight(scope, operand));
}
