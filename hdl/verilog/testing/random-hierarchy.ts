import fc from "fast-check";
import {
  assert,
  assume,
  axiLite,
  axiLiteRegisters,
  bit,
  type ClockDomain,
  clockDomain,
  constant,
  cover,
  enumeration,
  inDomain,
  input,
  instance,
  latch,
  Module,
  match,
  memory,
  mux,
  output,
  past,
  register,
  registerMap,
  rose,
  Stream,
  stable,
  stateMachine,
  stream,
  type UInt,
  uint,
  vec,
  when,
  wire,
} from "../../index.ts";
import { type Name, names, portNames } from "./natural-names.ts";

/** One statement: what it is, and numbers that choose the rest. */
type Statement = readonly [kind: number, a: number, b: number, c: number];

/** Numbers that make a module; any numbers make a legal one, so that they shrink well. */
export interface ModuleRecipe {
  /** How the default domain is clocked and reset; that of the parent for a multiple of 3. */
  readonly clocking: number;
  /** The same for a second domain; none for a multiple of 2. */
  readonly second: number;
  readonly ports: readonly number[];
  readonly statements: readonly Statement[];
}

/** A design: modules of which each may hold those before it; the last is the top. */
export type DesignRecipe = readonly ModuleRecipe[];

const number = fc.nat({ max: 9999 });

/** Random designs of 1 to 5 modules, and those of the library that they use. */
export const designs: fc.Arbitrary<DesignRecipe> = fc.array(
  fc.record({
    clocking: number,
    second: number,
    ports: fc.array(number, { minLength: 2, maxLength: 6 }),
    statements: fc.array(fc.tuple(number, number, number, number), { minLength: 1, maxLength: 16, size: "max" }),
  }),
  { minLength: 1, maxLength: 5, size: "max" },
);

const State = enumeration("State", ["idle", "run", "done"]);
const messages = ["it holds", "größer als 3", "$", "never more than its depth", "words"];
const moduleNames = ["Counter", "Front", "queue", "count", "Stage", "Lane_2"];

/** A clock domain of any kind; with a reset, since registers have one. */
function domainFor(choice: number, own: string): ClockDomain {
  return clockDomain({
    edge: choice % 5 === 0 ? "falling" : "rising",
    reset: choice % 2 === 0 ? "asynchronous" : "synchronous",
    resetActive: choice % 3 === 1 ? "low" : "high",
    ...(choice % 7 === 0 ? { clockName: `${own}clk` } : {}),
    ...(choice % 11 < 3 ? { resetName: `${own}rst` } : {}),
  });
}

// What a name is for is made by a function of its own (`make`), since a line that says `const made =` would name it.

/** A module's fields as they come: a port by each of the names that the recipe chooses. */
type Fields = Record<string, unknown>;

/** The modules of a recipe as classes. */
class Family {
  readonly #recipes: DesignRecipe;

  constructor(recipes: DesignRecipe) {
    this.#recipes = recipes;
  }

  /** Whether the module has a second clock domain. */
  hasSecond(index: number): boolean {
    return this.#recipes[index]!.second % 2 === 1;
  }

