import { describe, expect, test } from "vitest";
import {
  AxiLiteManager,
  type AxiRead,
  type AxiWrite,
  compile,
  emitVerilog,
  inspect,
  simulate,
} from "../../hdl/index.ts";
import { lint } from "../../hdl/verilog/testing/tools.ts";
import { Random } from "../../tb/index.ts";
import { AxiTimer } from "./axi-timer.ts";
import { AxiTimerModel } from "./axi-timer-model.ts";

describe.each(["inprocess", "icarus"] as const)("on %s", (engine) => {
  test("random traffic: every answer and the interrupt are those of the model", async () => {
    const random = new Random(7);
    const bench = await simulate(new AxiTimer({}), { engine });
    const bus = new AxiLiteManager(bench, "s_axi", { waits: () => random.oneIn(3) });
    bench.reset();
    const model = new AxiTimerModel();
    const writes: AxiWrite[] = [];
    const reads: AxiRead[] = [];
    const expected = { write: 0, read: { response: 0, data: 0n } };
    const seen = { accesses: 0, errors: 0, interrupts: 0 };
    for (let cycle = 0; cycle < (engine === "icarus" ? 600 : 3000); cycle++) {
      if (writes.length < 2) {
        // Small periods and prescalers, so that much happens; sometimes any word at all.
        const address = random.pick([0x00, 0x00, 0x04, 0x08, 0x0c, 0x10, 0x10, 0x14, 0x18]);
        const usual = { 0: random.pick([0x001, 0x003, 0x103, 0x203]), 16: random.pick([0x1_0000, 0x1_0001]) };
        const data = random.oneIn(8)
          ? random.integer(0, 0xffff_ffff)
          : (usual[address as 0 | 16] ?? random.integer(0, 9));
        writes.push(bus.askWrite(address, data, random.oneIn(4) ? random.integer(0, 15) : 15));
      }
      if (reads.length < 2) reads.push(bus.askRead(4 * random.integer(0, 7)));
      const { bvalid, rvalid } = bench.outBig.s_axi;
      const answered = bus.step();
      if (answered.write) expect(answered.write.response).toBe(expected.write);
      if (answered.read) {
        expect({ response: answered.read.response, data: answered.read.data }).toEqual(expected.read);
      }
      // A response that is new says that the cycle did an access.
      const after = bench.outBig.s_axi;
      const write = after.bvalid && (!bvalid || answered.write) ? writes.shift() : undefined;
      const read = after.rvalid && (!rvalid || answered.read) ? reads.shift() : undefined;
      if (write) expected.write = model.word(write.address) === undefined ? 2 : 0;
      if (read) {
        const word = model.word(read.address);
        expected.read = { response: word === undefined ? 2 : 0, data: BigInt(word ?? 0) };
        seen.accesses++;
        if (word === undefined) seen.errors++;
      }
      model.clock(write && { ...write, data: Number(write.data) }, read?.address);
      expect(bench.out.irq, `cycle ${cycle}`).toBe(model.irq);
      seen.interrupts += model.irq;
    }
    bench.close();
    expect(seen.accesses).toBeGreaterThan(100);
    expect(Math.min(seen.errors, seen.interrupts)).toBeGreaterThan(10);
  });
});

test("software starts it, is interrupted every period and clears the interrupt", async () => {
  const bench = await simulate(new AxiTimer({}));
  const bus = new AxiLiteManager(bench, "s_axi");
  bench.reset();
  bus.write(0x04, 9); // periods of 10 ticks
  bus.write(0x10, 1 << 16);
  bus.write(0x00, (4 << 8) | 0b11); // a tick every 5 clocks
  const rises: number[] = [];
  for (let clock = 0; clock < 500; clock++) {
    bus.step();
    if (bench.out.irq !== 1) continue;
    rises.push(clock);
    bus.write(0x10, (1 << 16) | 1, 0b0001);
    clock += 3; // the write takes three clocks
    expect(bench.out.irq).toBe(0);
  }
  expect(rises.slice(1).map((clock, i) => clock - rises[i]!)).toEqual(Array(rises.length - 1).fill(50));
  expect(rises.length).toBeGreaterThan(8);
  expect(bus.read(0x14) >>> 0).toBe(0x8000_0000 + rises.length);
  expect(bus.read(0x14)).toBe(rises.length);
  bench.close();
});

test("the Verilog is clean and the checks have nothing to say", () => {
  expect(inspect(new AxiTimer({})).diagnostics).toEqual([]);
  lint(emitVerilog(compile(new AxiTimer({}))));
});
