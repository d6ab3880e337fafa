import { cast, concat, constant, type Node, type RegisterDefinition, slice } from "../ir/index.ts";
import type { AssignStep, Step } from "./register-step.ts";
import { withoutCasts } from "./step-finder.ts";

/** More values for neighbouring bits than these are written as one concatenation. */
const mostPieces = 4;

/** The node of two that stand side by side, where one says both: numbers, touching bits of one value. */
function joined(high: Node, low: Node): Node | undefined {
  const width = high.width + low.width;
  if (high.kind === "constant" && low.kind === "constant") {
    const value = (BigInt.asUintN(high.width, high.value) << BigInt(low.width)) | BigInt.asUintN(low.width, low.value);
    return constant(value, width, false);
  }
  if (high.kind !== "slice" || low.kind !== "slice" || high.operand !== low.operand || high.low !== low.high + 1) {
    return undefined;
  }
  const { operand } = high;
  return width === operand.width ? withoutCasts(operand) : slice(operand, high.high, low.low, high);
}

/** The assignments of neighbouring bits, the highest first, as few as say it well. */
function joinRun(run: readonly AssignStep[]): AssignStep[] {
  const pieces: AssignStep[] = [];
  for (const piece of run) {
    const last = pieces.at(-1);
    const node = last && joined(withoutCasts(last.node), withoutCasts(piece.node));
    if (last && node) pieces[pieces.length - 1] = { ...last, low: piece.low, node };
    else pieces.push(piece);
  }
  if (pieces.length <= mostPieces) return pieces.reverse();
  const [first] = pieces;
  const node = concat(pieces.map((piece) => piece.node));
  return [{ ...first!, low: pieces.at(-1)!.low, node }];
}

/** The assignments to bits of one register that stand in one block, neighbours joined; the lowest first. */
function joinBits(assigns: readonly AssignStep[]): AssignStep[] {
  const runs: AssignStep[][] = [];
  for (const assign of [...assigns].sort((a, b) => b.high - a.high)) {
    const run = runs.at(-1);
    const above = run?.at(-1);
    if (run && above?.low === assign.high + 1) run.push(assign);
    else runs.push([assign]);
  }
  return runs
    .reverse()
    .flatMap(joinRun)
    .map((each) => {
      const { width, signed } = each.register.node;
      const { node } = each;
      return node.width === width && signed !== node.signed ? { ...each, node: cast(node, signed) } : each;
    });
}

/** Steps of one block in which assignments to neighbouring bits of a register have become one, where that reads better. */
export function joinAssigns(steps: readonly Step[]): readonly Step[] {
  const lists = new Map<RegisterDefinition, AssignStep[]>();
  for (const step of steps) {
    if (step.kind !== "assign" || step.high - step.low + 1 === step.register.node.width) continue;
    const list = lists.get(step.register);
    if (list) list.push(step);
    else lists.set(step.register, [step]);
  }
  if (lists.size === 0) return steps;
  return steps.flatMap((step) => {
    const list = step.kind === "assign" ? lists.get(step.register) : undefined;
    if (list === undefined || !list.includes(step as AssignStep)) return [step];
    return list[0] === step ? joinBits(list) : [];
  });
}
