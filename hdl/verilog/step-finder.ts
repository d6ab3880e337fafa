import type { MuxNode, Node, RegisterDefinition } from "../ir/index.ts";
import { type BitWrite, bitWriteOf } from "./bit-write.ts";
import { caseTestOf } from "./case-test.ts";
import type { Step } from "./register-step.ts";
import type { Uses } from "./uses.ts";

/** A longer chain of `if` and `else` stays an expression from here on: statements are nested by recursion. */
const depthLimit = 512;

type Subject = Node | string;

/** Bits of a register. */
export interface BitRange {
  readonly high: number;
  readonly low: number;
}

/** The node whose bits a node has, perhaps with another sign. */
export function withoutCasts(node: Node): Node {
  let inner = node;
  while (inner.kind === "cast") inner = inner.operand;
  return inner;
}

/**
 * Turns the next value of bits of one register into steps, where those read better than an expression: where it is a tree
 * of multiplexers that nothing else reads, and that keeps the bits as they are somewhere or asks for one value after
 * another of the same thing.
 */
export class StepFinder {
  readonly #register: RegisterDefinition;
  readonly #range: BitRange;
  readonly #uses: Uses;
  /** Values that become statements before those that assign to bits of them. */
  readonly #assignedTo = new Set<Node>();
  readonly #bases = new Map<Node, Node | undefined>();
  #hasHold = false;

  constructor(register: RegisterDefinition, range: BitRange, uses: Uses) {
    this.#register = register;
    this.#range = range;
    this.#uses = uses;
  }

  /** The steps that give the bits the value of `next`. */
  find(next: Node): readonly Step[] {
    const root = withoutCasts(next);
    // A multiplexer between data, without a hold, is an expression to a reader too.
    const worthwhile = (this.#isChoice(root) || this.#writeOf(root) !== undefined) && this.#readsWell(root);
    if (worthwhile) this.#hasHold = this.#readsWell(root, true);
    return worthwhile || this.isOwn(root) ? this.#visit(next, 0, undefined, undefined) : [this.#assign(next)];
  }

  /** Whether the node is what the bits hold already. */
  isOwn(node: Node): boolean {
    const { high, low } = this.#range;
    const { id, width } = this.#register.node;
    const isAll = high - low + 1 === width;
    if (!isAll && (node.kind !== "slice" || node.high !== high || node.low !== low)) return false;
    const whole = node.kind === "slice" && !isAll ? withoutCasts(node.operand) : node;
    return whole.kind === "register" && whole.id === id;
  }

  #assign(node: Node): Step {
    return { kind: "assign", register: this.#register, ...this.#range, node };
  }

  /** Whether nothing reads a node but the one place at which it becomes statements. */
  readonly #isAlone = (node: Node): boolean => this.#uses.countOf(node) === 1 || this.#assignedTo.has(node);

  #isChoice(node: Node): node is MuxNode {
    return node.kind === "mux" && this.#isAlone(node);
  }

  /** An assignment to bits that a signal chooses, where the range is the whole register. */
  #anyWriteOf(node: Node): BitWrite | undefined {
    if (node.width !== this.#register.node.width || !this.#isAlone(node)) return undefined;
    return bitWriteOf(node, this.#isAlone);
  }

  /** An assignment to bits; one of all ones or zeros only where the other bits are the register's or assigned to. */
  #writeOf(node: Node): BitWrite | undefined {
    const write = this.#anyWriteOf(node);
    return write && (!write.fixed || this.#readsWell(withoutCasts(write.base))) ? write : undefined;
  }

  /** The thing of which a choice asks whether it has a value, as does the one before it or the one after it. */
  #subjectOf({ condition, whenFalse }: MuxNode, before: Subject | undefined): Subject | undefined {
    const subject = caseTestOf(condition);
    if (subject === undefined || subject === before) return subject;
    const next = withoutCasts(whenFalse);
    return this.#isChoice(next) && caseTestOf(next.condition) === subject ? subject : undefined;
  }

