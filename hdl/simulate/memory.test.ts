import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import {
  bit,
  bundle,
  clockDomain,
  compile,
  type EngineName,
  emitVerilog,
  inDomain,
  input,
  inspect,
  Module,
  memory,
  output,
  type ReadUnderWrite,
  rom,
  simulate,
  sint,
  uint,
  vec,
  when,
} from "../index.ts";
import { checkWithYosys, inFolder, lint } from "../verilog/testing/tools.ts";

const engines: readonly EngineName[] = ["inprocess", "icarus", "verilator"];

function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
}

interface StoreParams {
  rule: ReadUnderWrite;
  depth: number;
}

/** Two write ports, one with byte enables; two clocked reads, one asynchronous one. */
class Store extends Module<StoreParams> {
  readonly writeA = input(bit);
  readonly addressA = input(uint(3));
  readonly dataA = input(uint(16));
  readonly maskA = input(uint(4));
  readonly writeB = input(bit);
  readonly addressB = input(uint(3));
  readonly dataB = input(uint(16));
  readonly readEnable = input(bit);
  readonly readAddress = input(uint(3));
  readonly held = output(uint(16));
  readonly free = output(uint(16));
  readonly now = output(uint(16));
  build() {
    const { depth, rule } = this.params;
    const init = Array.from({ length: depth }, (_, i) => 0x1111 * i);
    const words = memory(uint(16), depth, { init, granularity: 4, readUnderWrite: rule });
    when(this.writeA, () => words.write(this.addressA, this.dataA, { mask: this.maskA }));
    when(this.writeB, () => words.write(this.addressB, this.dataB));
    this.held.value = words.readSync(this.readAddress, { enable: this.readEnable });
    this.free.value = words.readSync(this.addressA);
    this.now.value = words.read(this.readAddress);
  }
}

describe.each(engines)("a memory in %s", (engine) => {
  const cases = (["old", "new", "undefined"] as const).map((rule) => ({ rule, depth: 8 }));
  test.each(engine === "verilator" ? cases.slice(1, 2) : cases)("reads $rule under a write", async (params) => {
    const bench = await simulate(new Store(params), { engine });
    try {
      const words = Array.from({ length: 8 }, (_, i) => 0x1111 * i);
      const random = numbers(9);
      let [held, free]: (number | undefined)[] = [];
      for (let cycle = 0; cycle < 400; cycle++) {
        const value = {
          writeA: random() % 2,
          addressA: random() % 8,
          dataA: random() % 65536,
          maskA: random() % 16,
          writeB: random() % 2,
          // Collisions are what this is about.
          addressB: random() % 3,
          dataB: random() % 65536,
          readEnable: random() % 2,
          readAddress: random() % 3,
        };
        value.addressA %= random() % 2 === 0 ? 3 : 8;
        Object.assign(bench.in, value);
        expect(bench.out.now).toBe(words[value.readAddress]);
        if (held !== undefined) expect(bench.out.held).toBe(held);
        if (free !== undefined) expect(bench.out.free).toBe(free);
        const before = words.slice();
        if (value.writeA) {
          let bits = 0;
          for (let part = 0; part < 4; part++) if ((value.maskA >> part) & 1) bits |= 15 << (4 * part);
          words[value.addressA] = (words[value.addressA]! & ~bits) | (value.dataA & bits);
        }
        if (value.writeB) words[value.addressB] = value.dataB;
        const seen = params.rule === "new" ? words : before;
        // "undefined" says nothing of a read under a write; what it does today is no promise.
        const loose = params.rule === "undefined";
        const hit = (address: number): boolean =>
          loose &&
          ((value.writeA === 1 && value.addressA === address) || (value.writeB === 1 && value.addressB === address));
        if (value.readEnable) held = hit(value.readAddress) ? undefined : seen[value.readAddress];
        free = hit(value.addressA) ? undefined : seen[value.addressA];
        bench.step();
      }
    } finally {
      bench.close();
    }
  });

  test("of one port gives what is written at the same edge, by bytes too", async () => {
    class OnePort extends Module {
      readonly write = input(bit);
      readonly mask = input(uint(2));
      readonly address = input(uint(2));
      readonly data = input(uint(8));
      readonly q = output(uint(8));
      readonly through = output(uint(8));
      build() {
        const words = memory(uint(8), 4, { readUnderWrite: "new", granularity: 4, init: [1, 2, 3, 4] });
        when(this.write, () => {
          words.write(this.address, this.data, { mask: this.mask });
        });
        this.q.value = words.readSync(this.address);
        const through = memory(uint(8), 4, { readUnderWrite: "new" });
        through.write(this.address, this.data);
        this.through.value = through.readSync(this.address).xor(through.read(this.address.not()));
      }
    }
    const bench = await simulate(new OnePort({}), { engine });
    const random = numbers(3);
    const words = [1, 2, 3, 4];
    const seen = new Set<number>();
    for (let cycle = 0; cycle < 100; cycle++) {
      const [write, mask, address, data] = [random() % 2, random() % 4, random() % 4, random() % 256];
      Object.assign(bench.in, { write, mask, address, data });
      bench.step();
      const bits = write ? (mask & 1 ? 15 : 0) | (mask & 2 ? 240 : 0) : 0;
      words[address] = (words[address]! & ~bits) | (data & bits);
      seen.add(bench.out.q);
      expect(bench.out.q).toBe(words[address]);
    }
    expect(seen.size).toBeGreaterThan(20);
    bench.close();
  });

  test("has contents from typed arrays and bigints, signed words, and words that are bundles", async () => {
    class Tables extends Module {
      readonly address = input(uint(2));
      readonly little = output(sint(8));
      readonly much = output(uint(70));
      readonly pair = output(bundle({ valid: bit, lanes: vec(2, sint(4)) }));
      readonly stored = output(bundle({ valid: bit, lanes: vec(2, sint(4)) }));
      build() {
        const small = rom(sint(8), Int8Array.of(-128, -1, 0, 127));
        const large = rom(uint(70), [0n, 1n << 69n, (1n << 70n) - 1n]);
        const pair = bundle({ valid: bit, lanes: vec(2, sint(4)) });
        const pairs = rom(pair, [
          { valid: 0, lanes: [1, -1] },
          { valid: 1, lanes: [-8, 7] },
          { valid: 1, lanes: [3, 4] },
          { valid: 0, lanes: [0, 0] },
        ]);
        const words = memory(pair, 4, { init: [{ valid: 0, lanes: [0, 0] }] });
        this.little.value = small.read(this.address);
        this.much.value = large.readSync(this.address);
        this.pair.value = pairs.read(this.address);
        words.write(this.address, { valid: 1, lanes: [2, -3] });
        this.stored.value = words.readSync(this.address, { readUnderWrite: "new" });
      }
    }
    const bench = await simulate(new Tables({}), { engine });
    try {
      const { out } = bench;
      const seen: unknown[] = [];
      for (let address = 0; address < 3; address++) {
        bench.in.address = address;
        seen.push([out.little, out.pair.valid, out.pair.lanes]);
        bench.step();
        seen.push([bench.outBig.much, out.stored.valid, out.stored.lanes]);
      }
      expect(seen).toEqual([
        [-128, 0, [1, -1]],
        [0n, 1, [2, -3]],
        [-1, 1, [-8, 7]],
        [1n << 69n, 1, [2, -3]],
        [0, 1, [3, 4]],
        [(1n << 70n) - 1n, 1, [2, -3]],
      ]);
    } finally {
      bench.close();
    }
  });
});

