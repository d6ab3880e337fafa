/** What a depth-first walk asks and tells. */
export interface Visitor<T> {
  /** What a vertex needs before it. Asked once, when the vertex is entered. */
  needs(vertex: T): readonly T[];
  enter?(vertex: T): void;
  leave?(vertex: T): void;
  /** `path` leads from a vertex, which is its first, back to the same vertex. */
  cycle?(path: readonly T[]): void;
}

/** A walk whose memory of visited vertices lasts over several calls. */
export class DepthFirst<T> {
  readonly #seen = new Set<T>();
  /** Vertices on the way to the present one; kept only for who asks for cycles. */
  readonly #open = new Set<T>();
  readonly #visitor: Visitor<T>;

  constructor(visitor: Visitor<T>) {
    this.#visitor = visitor;
  }

  /** Visits everything that `root` needs, each vertex once, needs before users, with a stack of its own. */
  visit(root: T): void {
    if (this.#seen.has(root)) return;
    const visitor = this.#visitor;
    const stack: { vertex: T; needs: readonly T[]; next: number }[] = [];
    const push = (vertex: T): void => {
      this.#seen.add(vertex);
      if (visitor.cycle) this.#open.add(vertex);
      visitor.enter?.(vertex);
      stack.push({ vertex, needs: visitor.needs(vertex), next: 0 });
    };
    push(root);
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      if (top.next === top.needs.length) {
        stack.pop();
        this.#open.delete(top.vertex);
        visitor.leave?.(top.vertex);
        continue;
      }
      const next = top.needs[top.next++]!;
      if (!this.#seen.has(next)) {
        push(next);
      } else if (this.#open.has(next)) {
        const path = stack.map((frame) => frame.vertex);
        visitor.cycle?.(path.slice(path.indexOf(next)));
      }
    }
  }
}
