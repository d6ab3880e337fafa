import { describe, expect, test } from "vitest";
import { compile } from "../../compile.ts";
import { inspect } from "../../elaborate.ts";
import { input, Module, output, register } from "../../language/index.ts";
import { prove } from "../../prove.ts";
import { simulate } from "../../simulate.ts";
import { bit, bundle, uint, vec } from "../../types/index.ts";
import { emitVerilog } from "../../verilog/index.ts";
import { lint } from "../../verilog/testing/tools.ts";
import { axiLite } from "./axi-lite.ts";
import { AxiLiteFront } from "./axi-lite-front.ts";
import { AxiLiteManager, type AxiRead, type AxiWrite } from "./axi-lite-manager.ts";
import { axiLiteRegisters } from "./axi-lite-registers.ts";
import type { ReadOnlyField, WriteOnlyField } from "./field-handles.ts";
import { registerMap } from "./register-map.ts";

/** Fields of every kind, across bytes and inside one. */
const fields = {
  value: { bits: [20, 5], access: "rw", reset: 0xbeef },
  shared: { bits: [27, 24], access: "rw", hardware: "writes" },
  state: { bits: [4, 0], access: "ro" },
} as const;
const events = {
  sticky: { bits: [17, 14], access: "w1c", reset: 5 },
  once: { bits: [9, 7], access: "rc" },
  command: { bits: [6, 3], access: "wo" },
  key: { bits: [31, 20], access: "wo" },
} as const;
const narrow = registerMap({
  name: "Everything",
  registers: { main: { offset: 0x8, fields }, events: { offset: 0x14, fields: events } },
});
const wide = registerMap({
  name: "Everything",
  dataBits: 64,
  registers: { main: { offset: 0x8, fields }, events: { offset: 0x28, fields: events } },
});

/** The registers with the hardware's side on ports. */
class Everything extends Module<{ map: typeof narrow | typeof wide; addressBits: number }> {
  readonly s_axi = input(axiLite({ addressBits: this.params.addressBits, dataBits: this.params.map.dataBits }));
  readonly load = input(bit);
  readonly loaded = input(uint(4));
  readonly state = input(uint(5));
  readonly raise = input(uint(4));
  readonly raiseOnce = input(uint(3));
  readonly value = output(uint(16));
  readonly shared = output(uint(4));
  readonly sticky = output(uint(4));
  readonly once = output(uint(3));
  /** The cycle before: written were value, shared, command, key; read were main, events. */
  readonly strobes = output(vec(6, bit));
  readonly valueData = output(uint(16));
  readonly command = output(uint(4));
  readonly key = output(uint(12));

  build(): void {
    const { main, events } = axiLiteRegisters(this.s_axi, this.params.map as typeof narrow);
    // The checker knows the widths of fields.
    const [key, state]: [WriteOnlyField<12>, ReadOnlyField<5>] = [events.key, main.state];
    main.shared.load(this.load, this.loaded);
    state.value = this.state;
    events.sticky.set(this.raise);
    events.once.set(this.raiseOnce);
    this.value.value = main.value.value;
    this.shared.value = main.shared.value;
    this.sticky.value = events.sticky.value;
    this.once.value = events.once.value;
    const strobes = register(vec(6, bit), { reset: 0 });
    strobes.next = [
      main.value.written,
      main.shared.written,
      events.command.written,
      events.key.written,
      main.value.read,
      events.once.read,
    ];
    this.strobes.value = strobes;
    const data = register(bundle({ main: uint(16), command: uint(4), key: uint(12) }), { reset: 0 });
    data.next = { main: main.value.data, command: events.command.data, key: key.data };
    this.valueData.value = data.main;
    this.command.value = data.command;
    this.key.value = data.key;
  }
}

/** A sequence that looks random, the same in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The inputs of a cycle. */
interface Inputs {
  load: number;
  loaded: number;
  state: number;
  raise: number;
  raiseOnce: number;
}

/** Bits of a word. */
const bitsAt = (word: bigint, high: number, low: number): number =>
  Number((word >> BigInt(low)) & ((1n << BigInt(high - low + 1)) - 1n));

/** The registers by their description, cycle by cycle. */
class Model {
  value = 0xbeef;
  shared = 0;
  sticky = 5;
  once = 0;
  /** What the strobes of the last cycle were, and the data where one was 1. */
  strobes = [0, 0, 0, 0, 0, 0];
  data: { valueData?: number; command?: number; key?: number } = {};
  readonly #mainAt: number;
  readonly #eventsAt: number;

