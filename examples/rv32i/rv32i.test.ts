import fc from "fast-check";
import { expect, test } from "vitest";
import { type Bench, type EngineOptions, simulate } from "../../hdl/index.ts";
import { AssemblyError, assemble } from "./assembler.ts";
import { Computer } from "./computer.ts";
import { programs } from "./programs.ts";
import { Reference } from "./reference.ts";

const sizes = { instructionWords: 1024, dataWords: 256 };

async function start(words: Uint32Array, options: EngineOptions = {}): Promise<Bench<Computer>> {
  const bench = await simulate(new Computer(sizes), options);
  bench.in.load = 1;
  // The word that is fetched while the program goes in is not executed: reset comes last.
  [...words, 0x100073].forEach((word, i) => {
    bench.in.loadAddress = i;
    bench.in.loadWord = word;
    bench.step();
  });
  bench.in.load = 0;
  bench.reset();
  return bench;
}

/** What a program stores at the port until it halts, and what it took. */
async function run(words: Uint32Array, options?: EngineOptions) {
  const bench = await start(words, options);
  const stored: number[] = [];
  let [cycles, instructions] = [0, 0];
  for (; !bench.out.halted; cycles++) {
    if (cycles > 20_000) throw new Error("the program does not halt");
    if (bench.out.stored) stored.push(bench.out.storedWord | 0);
    instructions += bench.out.retired;
    bench.step();
  }
  bench.close();
  return { stored, cycles, instructions };
}

test("the assembler gives the words of the manual's examples", () => {
  const words = assemble(`
    start: addi x1, x0, 5
    add  x3, x1, x2
    sub  x3, x1, x2
    srai t0, t1, 3
    lw   a0, -4(sp)
    sw   a0, 8(sp)
    beq  x1, x2, start
    jal  ra, start
    jalr x0, 0(ra)
    lui  a0, 0x12345
  `);
  expect([...words].map((word) => word.toString(16).padStart(8, "0"))).toEqual([
    "00500093",
    "002081b3",
    "402081b3",
    "40335293",
    "ffc12503",
    "00a12423",
    "fe2084e3",
    "fe5ff0ef",
    "00008067",
    "12345537",
  ]);
});

test.each([
  ["frob x1, x2", "line 1: there is no instruction frob"],
  ["nop\naddi x1, x0, 5000", "line 2: 5000 does not lie between -2048 and 2047"],
  ["add x1, x2, x40", "line 1: there is no register x40"],
  ["j nowhere", "line 1: nowhere is neither a number nor a label"],
  ["a: nop\na: nop", "line 2: the label a stands twice"],
])("a mistake in a program: %j", (program, message) => {
  expect(() => assemble(program)).toThrow(new AssemblyError(0, "").constructor as typeof AssemblyError);
  expect(() => assemble(program)).toThrow(message);
});

test.each(Object.entries(programs))("program: %s", async (_name, { text, output }) => {
  const { stored, cycles, instructions } = await run(assemble(text));
  expect(stored).toEqual(output);
  expect(cycles).toBeLessThanOrEqual(2 * instructions + 2);
});

test("the emitted Verilog in Icarus runs a program alike", async () => {
  const { text, output } = programs.sort!;
  expect((await run(assemble(text), { engine: "icarus" })).stored).toEqual(output);
});

const registersUsed = 8;
const anyRegister = fc.integer({ min: 0, max: registersUsed - 1 });
const operations = "add sub sll slt sltu xor srl sra or and".split(" ");
const withImmediate = "addi slti sltiu xori ori andi".split(" ");
const branches = "beq bne blt bge bltu bgeu".split(" ");

