import type { MuxNode, Node, RegisterDefinition } from "../ir/index.ts";
import { type BitWrite, bitWriteOf } from "./bit-write.ts";
import { caseTestOf } from "./case-test.ts";
import type { RegisterTree } from "./register-tree.ts";
import type { Uses } from "./uses.ts";

/** What all trees of a module share: numbers for their conditions, and how often each is an arm of a `case`. */
export interface TreeNumbers {
  readonly conditions: Map<Node, number>;
  readonly arms: Map<Node, number>;
}

/** The tree of one register, what it reads, and how often it names the register to keep its value. */
export interface FoundTree {
  readonly tree: RegisterTree;
  readonly reads: readonly Node[];
  readonly holds: number;
}

/** A longer chain of `if` and `else` stays an expression from here on: statements are nested by recursion. */
const depthLimit = 512;

type Subject = Node | string;

const hold: RegisterTree = { kind: "hold" };

function withoutCasts(node: Node): Node {
  let inner = node;
  while (inner.kind === "cast") inner = inner.operand;
  return inner;
}

/** Turns the next value of one register into statements, where those read better than an expression. */
export class TreeFinder {
  readonly #register: RegisterDefinition;
  readonly #uses: Uses;
  readonly #shared: TreeNumbers;
  readonly #reads: Node[] = [];
  /** Values that become statements before those that assign to bits of them. */
  readonly #assignedTo = new Set<Node>();
  readonly #bases = new Map<Node, Node | undefined>();
  #hasHold = false;
  #holds = 0;

  constructor(register: RegisterDefinition, uses: Uses, shared: TreeNumbers) {
    this.#register = register;
    this.#uses = uses;
    this.#shared = shared;
  }

  find(): FoundTree {
    const { next } = this.#register;
    const root = withoutCasts(next);
    // A multiplexer between data, without a hold, is an expression to a reader too.
    const worthwhile = (this.#isChoice(root) || this.#writeOf(root) !== undefined) && this.#readsWell(root);
    if (!worthwhile) return { tree: { kind: "value", node: next }, reads: [next], holds: 0 };
    this.#hasHold = this.#readsWell(root, true);
    const tree = this.#visit(next, 0, undefined, undefined);
    return { tree, reads: this.#reads, holds: this.#holds };
  }

  #isOwn(node: Node): boolean {
    return node.kind === "register" && node.id === this.#register.node.id;
  }

  /** Whether nothing reads a node but the one place at which it becomes statements. */
  readonly #isAlone = (node: Node): boolean => this.#uses.countOf(node) === 1 || this.#assignedTo.has(node);

  #isChoice(node: Node): node is MuxNode {
    return node.kind === "mux" && this.#isAlone(node);
  }

  /** An assignment to bits; one of all ones or zeros only where the other bits are the register's or assigned to. */
  #writeOf(node: Node): BitWrite | undefined {
    const write = this.#isAlone(node) ? bitWriteOf(node, this.#isAlone) : undefined;
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
   * What a value is before bits of it are assigned to under conditions, `mux(c, x with bits, x)`: `x`, which only this
   * reads. It becomes statements of its own.
   */
  #baseOf(root: Node): Node | undefined {
    if (this.#bases.has(root)) return this.#bases.get(root);
    let base: Node | undefined;
    let leaves = 0;
    let writes = 0;
    const waiting = [{ node: root, depth: 0 }];
    for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
      const node = withoutCasts(entry.node);
      const depth = entry.depth + 1;
      const write = depth < depthLimit && this.#isAlone(node) ? bitWriteOf(node, this.#isAlone) : undefined;
      if (write) {
        writes++;
        waiting.push({ node: write.base, depth });
      } else if (depth < depthLimit && this.#isChoice(node)) {
        waiting.push({ node: node.whenTrue, depth }, { node: node.whenFalse, depth });
      } else {
        leaves++;
        if (leaves > 1 && node !== base) break;
        base = node;
      }
    }
    const found = writes > 0 && leaves > 1 && base && !this.#isOwn(base) && this.#uses.countOf(base) === leaves;
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
      if (this.#isOwn(node)) return true;
      if (entry.depth === depthLimit) continue;
      const depth = entry.depth + 1;
      if (this.#isChoice(node)) {
        if (!byHold && this.#subjectOf(node, undefined) !== undefined) return true;
        this.#baseOf(node);
        waiting.push({ node: node.whenTrue, depth }, { node: node.whenFalse, depth });
      } else {
        const write = this.#isAlone(node) ? bitWriteOf(node, this.#isAlone) : undefined;
        if (write && !write.fixed && !byHold) return true;
        if (write) waiting.push({ node: write.base, depth });
      }
    }
    return false;
  }

  /** `base`: the node of which it only says what differs from it; undefined for the register itself. */
  #visit(given: Node, depth: number, subject: Subject | undefined, base: Node | undefined): RegisterTree {
    const node = withoutCasts(given);
    if (node === base) return hold;
    if (this.#isOwn(node)) {
      this.#holds++;
      return hold;
    }
    if (depth < depthLimit) {
      const write = base === undefined ? this.#writeOf(node) : bitWriteOf(node, this.#isAlone);
      if (write) return this.#write(write, depth, base);
      if (this.#isChoice(node) && (base !== undefined || this.#isStatement(node, subject)))
        return this.#choice(node, depth, subject, base);
    }
    this.#reads.push(given);
    return { kind: "value", node: given };
  }

  /** Where the register never keeps its value, a choice between data inside of a statement is an expression, too. */
  #isStatement(node: MuxNode, subject: Subject | undefined): boolean {
    return this.#hasHold || this.#subjectOf(node, subject) !== undefined || this.#readsWell(node);
  }

  #write({ base: others, at, value }: BitWrite, depth: number, base: Node | undefined): RegisterTree {
    const first = this.#visit(others, depth + 1, undefined, base);
    this.#reads.push(at, value);
    const second: RegisterTree = { kind: "write", at, value };
    return first === hold ? second : { kind: "sequence", first, second };
  }

  #choice(node: MuxNode, depth: number, subject: Subject | undefined, base: Node | undefined): RegisterTree {
    const own = base === undefined ? this.#baseOf(node) : undefined;
    if (own) {
      const first = this.#visit(own, depth + 1, undefined, undefined);
      return { kind: "sequence", first, second: this.#choice(node, depth, subject, own) };
    }
    const { condition } = node;
    const { conditions, arms } = this.#shared;
    this.#reads.push(condition);
    const number = conditions.get(condition) ?? conditions.size;
    conditions.set(condition, number);
    const tested = this.#subjectOf(node, subject);
    if (tested !== undefined) arms.set(condition, (arms.get(condition) ?? 0) + 1);
    const whenTrue = this.#visit(node.whenTrue, depth + 1, undefined, base);
    const whenFalse = this.#visit(node.whenFalse, depth + 1, tested, base);
    const keys = { key: `${number}`, notKey: `!${number}` };
    return { kind: "choice", condition, whenTrue, whenFalse, ...keys, isArm: tested !== undefined };
  }
}
