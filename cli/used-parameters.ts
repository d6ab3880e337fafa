/** The parameters that a module is given, and which of them its code reads. */
export interface UsedParameters {
  /** To be handed to the module's constructor. */
  readonly params: object;
  /** To be called when `build()` has ended: what is enumerated from then on is not read by the module's own code. */
  built(): void;
  /** Names that are given and that nothing has read. */
  unread(): string[];
  /** Names that were read without being given, in the order of reading. */
  missing(): string[];
  /** Every name that was read. */
  read(): string[];
}

/**
 * Watches what a module reads of its parameters: types are gone when it runs, and a mistyped name would otherwise be a
 * parameter that nobody misses. A module that hands all of them on, as in `{ ...this.params }`, counts as reading all.
 */
export function watchParameters(given: Readonly<Record<string, unknown>>): UsedParameters {
  const names = new Set<string>();
  let built = false;
  // A copy of all asks what a property is before it reads it.
  let described: string | symbol | undefined;
  const params = new Proxy(Object.fromEntries(Object.entries(given)), {
    get(target, name, receiver) {
      const asked = typeof name === "string" && name !== described && !(name in Object.prototype) && name !== "toJSON";
      if (asked) names.add(name);
      described = undefined;
      return Reflect.get(target, name, receiver) as unknown;
    },
    has(target, name) {
      if (typeof name === "string") names.add(name);
      return Reflect.has(target, name);
    },
    getOwnPropertyDescriptor(target, name) {
      described = name;
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
    ownKeys(target) {
      if (!built) for (const name of Object.keys(target)) names.add(name);
      return Reflect.ownKeys(target);
    },
  });
  return {
    params,
    built() {
      built = true;
    },
    unread: () => Object.keys(given).filter((name) => !names.has(name)),
    missing: () => [...names].filter((name) => given[name] === undefined),
    read: () => [...names],
  };
}