  make(index: number): RandomModule {
    return new RandomModule({ recipe: this.#recipes[index]!, index, family: this });
  }
}

class RandomModule extends Module<{ recipe: ModuleRecipe; index: number; family: Family }> {
  readonly fields = Object.assign(this, this.#declare());
  // Not told in the module's header.
  override get description(): string {
    return "Random.\nverilator lint_off WIDTH is no order here";
  }
  override get moduleName(): string {
    const { recipe, index } = this.params;
    return `${moduleNames[recipe.clocking % moduleNames.length]}${index}`;
  }

  get fast(): ClockDomain | undefined {
    return (this as unknown as Fields).second as ClockDomain | undefined;
  }

  portsOf(direction: "in" | "out"): [name: string, choice: number][] {
    const { ports } = this.params.recipe;
    const taken = new Set<string>();
    return ports.flatMap((choice, i): [string, number][] => {
      const name = portNames[choice % portNames.length]!;
      if (taken.has(name)) return [];
      taken.add(name);
      return (i % 2 === 0) === (direction === "in") ? [[name, choice]] : [];
    });
  }

  #declare(): Fields {
    const { clocking, second } = this.params.recipe;
    const fields: Fields = {};
    if (clocking % 3 !== 0) fields.defaultDomain = domainFor(clocking, "");
    const fast = second % 2 === 1 ? domainFor(second, "second_") : undefined;
    if (fast) fields.second = fast;
    for (const [name, choice] of this.portsOf("in")) {
      const width = 1 + (choice % 7);
      if (choice % 4 === 3) fields[name] = input(stream(uint(width)));
      else if (choice % 9 === 0) fields[name] = input(vec(3, uint(width)));
      else fields[name] = input(uint(width), fast && choice % 5 === 0 ? { domain: fast } : {});
    }
    for (const [name, choice] of this.portsOf("out")) {
      const width = 1 + (choice % 7);
      if (choice % 4 === 3) fields[name] = output(stream(uint(width)));
      else fields[name] = output(uint(width), fast && choice % 5 === 0 ? { domain: fast } : {});
    }
    return fields;
  }

  build(): void {
    new Body(this).build();
  }
}

const map = registerMap({
  name: "Registers",
  registers: {
    control: { offset: 0, fields: { enable: { bits: 0, access: "rw" }, go: { bits: 1, access: "wo" } } },
    status: { offset: 8, fields: { count: { bits: [4, 2], access: "ro" } } },
  },
});

/** A register map behind its port. */
class Registers extends Module {
  readonly axi = input(axiLite(map));
  readonly count = input(uint(3));
  readonly enable = output(bit);
  build(): void {
    const control = axiLiteRegisters(this.axi, map);
    control.status.count.value = this.count;
    this.enable.value = control.control.enable.value.xor(control.control.go.written);
  }
}

const streamPort = (choice: number): boolean => choice % 4 === 3;

/** What is known while one module is built. */
class Body {
  readonly #module: RandomModule;
  readonly #fields: Fields;
  readonly #fast: ClockDomain | undefined;
  /** What may be read, of the default domain and of the second one. */
  readonly #slow: UInt[] = [];
  readonly #quick: UInt[] = [];
  readonly #streams: Stream<UInt>[] = [];

  constructor(module: RandomModule) {
    this.#module = module;
    this.#fields = module as unknown as Fields;
    this.#fast = module.fast;
  }

  build(): void {
    const { recipe } = this.#module.params;
    for (const [name, choice] of this.#module.portsOf("in")) this.#read(this.#fields[name], choice);
    for (const statement of recipe.statements) {
      const second = statement[3] % 4 === 0 && this.#fast;
      if (second) inDomain(second, () => this.#state(statement, this.#quick));
      else this.#state(statement, this.#slow);
    }
    for (const [name, choice] of this.#module.portsOf("out")) this.#drive(this.#fields[name], choice);
    // A stream that nobody takes.
    for (const each of this.#streams.splice(0)) this.#drain(each);
  }

  #read(port: unknown, choice: number): void {
    if (streamPort(choice)) this.#streams.push(Stream.from(port as never) as Stream<UInt>);
    else if (choice % 9 === 0) this.#slow.push(...(port as { elements: UInt[] }).elements);
    else (this.#fast && choice % 5 === 0 ? this.#quick : this.#slow).push(port as UInt);
  }

  #drive(port: unknown, choice: number): void {
    const width = 1 + (choice % 7);
    if (!streamPort(choice)) {
      const pool = this.#fast && choice % 5 === 0 ? this.#quick : this.#slow;
      (port as { value: UInt }).value = this.#pick(pool, choice, width);
      return;
    }
    const sent = this.#streams.pop() ?? Stream.of(constant(bit, 0), constant(uint(width), 0) as UInt);
    sent.map((item) => shaped(item, width)).into(port as never);
  }

  /** Takes every item; what is offered may be read. */
  #drain(each: Stream<UInt>, ends = this.#slow): void {
    ends.push(each.valid, each.data);
    each.ready.value = 1;
  }

  #pick(pool: readonly UInt[], choice: number, width: number): UInt {
    const found = pool.length === 0 ? (constant(uint(width), choice % 2) as UInt) : pool[choice % pool.length]!;
    return shaped(found, width);
  }

  #state([kind, a, b, c]: Statement, pool: UInt[]): void {
    const name = names[a % names.length]!;
    const width = 1 + (b % 6);
    const one = (choice: number): UInt => this.#pick(pool, choice, width);
    const flag = (choice: number): UInt<1> => this.#pick(pool, choice, 1) as UInt<1>;
    const condition = (): UInt<1> => (b % 3 === 0 ? flag(a) : one(a).ge((b >> 3) % 2 ** width)) as UInt<1>;
    const message = messages[a % messages.length]!;
    switch (kind % 18) {
      case 0:
      case 1: {
        const make = () => register(uint(width), b % 4 === 0 ? {} : { reset: b % 2 ** width });
        // Not a const of its own name, which would stand in front of those that are meant to be hard.
        const [made] = [name(make)] as const;
        if (c % 3 === 0) when(flag(b), () => this.#next(made, one(a)));
        else this.#next(made, kind % 2 === 0 ? made.xor(one(c)) : one(c));
        pool.push(made);
        return;
      }
      case 2:
        this.#memory(name, pool, [kind, a, b, c]);
        return;
      case 3: {
        const make = () => wire(uint(width));
        const [made] = [name(make)] as const;
        made.value = one(c);
        pool.push(made);
        return;
      }
      case 4:
        pool.push(name(() => one(a).add(one(c))));
        pool.push(name(() => mux(flag(b), one(c), one(a).not())));
        return;
      case 5:
        if (c % 3 === 0) when(flag(c), () => assert(condition(), message));
        else assert(condition(), message, { duringReset: c % 3 === 1 });
        return;
      case 6:
        cover(condition(), message);
        return;
      case 7:
        when(past(flag(c)), () => assert(stable(one(a)), message)).otherwise(() =>
          assume(one(b).ne(past(one(a))), message),
        );
        cover(rose(flag(a)), message);
        return;
      case 8:
      case 9:
      case 10:
        this.#child(name, a, pool);
        return;
      case 11: {
        const make = () => latch(uint(width), { transparent: flag(b) });
        const [held] = [name(make)] as const;
        held.value = one(a);
        pool.push(held);
        return;
      }
      case 12: {
        const make = () =>
          stateMachine(
            State,
            { reset: "idle" },
            {
              idle: (go) => when(flag(a), () => go("run")),
              run: (go) => when(condition(), () => go("done")),
              done: (go) => go("idle"),
            },
          );
        const [machine] = [name(make)] as const;
        pool.push(match(machine.state, { idle: one(c), run: constant(uint(width), 1), done: one(b) }) as UInt);
        assert(machine.is("done").or(flag(c)), message);
        return;
      }
      case 13: {
        const make = () => register(vec(3, uint(width)), { reset: [0, 1, 0] });
        const [made] = [name(make)] as const;
        const index = this.#pick(pool, c, 2);
        made.next = made.map((element, i) => (i === 1 ? one(a) : element));
        made.at(index, { beyond: "zero" }).next = one(b);
        pool.push(made.at(index, { beyond: "zero" }) as UInt);
        return;
      }
      case 14: {
        const signed = one(a).asSint();
        pool.push(name(() => signed.mul(one(b).asSint()).shiftRight(1)).asUint() as UInt);
        pool.push(name(() => signed.lt((b % 5) - 2)) as UInt);
        return;
      }
      case 15:
        this.#registers(name, a, pool);
        return;
      case 16:
        if (pool === this.#slow) this.#acrossClocks(name);
        return;
      default:
        if (pool === this.#slow) this.#stream(name, a, c);
    }
  }

  #registers(name: Name, a: number, pool: UInt[]): void {
    const make = () => instance(new Registers({}));
    const [child] = [name(make)] as const;
    const one = (width: number): UInt => this.#pick(pool, a + width, width);
    const flag = (choice: number): UInt<1> => this.#pick(pool, a + choice, 1) as UInt<1>;
    child.axi.value = {
      awvalid: flag(1),
      awaddr: one(4),
      awprot: 0,
      wvalid: flag(2),
      wdata: one(32),
      wstrb: one(4),
      bready: flag(3),
      arvalid: flag(4),
      araddr: one(4),
      arprot: 0,
      rready: flag(5),
    };
    child.count.value = one(3) as UInt<3>;
    pool.push(child.enable as UInt, child.axi.rdata as UInt);
  }

  #acrossClocks(name: Name): void {
    const to = this.#fast;
    const before = to && this.#streams.pop();
    if (!before) return;
    const make = () => before.asyncFifo({ depth: 4, to });
    const [after] = [name(make)] as const;
    inDomain(to, () => this.#drain(after, this.#quick));
  }

  #next(made: UInt, value: UInt): void {
    made.next = value;
  }

  #memory(name: Name, pool: UInt[], [, a, b, c]: Statement): void {
    const width = 1 + (b % 6);
    const depth = 1 + (c % 6);
    // A number beyond the words is refused; a value that turns out to be one is not.
    const address = (choice: number): UInt =>
      this.#pick(pool, choice, Math.max(1, Math.ceil(Math.log2(depth)))).or(0) as UInt;
    const init = c % 3 === 0 ? { init: [1, 0].slice(0, depth) } : {};
    const make = () => memory(uint(width), depth, { ...init, crossing: "a test of names and clocks" });
    const [words] = [name(make)] as const;
    if (b % 5 !== 0) when(this.#pick(pool, a, 1) as UInt<1>, () => words.write(address(b), this.#pick(pool, c, width)));
    if (b % 2 === 0 && this.#fast && pool === this.#slow) {
      inDomain(this.#fast, () => words.write(0, this.#pick(this.#quick, c, width)));
    }
    const read = (): void => {
      if (a % 2 === 0) pool.push(words.read(address(a)) as UInt);
      else pool.push(name(() => words.readSync(address(a))) as UInt);
    };
    if (b % 3 !== 0) read();
    else assert(words.read(address(c)).le(1), "words");
  }

  #stream(name: Name, a: number, c: number): void {
    const before = this.#streams.pop();
    if (!before) return;
    const other = this.#streams.at(-1);
    const make = (): Stream<UInt> => {
      if (a % 5 === 0) return before.registered(c % 2 === 0 ? "full" : "forward");
      if (a % 5 === 1) return before.skid();
      if (other && a % 5 === 2 && other.data.width === before.data.width) {
        this.#streams.pop();
        return Stream.arbitrate([before, other]).fifo(3);
      }
      return before.fifo(1 + (c % 5));
    };
    this.#streams.push(name(make));
  }

  #child(name: Name, choice: number, pool: UInt[]): void {
    const { family, index } = this.#module.params;
    if (index === 0) return;
    const at = choice % index;
    if (family.hasSecond(at) && !this.#fast) return;
    const make = () =>
      instance(family.make(at), (family.hasSecond(at) ? { domains: { second: this.#fast! } } : {}) as never);
    const [child] = [name(make)] as const;
    const fields = child as unknown as Fields;
    // What a child gives belongs to its second domain, to its default one, or to both.
    const poolOf = (port: number): UInt[] => (child.fast && port % 5 === 0 ? this.#quick : pool);
    for (const [port, number] of child.portsOf("in")) {
      const width = 1 + (number % 7);
      if (streamPort(number)) {
        Stream.of(this.#pick(pool, number, 1) as UInt<1>, this.#pick(pool, choice, width)).into(fields[port] as never, {
          check: false,
        });
      } else if (number % 9 === 0) {
        (fields[port] as { value: UInt[] }).value = [0, 1, 2].map((i) => this.#pick(pool, choice + i, width));
      } else (fields[port] as { value: UInt }).value = this.#pick(poolOf(number), choice + number, width);
    }
    for (const [port, number] of child.portsOf("out")) {
      if (!streamPort(number)) poolOf(number).push(fields[port] as UInt);
      else if (pool === this.#slow)
        this.#streams.push(Stream.from(fields[port] as never, { check: false }) as Stream<UInt>);
      else (fields[port] as { ready: { value: number } }).ready.value = 1;
    }
  }
}

function shaped(value: UInt, width: number): UInt {
  if (value.width === width) return value;
  return value.width > width ? (value.slice(width - 1, 0) as UInt) : (value.extend(width) as UInt);
}

/** The top module of a design. */
export function topOf(recipes: DesignRecipe): Module {
  return new Family(recipes).make(recipes.length - 1);
}
