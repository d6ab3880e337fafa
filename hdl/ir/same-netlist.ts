import type { ModuleNetlist } from "./netlist.ts";

/**
 * Whether two netlists say the same in everything, names and places in the source included: then either may stand for
 * both. Children are the same when they are one object, and so is all that is no plain data.
 */
export function sameNetlist(one: ModuleNetlist, other: ModuleNetlist): boolean {
  // What a class was made with differs first where anything does.
  return sameData(one.params, other.params) && sameData(one, other);
}

/** Compares plain data of any depth with a stack of its own; values that are reached on several ways are looked at once. */
function sameData(one: unknown, other: unknown): boolean {
  const partners = new Map<object, object>();
  const taken = new Map<object, object>();
  const waiting: object[] = [];
  /** False when the two differ for certain; what must be looked into waits. */
  const alike = (a: unknown, b: unknown): boolean => {
    if (Object.is(a, b)) return true;
    if (!isData(a) || !isData(b)) return false;
    const partner = partners.get(a);
    const back = taken.get(b);
    if (partner !== undefined || back !== undefined) return partner === b && back === a;
    partners.set(a, b);
    taken.set(b, a);
    waiting.push(a, b);
    return true;
  };
  if (!alike(one, other)) return false;
  while (waiting.length > 0) {
    const b = waiting.pop()!;
    if (!partsAlike(waiting.pop()!, b, alike)) return false;
  }
  return true;
}

const plain: ReadonlySet<object> = new Set([Object.prototype, Array.prototype, Map.prototype]);

function isData(value: unknown): value is object {
  return typeof value === "object" && value !== null && plain.has(Object.getPrototypeOf(value));
}

function partsAlike(a: object, b: object, alike: (a: unknown, b: unknown) => boolean): boolean {
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a)) {
    const { length } = b as readonly unknown[];
    if (a.length !== length) return false;
    for (let i = 0; i < length; i++) if (!alike(a[i], (b as readonly unknown[])[i])) return false;
    return true;
  }
  if (a instanceof Map) {
    const others = b as ReadonlyMap<unknown, unknown>;
    if (a.size !== others.size) return false;
    for (const [key, value] of a) if (!others.has(key) || !alike(value, others.get(key))) return false;
    return true;
  }
  const others = b as Readonly<Record<string, unknown>>;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) {
    const value = (a as Readonly<Record<string, unknown>>)[key];
    // A child is a netlist of its own, which has been compared with those before it.
    const same = key === "module" ? value === others[key] : key in others && alike(value, others[key]);
    if (!same) return false;
  }
  return true;
}