  /**
   * What a value is before something else is assigned under conditions, `mux(c, x with bits, x)` or
   * `mux(c, mux(d, y, x), x)`: `x`, which only this reads. It becomes statements of its own.
   */
  #baseOf(root: Node): Node | undefined {
    if (this.#bases.has(root)) return this.#bases.get(root);
    const otherwise = root.kind === "mux" ? withoutCasts(root.whenFalse) : undefined;
    // Of one statement after the other, the first is what remains when no condition of the second holds.
    const isStatement = otherwise?.kind === "mux" && this.#uses.countOf(otherwise) > 1;
    let base: Node | undefined = isStatement ? otherwise : undefined;
    let leaves = 0;
    let writes = 0;
    let fits = true;
    const waiting = [{ node: root, depth: 0 }];
    for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
      const node = withoutCasts(entry.node);
      const depth = entry.depth + 1;
      const write = depth < depthLimit ? this.#anyWriteOf(node) : undefined;
      if (write) {
        writes++;
        waiting.push({ node: write.base, depth });
      } else if (depth < depthLimit && this.#isChoice(node)) {
        waiting.push({ node: node.whenTrue, depth }, { node: node.whenFalse, depth });
      } else {
        base ??= node;
        if (node === base) leaves++;
        else fits = isStatement && !this.isOwn(node);
        if (!fits) break;
      }
    }
    fits &&= isStatement || writes > 0;
    const found = fits && leaves > 1 && base && !this.isOwn(base) && this.#uses.countOf(base) === leaves;
    if (found) this.#assignedTo.add(base!);
    this.#bases.set(root, found ? base : undefined);
    return this.#bases.get(root);
  }

  /**
   * Whether statements say it better than an expression: the register keeps its value somewhere, or, unless `byHold`,
   * some bits change or one thing has many values.
   */
  #readsWell(root: Node, byHold = false): boolean {
    const waiting = [{ node: root, depth: 0 }];
    for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
      const node = withoutCasts(entry.node);
      if (this.isOwn(node)) return true;
      if (entry.depth === depthLimit) continue;
      const depth = entry.depth + 1;
      if (this.#isChoice(node)) {
        if (!byHold && this.#subjectOf(node, undefined) !== undefined) return true;
        this.#baseOf(node);
        waiting.push({ node: node.whenTrue, depth }, { node: node.whenFalse, depth });
      } else {
        const write = this.#anyWriteOf(node);
        if (write && !write.fixed && !byHold) return true;
        if (write) waiting.push({ node: write.base, depth });
      }
    }
    return false;
  }

  /** `base`: the node of which it only says what differs from it; undefined for the register itself. */
  #visit(given: Node, depth: number, subject: Subject | undefined, base: Node | undefined): readonly Step[] {
    const node = withoutCasts(given);
    if (node === base || this.isOwn(node)) return [];
    if (depth < depthLimit) {
      const write = base === undefined ? this.#writeOf(node) : this.#anyWriteOf(node);
      if (write) return this.#write(write, depth, base);
      if (this.#isChoice(node) && (base !== undefined || this.#isStatement(node, subject)))
        return this.#choice(node, depth, subject, base);
    }
    return [this.#assign(given)];
  }

  /** Where the register never keeps its value, a choice between data inside of a statement is an expression, too. */
  #isStatement(node: MuxNode, subject: Subject | undefined): boolean {
    return this.#hasHold || this.#subjectOf(node, subject) !== undefined || this.#readsWell(node);
  }

  #write({ base: others, at, value }: BitWrite, depth: number, base: Node | undefined): readonly Step[] {
    return [...this.#visit(others, depth + 1, undefined, base), { kind: "write", register: this.#register, at, value }];
  }

  #choice(node: MuxNode, depth: number, subject: Subject | undefined, base: Node | undefined): readonly Step[] {
    const own = base === undefined ? this.#baseOf(node) : undefined;
    if (own) {
      const first = this.#visit(own, depth + 1, undefined, undefined);
      return [...first, ...this.#choice(node, depth, subject, own)];
    }
    const tested = this.#subjectOf(node, subject);
    const whenTrue = this.#visit(node.whenTrue, depth + 1, undefined, base);
    const whenFalse = this.#visit(node.whenFalse, depth + 1, tested, base);
    return [{ kind: "choice", condition: node.condition, whenTrue, whenFalse }];
  }
}
