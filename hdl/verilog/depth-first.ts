/** What a depth-first walk asks and tells. */
export interface Visitor<T> {
  /** What a vertex needs before it. Asked once, when the vertex is entered. */
  needs(vertex: T): readonly T[];
  enter?(vertex: T): void;
  leave?(vertex: T): void;
  /** `path` leads from a vertex, which is its first, back to the same vertex. */
  cycle?(path: readonly T[]): void;
}

/** Where a walk notes the vertices it has visited. */
export interface Visited<T> {
  has(vertex: T): boolean;
  add(vertex: T): unknown;
}

/** A walk whose memory of visited vertices lasts over several calls. */
export class DepthFirst<T> {
  readonly #seen: Visited<T>;
  /** Vertices on the way to the present one; kept only for who asks for cycles. */
  readonly #open = new Set<T>();
  readonly #visitor: Visitor<T>;

  constructor(visitor: Visitor<T>, seen: Visited<T> = new Set<T>()) {
    this.#visitor = visitor;
    this.#seen = seen;
  }

  /** Visits everything that `root` needs, each vertex once, needs before users, with a stack of its own. */
  visit(root: T): void {
    if (this.#seen.has(root)) return;
    const visitor = this.#visitor;
    const seen = this.#seen;
    // The vertices on the way to the present one, what each needs, and how much of that has been visited.
    const path: T[] = [];
    const needed: (readonly T[])[] = [];
    const done: number[] = [];
    const enter = (vertex: T): void => {
      seen.add(vertex);
      if (visitor.cycle) this.#open.add(vertex);
      visitor.enter?.(vertex);
      path.push(vertex);
      needed.push(visitor.needs(vertex));
      done.push(0);
    };
    enter(root);
    while (path.length > 0) {
      const top = path.length - 1;
      const needs = needed[top]!;
      if (done[top] === needs.length) {
        const vertex = path.pop()!;
        needed.pop();
        done.pop();
        if (visitor.cycle) this.#open.delete(vertex);
        visitor.leave?.(vertex);
        continue;
      }
      const next = needs[done[top]!++]!;
      if (!seen.has(next)) enter(next);
      else if (visitor.cycle && this.#open.has(next)) visitor.cycle(path.slice(path.indexOf(next)));
    }
  }
}
