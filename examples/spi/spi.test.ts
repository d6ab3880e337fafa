import { describe, expect, test } from "vitest";
import { compile, emitVerilog, simulate } from "../../hdl/index.ts";
import { lint } from "../../hdl/verilog/testing/tools.ts";
import { Random } from "../../tb/index.ts";
import { SpiController, type SpiMode, type SpiParameters } from "./spi-controller.ts";
import { SpiPeripheralModel } from "./spi-peripheral-model.ts";

const modes: readonly SpiMode[] = [0, 1, 2, 3];
const sizes = [
  { wordBits: 8, halfPeriod: 1 },
  { wordBits: 13, halfPeriod: 3 },
];
const settings: readonly SpiParameters[] = modes.flatMap((mode) => sizes.map((size) => ({ mode, ...size })));
const extremes: readonly SpiParameters[] = [
  { mode: 0, wordBits: 1, halfPeriod: 1 },
  { mode: 3, wordBits: 1, halfPeriod: 2 },
  { mode: 1, wordBits: 32, halfPeriod: 1 },
];

describe.each(["inprocess", "icarus"] as const)("on %s", (engine) => {
  test.each([...settings, ...extremes])(
    "mode $mode, $wordBits bits, half period $halfPeriod: words cross both ways",
    async (parameters) => {
      const { mode, wordBits, halfPeriod } = parameters;
      const bench = await simulate(new SpiController(parameters), { engine });
      const peripheral = new SpiPeripheralModel(mode, wordBits);
      const random = new Random(mode);
      const anyWord = () => random.integer(0, 2 ** wordBits - 1);
      const clock = () => {
        const { selectN, sclk, copi } = bench.out;
        bench.in.cipo = peripheral.look({ selectN, sclk, copi });
        bench.step();
      };

      bench.in.cipo = 0;
      bench.in.valid = 0;
      bench.in.data = 0;
      bench.reset();
      for (let transfer = 0; transfer < 12; transfer++) {
        const word = anyWord();
        peripheral.reply = anyWord();
        for (let pause = random.integer(0, 3); pause > 0; pause--) clock();
        expect(bench.out.ready).toBe(1);
        bench.in.data = word;
        bench.in.valid = 1;
        clock();
        bench.in.data = anyWord(); // only the word that was taken counts
        bench.in.valid = 0;
        const start = bench.cycle;
        while (bench.out.done === 0 && bench.cycle < start + 1000) clock();
        expect(bench.cycle - start).toBe((2 * wordBits + 1) * halfPeriod);
        expect(bench.out.received).toBe(peripheral.reply);
        clock();
        expect(peripheral.received.at(-1)).toBe(word);
      }
      bench.close();
    },
  );
});

test("the Verilog is clean in every mode", () => {
  for (const parameters of [...settings, ...extremes]) lint(emitVerilog(compile(new SpiController(parameters))));
});
