/** What a depth-first walk asks and tells. */
export interface Visitor<T> {
  /** What a vertex needs before it. Asked once, when the vertex is entered. */
  needs(vertex: T): Iterable<T>;
  enter?(vertex: T): void;
  leave?(vertex: T): void;
  /** `path` leads from a vertex, which is its first, back to the same vertex. */
  cycle?(path: readonly T[]): void;
}

/** A walk whose memory of visited vertices lasts over several calls. */
export class DepthFirst<T> {
  readonly #open = new Set<T>();
  readonly #done = new Set<T>();
  readonly #visitor: Visitor<T>;

  constructor(visitor: Visitor<T>) {
    this.#visitor = visitor;
  }

  /** Visits everything that `root` needs, each vertex once, needs before users, with a stack of its own. */
  visit(root: T): void {
    if (this.#done.has(root)) return;
    const stack: { vertex: T; needs: Iterator<T> }[] = [];
    const push = (vertex: T): void => {
      this.#open.add(vertex);
      this.#visitor.enter?.(vertex);
      stack.push({ vertex, needs: this.#visitor.needs(vertex)[Symbol.iterator]() });
    };
    push(root);
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const next = top.needs.next();
      if (next.done === true) {
        stack.pop();
        this.#open.delete(top.vertex);
        this.#done.add(top.vertex);
        this.#visitor.leave?.(top.vertex);
      } else if (this.#open.has(next.value)) {
        const path = stack.map((frame) => frame.vertex);
        this.#visitor.cycle?.(path.slice(path.indexOf(next.value)));
      } else if (!this.#done.has(next.value)) {
        push(next.value);
      }
    }
  }
}