/** The memory cells that Yosys finds, with their parameters. */
function memoryCells(module: Module): Record<string, string>[] {
  const files = emitVerilog(compile(module));
  return inFolder(files, (folder) => {
    const names = files.map((file) => file.fileName).join(" ");
    const script = `read_verilog ${names}; hierarchy -auto-top; proc; opt; memory -nomap; opt_clean; write_json out.json`;
    execFileSync("yosys", ["-q", "-p", script], { cwd: folder, timeout: 60_000 });
    const text = execFileSync("cat", ["out.json"], { cwd: folder, encoding: "utf8" });
    const { modules } = JSON.parse(text) as {
      modules: Record<string, { cells: Record<string, { type: string; parameters: Record<string, string> }> }>;
    };
    const cells = Object.values(modules).flatMap((each) => Object.values(each.cells));
    return cells.filter(({ type }) => type === "$mem_v2").map(({ parameters }) => parameters);
  });
}

describe("Yosys finds", () => {
  class Simple extends Module<{ rule: ReadUnderWrite }> {
    readonly write = input(bit);
    readonly mask = input(uint(2));
    readonly address = input(uint(4));
    readonly data = input(uint(16));
    readonly readAddress = input(uint(4));
    readonly enable = input(bit);
    readonly read = output(uint(16));
    build() {
      const words = memory(uint(16), 16, { granularity: 8 });
      when(this.write, () => words.write(this.address, this.data, { mask: this.mask }));
      const { rule } = this.params;
      this.read.value = words.readSync(this.readAddress, { enable: this.enable, readUnderWrite: rule });
    }
  }
  test.each([
    ["old", "0", "0"],
    ["new", "1", "0"],
    ["undefined", "0", "1"],
  ] as const)("one memory with a clocked read that sees the %s word", (rule, transparent, free) => {
    const cells = memoryCells(new Simple({ rule }));
    expect(cells).toHaveLength(1);
    expect(cells[0]).toMatchObject({ RD_CLK_ENABLE: "1", RD_CLK_POLARITY: "1" });
    expect(Number.parseInt(cells[0]!.RD_TRANSPARENCY_MASK!, 2) > 0 ? "1" : "0").toBe(transparent);
    expect(Number.parseInt(cells[0]!.RD_COLLISION_X_MASK!, 2) > 0 ? "1" : "0").toBe(free);
  });

  test("a ROM with its contents", () => {
    class Table extends Module {
      readonly address = input(uint(6));
      readonly read = output(uint(8));
      build() {
        this.read.value = rom(
          uint(8),
          Array.from({ length: 64 }, (_, i) => (i * i) & 255),
        ).readSync(this.address);
      }
    }
    const cells = memoryCells(new Table({}));
    expect(cells).toHaveLength(1);
    expect(cells[0]!.INIT!.slice(-16)).toBe("1000000010000000");
    expect(cells[0]!.RD_CLK_ENABLE).toBe("1");
  });
});

