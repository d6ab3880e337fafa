import type { Path } from "../types/index.ts";
import { UnknownValueError } from "./engine.ts";

/** One port of a bench: where it stands, and how it is read and, when it is an input, written. */
export interface TreePort {
  /** `["request", "data"]` for a field of a bundle; the name alone for a plain port. */
  readonly path: Path;
  read(): unknown;
  write?(value: unknown): void;
}

/** A port, or the fields of a bundle or the elements of a vector of bundles. */
type Branch = { readonly port: TreePort } | { readonly name: string; readonly children: Map<string | number, Branch> };

/** How a person writes a path: `request.lanes[3].data`. */
export function pathText(path: Path): string {
  return path.map((step, i) => (typeof step === "number" ? `[${step}]` : i === 0 ? step : `.${step}`)).join("");
}

/**
 * The ports of one side of a bench as an object: bundles are objects in it and vectors of bundles arrays. A name that no
 * port has is an error, not a silent `undefined`. `side` is what the message calls a port: `input` or `output`.
 */
export function benchTree(ports: readonly TreePort[], side: "input" | "output"): object {
  const root: Map<string | number, Branch> = new Map();
  for (const port of ports) {
    let children = root;
    port.path.slice(0, -1).forEach((step, depth) => {
      const name = pathText(port.path.slice(0, depth + 1));
      const branch = children.get(step) ?? { name, children: new Map<string | number, Branch>() };
      children.set(step, branch);
      if ("children" in branch) children = branch.children;
    });
    children.set(port.path.at(-1)!, { port });
  }
  return objectOf(root, side, "");
}

function objectOf(children: ReadonlyMap<string | number, Branch>, side: string, within: string): object {
  const object: object = children.has(0) ? [] : {};
  for (const [key, branch] of children) {
    const inner = "children" in branch ? objectOf(branch.children, side, branch.name) : undefined;
    Object.defineProperty(object, key, {
      enumerable: true,
      get: () => (side === "input" && inner !== undefined ? inner : snapshotOf(branch)),
      ...(side === "input" ? { set: (value: unknown) => assign(branch, value) } : {}),
    });
  }
  return guarded(object, side, within);
}

/**
 * What is read from a port, or from all below a bundle: objects and arrays that stay as they are when the simulation goes
 * on. A field that is unknown throws when it is looked at, so that the others can be read.
 */
function snapshotOf(branch: Branch): unknown {
  if ("port" in branch) return branch.port.read();
  const object: object = branch.children.has(0) ? [] : {};
  for (const [key, child] of branch.children) {
    try {
      Object.defineProperty(object, key, { enumerable: true, value: snapshotOf(child) });
    } catch (error) {
      if (!(error instanceof UnknownValueError)) throw error;
      Object.defineProperty(object, key, {
        enumerable: true,
        get: () => {
          throw error;
        },
      });
    }
  }
  return object;
}

/** Drives a port, or all ports below a bundle from a record that has just its fields. */
function assign(branch: Branch, value: unknown): void {
  if ("port" in branch) {
    branch.port.write?.(value);
    return;
  }
  const wanted = [...branch.children.keys()].map(String);
  const given = typeof value === "object" && value !== null ? Object.keys(value) : undefined;
  if (!given || wanted.some((key) => !given.includes(key)) || given.some((key) => !wanted.includes(key))) {
    const shown = !given
      ? String(value)
      : Array.isArray(value)
        ? `${given.length} elements`
        : `{ ${given.join(", ")} }`;
    const takes = branch.children.has(0) ? `${wanted.length} elements` : `{ ${wanted.join(", ")} }`;
    throw new RangeError(`${branch.name} takes ${takes}, not ${shown}`);
  }
  for (const [key, child] of branch.children) assign(child, (value as Record<string | number, unknown>)[key]);
}

/** What JavaScript and test runners ask of any object, to write, await, print or compare it. A port of that name comes first. */
const askedOfAnything: ReadonlySet<string> = new Set([
  "toJSON",
  "then",
  "asymmetricMatch",
  "$$typeof",
  "nodeType",
  "tagName",
  "hasAttribute",
  "_isMockFunction",
  "@@__IMMUTABLE_ITERABLE__@@",
  "@@__IMMUTABLE_RECORD__@@",
]);

function guarded(ports: object, side: string, within: string): object {
  const refuse = (name: string | symbol): never => {
    const place = within === "" ? "" : ` in ${within}`;
    throw new RangeError(
      `there is no ${side} \`${String(name)}\`${place}; ${side}s: ${Object.keys(ports).join(", ") || "none"}`,
    );
  };
  return new Proxy(ports, {
    get: (target, name) =>
      typeof name === "symbol" || name in target || askedOfAnything.has(name)
        ? Reflect.get(target, name)
        : refuse(name),
    set: (target, name, value) => (name in target ? Reflect.set(target, name, value) : refuse(name)),
  });
}