/** One random instruction; branches and jumps go forward, so that every program ends. */
const anyLine = fc.oneof(
  fc
    .tuple(fc.constantFrom(...operations), anyRegister, anyRegister, anyRegister)
    .map(([n, d, a, b]) => `${n} x${d}, x${a}, x${b}`),
  fc
    .tuple(fc.constantFrom(...withImmediate), anyRegister, anyRegister, fc.integer({ min: -2048, max: 2047 }))
    .map(([n, d, a, i]) => `${n} x${d}, x${a}, ${i}`),
  fc
    .tuple(fc.constantFrom("slli", "srli", "srai"), anyRegister, anyRegister, fc.integer({ min: 0, max: 31 }))
    .map(([n, d, a, i]) => `${n} x${d}, x${a}, ${i}`),
  fc
    .tuple(fc.constantFrom("lui", "auipc"), anyRegister, fc.integer({ min: 0, max: 0xfffff }))
    .map(([n, d, i]) => `${n} x${d}, ${i}`),
  fc
    .tuple(fc.constantFrom("lw", "lh", "lhu", "lb", "lbu"), anyRegister, fc.integer({ min: 0, max: 15 }))
    .map(([n, d, i]) => `${n} x${d}, ${i * 4}(x0)`),
  fc
    .tuple(fc.constantFrom("lb", "lbu", "sb"), anyRegister, fc.integer({ min: 0, max: 63 }))
    .map(([n, d, i]) => `${n} x${d}, ${i}(x0)`),
  fc
    .tuple(fc.constantFrom("lh", "lhu", "sh"), anyRegister, fc.integer({ min: 0, max: 31 }))
    .map(([n, d, i]) => `${n} x${d}, ${i * 2}(x0)`),
  fc.tuple(anyRegister, fc.integer({ min: 0, max: 15 })).map(([d, i]) => `sw x${d}, ${i * 4}(x0)`),
  fc
    .tuple(fc.constantFrom(...branches), anyRegister, anyRegister, fc.integer({ min: 1, max: 4 }))
    .map(([n, a, b, far]) => `${n} x${a}, x${b}, +${far}`),
  fc.tuple(anyRegister, fc.integer({ min: 1, max: 4 })).map(([d, far]) => `jal x${d}, +${far}`),
);

test("random programs leave the registers and the memory that the reference leaves", async () => {
  const bench = await simulate(new Computer(sizes));
  const runProgram = (lines: readonly string[]): void => {
    // Every word that a load may see is known, and every register starts at 0.
    const clear = Array.from({ length: 16 }, (_, i) => `sw x0, ${4 * i}(x0)`);
    const zero = Array.from({ length: 31 }, (_, i) => `addi x${i + 1}, x0, 0`);
    const body = lines.map((line, i) =>
      line.replace(/\+(\d+)$/, (_, far) => `${4 * (clear.length + zero.length + i + Number(far))}`),
    );
    const show = Array.from({ length: registersUsed - 1 }, (_, i) => `sw x${i + 1}, -4(x0)`);
    const memory = Array.from({ length: 16 }, (_, i) => [`lw x1, ${4 * i}(x0)`, "sw x1, -4(x0)"]).flat();
    const words = assemble([...clear, ...zero, ...body, "nop", "nop", "nop", "nop", ...show, ...memory].join("\n"));
    const reference = new Reference(words, 4 * sizes.dataWords);
    const [shownFrom] = [4 * (words.length - show.length - memory.length)];
    while (reference.pc < shownFrom) reference.step();
    const wanted = [
      ...reference.registers.slice(1, registersUsed),
      ...Array.from({ length: 16 }, (_, i) => reference.memory.getInt32(4 * i, true)),
    ];
    bench.in.load = 1;
    [...words, 0x100073].forEach((word, i) => {
      bench.in.loadAddress = i;
      bench.in.loadWord = word;
      bench.step();
    });
    bench.in.load = 0;
    bench.reset();
    const stored: number[] = [];
    for (let cycle = 0; !bench.out.halted && cycle < 5000; cycle++) {
      if (bench.out.stored) stored.push(bench.out.storedWord | 0);
      bench.step();
    }
    expect(stored).toEqual(wanted);
  };
  fc.assert(fc.property(fc.array(anyLine, { minLength: 1, maxLength: 60 }), runProgram), { numRuns: 200 });
  bench.close();
});
