import type { Design, Port } from "../ir/index.ts";
import type { Module } from "../language/index.ts";
import {
  type Enumeration,
  enumerationOf,
  leavesOf,
  memberOf,
  membersText,
  type PackedType,
  rangeOf,
  type ScalarType,
  scalarOf,
} from "../types/index.ts";
import { benchTree, pathText, type TreePort } from "./bench-tree.ts";
import type { InputsOf, OutputsOf, Stimulus } from "./bench-types.ts";
import type { Engine, EngineValues } from "./engine.ts";
import { AssertionFailure, type PropertyFailure } from "./property-failure.ts";

/** Which clock domains of the top: by the name of their field, `defaultDomain` for the default one. */
export interface DomainChoice {
  /** One domain, or several whose clock edges come at the same time. */
  readonly domain?: string | readonly string[] | undefined;
}

/** A module under test. Inputs keep what was assigned; outputs follow combinational logic at once. */
export interface Bench<M extends Module> {
  /**
   * Assign to drive an input port: `bench.in.a = 3`; of a bundle all fields, `bench.in.request = { valid: 1, data: 3 }`, or
   * one, `bench.in.request.valid = 0`. @throws RangeError for a value that does not fit.
   */
  readonly in: InputsOf<M>;
  /** Read an output port. @throws RangeError for a signal of more than 53 bits: use `outBig`. */
  readonly out: OutputsOf<M, number>;
  /** Read an output port of any width. */
  readonly outBig: OutputsOf<M, bigint>;
  /** Clock edges so far. */
  readonly cycle: number;
  readonly engine: Engine;
  /** The assertions that have failed so far, for `{ assertions: "collect" }`. */
  readonly failures: readonly PropertyFailure[];
  /** Cycles in which each cover held, by its name; those of children as `instance.name`. Equal names are added up. */
  readonly covers: Readonly<Record<string, number>>;
  /** `cycles` clock edges (1) with the present inputs: of the default domain, or of those named. */
  step(cycles?: number, choice?: DomainChoice): void;
  /**
   * Holds reset for `cycles` edges (1), in every domain or in those named. With 0 edges only an asynchronous reset shows
   * an effect.
   */
  reset(cycles?: number, choice?: DomainChoice): void;
  /**
   * Makes reset active (true) until it is called with false, in every domain or in those named: for what happens
   * between. An asynchronous reset acts at once.
   */
  holdReset(active: boolean, choice?: DomainChoice): void;
  /** Ends the simulation: closes the wave, stops processes. */
  close(): void;
}

function* flatten(name: string, value: Stimulus | string, type: ScalarType): Generator<number | bigint> {
  if (typeof value === "number" || typeof value === "bigint") yield value;
  else if (typeof value === "string" && enumerationOf(type)) yield encodingOf(name, value, enumerationOf(type)!);
  else if (typeof value === "boolean") yield value ? 1 : 0;
  else if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    for (const element of value as Iterable<Stimulus>) yield* flatten(name, element, type);
  } else {
    throw new RangeError(
      `${name} is given ${String(value)} (${typeof value}): give a number, a bigint, or an array of them`,
    );
  }
}

function encodingOf(name: string, member: string, enumeration: Enumeration): bigint {
  const value = enumeration.members.get(member);
  if (value !== undefined) return value;
  throw new RangeError(`${name} is "${member}"; ${enumeration.name} has the members ${membersText(enumeration)}`);
}

/** The name that an encoding has; an encoding that none has cannot be read by name. */
function memberName(name: string, value: bigint, enumeration: Enumeration): string {
  const member = memberOf(enumeration, value);
  if (member !== undefined) return member;
  throw new RangeError(
    `${name} holds ${value}, which is no member of ${enumeration.name} (${membersText(enumeration)}); bench.outBig.${name} reads the number`,
  );
}

function checked(name: string, value: number | bigint, type: ScalarType): bigint {
  const { min, max } = rangeOf(type.width, type.kind === "sint");
  if (typeof value === "number" && !Number.isInteger(value))
    throw new RangeError(`${name} is ${value}, not a whole number`);
  const big = BigInt(value);
  if (big < min || big > max)
    throw new RangeError(`${name} is ${value}; ${type.kind}(${type.width}) holds ${min} to ${max}`);
  return big;
}

function toEngine(name: string, value: Stimulus, type: PackedType): EngineValues {
  const scalar = scalarOf(type);
  const given = [...flatten(name, value, scalar)];
  const count = leavesOf(type).length;
  if (given.length !== count)
    throw new RangeError(`${name} takes ${count} element${count === 1 ? "" : "s"}, not ${given.length}`);
  const values = given.map((element, i) => checked(count === 1 ? name : `${name}[${i}]`, element, scalar));
  return scalar.width <= 32 ? values.map(Number) : values;
}

