import type { Diagnostic, Source } from "../diagnostics/index.ts";
import type { Elaboration, ModuleContext } from "./context.ts";

/** Where the stack ends with fewer modules inside each other than this, something else has used it up. */
const fewestLevels = 100;

/** How many modules of the chain are told where none is met twice. */
const mostNames = 4;

/** `Node (depth: 3)`: a module with its parameters, as far as they are short. */
function describeModule({ moduleName, params }: ModuleContext): string {
  const given = Object.entries(params).flatMap(([name, value]) =>
    typeof value === "number" || typeof value === "string" || typeof value === "boolean" ? [`${name}: ${value}`] : [],
  );
  return given.length === 0 ? moduleName : `${moduleName} (${given.join(", ")})`;
}

/** The modules from the top to the first one that is put in place where another one was before. */
function firstRound(deepest: ModuleContext): ModuleContext[] {
  const chain: ModuleContext[] = [];
  for (let context: ModuleContext | undefined = deepest; context; context = context.parent) chain.push(context);
  chain.reverse();
  const placed = new Set<Source>();
  const again = chain.findIndex(({ source }) => source && (placed.has(source) || !placed.add(source)));
  return chain.slice(0, again < 0 ? mostNames : again + 1);
}

/**
 * What to tell (LS0325) when modules made instances of each other until the stack was full; undefined when the error is
 * another one. Only the beginning is told, which is the same however large the stack is.
 */
export function endlessInstances(error: unknown, { deepest }: Elaboration): readonly Diagnostic[] | undefined {
  const isFull = error instanceof RangeError && /call stack/i.test(error.message);
  if (!isFull || !deepest || deepest.depth < fewestLevels) return undefined;
  const round = firstRound(deepest);
  const sources = new Set(round.flatMap(({ source }) => source ?? []));
  const diagnostic: Diagnostic = {
    code: "LS0325",
    severity: "error",
    message: `instances nest without end, or too deep for the stack: ${round.map(describeModule).join(" > ")} > …`,
    module: round[0]!.moduleName,
    places: [...sources].map((source) => ({ source, note: "put in place here" })),
    hint: "make the instance under a JavaScript if, by a parameter that changes from module to module",
  };
  return [diagnostic];
}