test("the Verilog of a memory, clean in lint and Yosys", () => {
  const files = emitVerilog(compile(new Store({ rule: "undefined", depth: 8 })), { sourceComments: false });
  lint(files);
  checkWithYosys(files);
  expect(files[0]!.text.slice(files[0]!.text.indexOf(");"))).toMatchInlineSnapshot(`
    ");
      (* no_rw_check *) reg [15:0] words [0:7];

      initial begin
        words[0] = 16'd0; words[1] = 16'h1111; words[2] = 16'h2222; words[3] = 16'h3333;
        words[4] = 16'h4444; words[5] = 16'h5555; words[6] = 16'h6666; words[7] = 16'h7777;
      end

      wire [15:0] now_value = words[readAddress];

      always @(posedge clock) begin
        if (readEnable) held <= now_value;
      end

      always @(posedge clock) begin
        free <= words[addressA];
      end

      always @(posedge clock) begin
        if (writeA) begin
          if (maskA[0]) words[addressA][3:0] <= dataA[3:0];
          if (maskA[1]) words[addressA][7:4] <= dataA[7:4];
          if (maskA[2]) words[addressA][11:8] <= dataA[11:8];
          if (maskA[3]) words[addressA][15:12] <= dataA[15:12];
        end
        if (writeB) words[addressB] <= dataB;
      end

      assign now = now_value;
    endmodule
    "
  `);
});

test("a memory may be written in one clock domain and read in another, when it says why", () => {
  class Both extends Module<{ crossing?: string }> {
    readonly fast = clockDomain();
    readonly write = input(uint(4));
    readonly read = input(uint(4), { domain: this.fast });
    readonly data = output(uint(8), { domain: this.fast });
    build() {
      const words = memory(uint(8), 16, this.params);
      words.write(this.write, 7);
      this.data.value = inDomain(this.fast, () => words.readSync(this.read));
    }
  }
  const codesOf = (module: Module): string[] => inspect(module).diagnostics.map(({ code }) => code);
  expect(codesOf(new Both({}))).toEqual(["LS0304"]);
  expect(codesOf(new Both({ crossing: "read only what was written long ago" }))).toEqual([]);
});

test("wrong use is told", () => {
  class Wrong extends Module {
    readonly fast = clockDomain();
    readonly address = input(uint(2));
    readonly a = output(uint(8));
    readonly b = output(uint(8));
    build() {
      const words = memory(uint(8), 4, { init: [1, 2, 300, 4, 5], granularity: 3 });
      words.write(this.address, 1, { mask: 1 });
      this.a.value = words.readSync(this.address, { domain: this.fast, readUnderWrite: "new" });
      memory(uint(8), 4, { readUnderWrite: "later" as "old" });
      const table = rom(uint(8), [1, 2, 3, 4]) as ReturnType<typeof memory>;
      table.write(this.address, 1);
      this.b.value = table.read(this.address) as never;
    }
  }
  expect(inspect(new Wrong({})).diagnostics.map(({ code, message }) => `${code} ${message}`)).toMatchInlineSnapshot(`
    [
      "LS0307 \`words\` has words of 8 bits, which parts of 3 do not divide",
      "LS0307 \`words\` has 5 initial words for a depth of 4",
      "LS0103 the literal 300 does not fit word 2 of \`words\`, which holds 0 to 255",
      "LS0307 a write to \`words\` has a mask, but the memory has no granularity",
      "LS0307 \`memory\` has the order "later" of reading and writing",
      "LS0307 \`table\` is a rom(), which nothing can be written to",
      "LS0307 a read of \`words\` is to give what is written, but the word is written in another clock domain",
      "LS0304 register \`a_value\` of clock domain \`fast\` takes a value from memory \`words\` of the default clock domain (clock)",
    ]
  `);
});