function fromEngine<T>(values: EngineValues, type: PackedType, convert: (value: number | bigint) => T): unknown {
  let index = 0;
  const read = (inner: PackedType): unknown =>
    inner.kind === "vec" ? Array.from({ length: inner.length }, () => read(inner.element)) : convert(values[index++]!);
  return read(type);
}

type Accessor = Omit<TreePort, "path">;

/** The counts of a top module's covers by name, of others by path and name. */
function coverCounts(engine: Engine): Record<string, number> {
  if (!engine.covers) throw new RangeError(`the ${engine.name} engine does not count covers`);
  const counts: Record<string, number> = {};
  for (const { name, path, count } of engine.covers()) {
    const key = [...path.slice(1), name].join(".");
    counts[key] = (counts[key] ?? 0) + count;
  }
  return counts;
}

/** A typed bench over an engine that runs `design`. */
export function createBench<M extends Module>(design: Design, engine: Engine): Bench<M> {
  const ports = new Map(design.top.ports.map((port) => [port.name, port]));
  /** Makes the accessors of all ports of a side; `make` does so for one. */
  const bind = (side: Engine["inputs"], make: (port: Port, name: string, number: number) => Accessor): TreePort[] =>
    side.map(({ name }, number) => {
      const port = ports.get(name)!;
      const path = port.path ?? [name];
      return { path, ...make(port, pathText(path), number) };
    });
  let cycle = 0;

  const inputs = bind(engine.inputs, ({ type }, name, number) => {
    let held: unknown = 0;
    return {
      read: () => held,
      write(value: unknown) {
        checkOpen();
        engine.write(number, toEngine(name, value as Stimulus, type));
        held = value;
      },
    };
  });
  const outputs = (convert: (name: string, type: ScalarType) => (value: number | bigint) => unknown): TreePort[] =>
    bind(engine.outputs, ({ type }, name, number) => {
      const element = convert(name, scalarOf(type));
      return {
        read() {
          checkOpen();
          return fromEngine(engine.read(number), type, element);
        },
      };
    });
  const asNumber =
    (name: string, { width, ...type }: ScalarType) =>
    (value: number | bigint) => {
      const enumeration = "enumeration" in type ? type.enumeration : undefined;
      if (enumeration) return memberName(name, BigInt(value), enumeration);
      if (width > 53)
        throw new RangeError(`${name} has ${width} bits, more than a number holds: read bench.outBig.${name}`);
      return Number(value);
    };
  let closed = false;
  const checkOpen = (): void => {
    if (closed) throw new RangeError("this bench is closed: the simulation has ended");
  };
  const domainNames = engine.clocking.domains.map(({ name }) => name);
  const numbersOf = ({ domain }: DomainChoice, otherwise: readonly number[]): readonly number[] => {
    if (domain === undefined) return otherwise;
    return (typeof domain === "string" ? [domain] : domain).map((name) => {
      const number = domainNames.indexOf(name);
      if (number >= 0) return number;
      throw new RangeError(`there is no clock domain \`${name}\`; domains: ${domainNames.join(", ")}`);
    });
  };
  const all = domainNames.map((_, i) => i);
  const advance = (cycles: number, reset: boolean, domains: readonly number[]): void => {
    checkOpen();
    if (!Number.isInteger(cycles) || cycles < 0) throw new RangeError(`${cycles} is not a number of clock cycles`);
    try {
      engine.step(cycles, reset, domains);
      cycle += cycles;
    } catch (error) {
      if (error instanceof AssertionFailure) cycle = error.failure.cycle;
      throw error;
    }
  };
  return {
    in: benchTree(inputs, "input") as Bench<M>["in"],
    out: benchTree(outputs(asNumber), "output") as Bench<M>["out"],
    outBig: benchTree(
      outputs(() => BigInt),
      "output",
    ) as Bench<M>["outBig"],
    get cycle() {
      return cycle;
    },
    engine,
    get failures() {
      return engine.failures?.() ?? [];
    },
    get covers() {
      return coverCounts(engine);
    },
    step: (cycles = 1, choice = {}) => advance(cycles, false, numbersOf(choice, [0])),
    reset: (cycles = 1, choice = {}) => advance(cycles, true, numbersOf(choice, all)),
    holdReset(active, choice = {}) {
      checkOpen();
      engine.setReset(active, numbersOf(choice, all));
    },
    close() {
      if (closed) return;
      closed = true;
      engine.dispose();
    },
  };
}