  constructor(map: typeof narrow | typeof wide) {
    [this.#mainAt, this.#eventsAt] = map.registers.map(({ offset }) => offset) as [number, number];
  }

  /** The word at an address; undefined where there is none. */
  word(address: number, state: number): bigint | undefined {
    if (address === this.#mainAt) return BigInt(this.value * 2 ** 5 + this.shared * 2 ** 24 + state);
    if (address === this.#eventsAt) return BigInt(this.sticky * 2 ** 14 + this.once * 2 ** 7);
    return undefined;
  }

  cycle(inputs: Inputs, write: AxiWrite | undefined, readAt: number | undefined, wordBytes: number): void {
    let written = 0n;
    for (let byte = 0; byte < 8; byte++) if ((write?.strobe ?? 0) & (1 << byte)) written |= 0xffn << BigInt(8 * byte);
    const writeAt = write && write.address - (write.address % wordBytes);
    const data = (write?.data ?? 0n) & written;
    const main = writeAt === this.#mainAt;
    const events = writeAt === this.#eventsAt;
    const touches = (high: number, low: number) => bitsAt(written, high | 7, low & ~7) !== 0;
    this.strobes = [
      main && touches(20, 5),
      main && touches(27, 24),
      events && touches(6, 3),
      events && touches(31, 20),
      readAt === this.#mainAt,
      readAt === this.#eventsAt,
    ].map(Number);
    const before = BigInt(this.value) << 5n;
    const value = bitsAt((before & ~written) | data, 20, 5);
    this.data = {
      ...(this.strobes[0] ? { valueData: value } : {}),
      ...(this.strobes[2] ? { command: bitsAt(data, 6, 3) } : {}),
      ...(this.strobes[3] ? { key: bitsAt(data, 31, 20) } : {}),
    };
    if (this.strobes[0]) this.value = value;
    if (this.strobes[1]) this.shared = bitsAt(data, 27, 24);
    else if (inputs.load) this.shared = inputs.loaded;
    if (events) this.sticky &= ~bitsAt(data, 17, 14);
    if (this.strobes[5]) this.once = 0;
    this.sticky |= inputs.raise;
    this.once |= inputs.raiseOnce;
  }
}

interface Setting {
  map: typeof narrow | typeof wide;
  addressBits: number;
  engine: "inprocess" | "icarus";
  cycles: number;
  /** How often a channel moves, of 4 cycles. */
  hurry: number;
}

/** Random accesses and events; counts what was seen. */
async function compare({ map, addressBits, engine, cycles, hurry }: Setting) {
  const bytes = map.dataBits / 8;
  const random = generator(hurry + addressBits);
  const bench = await simulate(new Everything({ map, addressBits }), { engine });
  const bus = new AxiLiteManager(bench, "s_axi", {
    waits: () => random(4) >= hurry,
    dataBits: map.dataBits as 32 | 64,
  });
  bench.reset();
  const model = new Model(map);
  const word = () => BigInt.asUintN(map.dataBits, (BigInt(random(2 ** 32)) << 32n) | BigInt(random(2 ** 32)));
  const address = () => (random(4) === 0 ? random(2 ** addressBits) : map.registers[random(2)]!.offset + random(bytes));
  const strobe = () => (random(2) === 0 ? 2 ** bytes - 1 : random(2 ** bytes));
  // Asked for and not done yet; done and not answered yet.
  const asked: { writes: AxiWrite[]; reads: AxiRead[] } = { writes: [], reads: [] };
  const expected: { write?: number; read?: { response: number; data: bigint } } = {};
  const seen = { writes: 0, reads: 0, errors: 0 };
  for (let cycle = 0; cycle < cycles; cycle++) {
    if (asked.writes.length < 2) asked.writes.push(bus.askWrite(address(), word(), strobe()));
    if (asked.reads.length < 2) asked.reads.push(bus.askRead(address()));
    const inputs: Inputs = {
      load: random(2),
      loaded: random(16),
      state: random(32),
      raise: random(3) === 0 ? random(16) : 0,
      raiseOnce: random(3) === 0 ? random(8) : 0,
    };
    Object.assign(bench.in, inputs);
    const before = bench.outBig.s_axi;
    const { bvalid, rvalid } = before;
    const answered = bus.step();
    if (answered.write) {
      expect(answered.write.response).toBe(expected.write);
      seen.writes++;
      if (expected.write !== 0) seen.errors++;
    }
    if (answered.read) {
      expect({ response: answered.read.response, data: answered.read.data }).toEqual(expected.read);
      seen.reads++;
    }
    // A response that is new says that the cycle did an access.
    const after = bench.outBig.s_axi;
    const write = after.bvalid && (!bvalid || answered.write) ? asked.writes.shift() : undefined;
    const read = after.rvalid && (!rvalid || answered.read) ? asked.reads.shift() : undefined;
    const readAt = read && read.address - (read.address % bytes);
    if (write) expected.write = model.word(write.address - (write.address % bytes), 0) === undefined ? 2 : 0;
    if (readAt !== undefined) {
      const data = model.word(readAt, inputs.state);
      expected.read = { response: data === undefined ? 2 : 0, data: data ?? 0n };
    }
    model.cycle(inputs, write, readAt, bytes);
    const { value, shared, sticky, once } = bench.out;
    expect({ value, shared, sticky, once }).toEqual({
      value: model.value,
      shared: model.shared,
      sticky: model.sticky,
      once: model.once,
    });
    expect(bench.out.strobes).toEqual(model.strobes);
    for (const [name, data] of Object.entries(model.data)) {
      expect(bench.out[name as keyof Model["data"]], name).toBe(data);
    }
  }
  bench.close();
  return seen;
}

describe("random traffic with random events, against the description", () => {
  test.each([
    { map: narrow, addressBits: 5, engine: "inprocess", cycles: 1500, hurry: 2 },
    { map: narrow, addressBits: 7, engine: "inprocess", cycles: 1000, hurry: 4 },
    { map: wide, addressBits: 6, engine: "inprocess", cycles: 1000, hurry: 3 },
    { map: narrow, addressBits: 5, engine: "icarus", cycles: 300, hurry: 3 },
    { map: wide, addressBits: 6, engine: "icarus", cycles: 300, hurry: 4 },
  ] as const)("$map.dataBits bits, $addressBits address bits, $engine, hurry $hurry", async (setting) => {
    const { writes, reads, errors } = await compare(setting);
    expect(Math.min(writes, reads)).toBeGreaterThan(setting.cycles / 14);
    expect(errors).toBeGreaterThan(writes / 20);
  });
});

/** A bench of the narrow registers and a bus. */
async function started() {
  const bench = await simulate(new Everything({ map: narrow, addressBits: 5 }));
  bench.reset();
  return { bench, bus: new AxiLiteManager(bench, "s_axi") };
}

test("writes and reads, byte by byte too", async () => {
  const { bench, bus } = await started();
  expect(bus.read(0x8)).toBe(0xbeef << 5);
  bus.write(0x8, 0xffff_ffff, 0b0010);
  expect(bus.read(0x8)).toBe(((0xbeef << 5) & ~0xff00) | 0xff00);
  bus.write(0x14, 1 << 14);
  expect(bus.read(0x14)).toBe(4 << 14);
  expect(() => bus.read(0x10)).toThrow("the read of 0x10 was answered by SLVERR");
  expect(() => bus.write(0x0, 1)).toThrow("the write to 0x0 was answered by SLVERR");
  bench.close();
});

test("an access takes three cycles, and further ones two each", async () => {
  const { bench, bus } = await started();
  let cycles = 0;
  const asked = Array.from({ length: 10 }, () => bus.askWrite(0x8, 0));
  for (; asked.some(({ response }) => response === undefined); cycles++) bus.step();
  expect(cycles).toBe(3 + 9 * 2);
  bench.close();
});

test("a manager that takes a request back breaks the rules", async () => {
  const { bench } = await started();
  bench.in.s_axi.awvalid = 1;
  bench.step(2);
  bench.in.s_axi.awvalid = 0;
  expect(() => bench.step()).toThrow("AW: valid stays until the item is taken");
});

test("the Verilog is clean, without a warning from the checks, and ports have the usual names", () => {
  for (const [map, addressBits] of [
    [narrow, 5],
    [narrow, 12],
    [wide, 6],
  ] as const) {
    const module = new Everything({ map, addressBits });
    expect(inspect(module).diagnostics).toEqual([]);
    const files = emitVerilog(compile(module));
    lint(files);
    for (const signal of ["awvalid", "awready", "wstrb", "bresp", "araddr", "rdata"]) {
      expect(files.at(-1)!.text).toMatch(new RegExp(`(in|out)put wire (\\[\\d+:0\\] )?s_axi_${signal},`));
    }
  }
});

test("the rules of the bus are proven for all traffic that keeps its own", async () => {
  const report = await prove(new AxiLiteFront({ addressBits: 4, dataBits: 32 }));
  expect(report.properties.filter(({ kind }) => kind === "assert").map(({ status }) => status)).toEqual(
    Array(7).fill("proven"),
  );
});

class Unserved extends Module {
  readonly s_axi = input(axiLite(narrow));
  build(): void {
    const registers = axiLiteRegisters(this.s_axi, narrow);
    registers.main.state.value = 0;
  }
}

test("fields that hardware must drive and does not", () => {
  const found = inspect(new Unserved({})).diagnostics.map(({ code, signal }) => `${code} ${signal}`);
  expect(found).toEqual([
    "LS0201 registers_main_shared_loads",
    "LS0201 registers_main_shared_loaded",
    "LS0201 registers_events_once_events",
    "LS0201 registers_events_sticky_events",
  ]);
});

test("ports that do not fit the map", () => {
  const small = { map: narrow, addressBits: 4 };
  expect(() => compile(new Everything(small))).toThrow(
    "register map `Everything` reaches to 0x14, which takes 5 address bits; the port has 4",
  );
  expect(() => axiLite({ addressBits: 5, dataBits: 16 })).toThrow("words of 16 bits");
});
