import { describe, expect, test } from "vitest";
import { bit, compile, emitVerilog, input, instance, Module, output, simulate, uint } from "../../hdl/index.ts";
import { lint } from "../../hdl/verilog/testing/tools.ts";
import { Random } from "../../tb/index.ts";
import { frameBits, waveform } from "./uart-model.ts";
import { UartReceiver } from "./uart-receiver.ts";
import { UartTransmitter } from "./uart-transmitter.ts";

/** A transmitter whose line leads straight to a receiver. */
class Loopback extends Module<{ clocksPerBit: number }> {
  readonly data = input(uint(8));
  readonly valid = input(bit);
  readonly ready = output(bit);
  readonly received = output(uint(8));
  readonly receivedValid = output(bit);
  readonly framingError = output(bit);

  build() {
    const transmitter = instance(new UartTransmitter(this.params));
    const receiver = instance(new UartReceiver(this.params));
    transmitter.data.value = this.data;
    transmitter.valid.value = this.valid;
    receiver.line.value = transmitter.line;
    this.ready.value = transmitter.ready;
    this.received.value = receiver.data;
    this.receivedValid.value = receiver.valid;
    this.framingError.value = receiver.framingError;
  }
}

describe.each(["inprocess", "icarus"] as const)("on %s", (engine) => {
  test.each([1, 4, 7])("the transmitter draws every bit %i clocks long", async (clocksPerBit) => {
    const bench = await simulate(new UartTransmitter({ clocksPerBit }), { engine });
    const random = new Random(1);
    const line: number[] = [];
    const expected: number[] = [];
    let sent = 0;
    bench.reset();
    while (sent < 20 || line.length < expected.length) {
      bench.in.valid = sent < 20 && random.oneIn(3) ? 1 : 0;
      bench.in.data = random.integer(0, 255);
      line.push(bench.out.line);
      if (expected.length < line.length) expected.push(1); // at rest
      if (bench.in.valid === 1 && bench.out.ready === 1) {
        expected.push(...waveform(frameBits(bench.in.data), clocksPerBit));
        sent++;
      }
      bench.step();
    }
    bench.close();
    expect(line).toEqual(expected);
  });

  test.each([
    { clocksPerBit: 4, speed: 1 },
    { clocksPerBit: 13, speed: 1 },
    { clocksPerBit: 16, speed: 0.97 },
    { clocksPerBit: 16, speed: 1.03 },
  ])("the receiver at $clocksPerBit clocks per bit hears a sender at $speed of its speed", async (setting) => {
    const { clocksPerBit, speed } = setting;
    const random = new Random(2);
    const rest = (bits: number) => Array.from({ length: bits * clocksPerBit }, () => 1);
    const line = rest(2);
    const expected: (number | "framing error")[] = [];
    for (let frame = 0; frame < 25; frame++) {
      const byte = random.integer(0, 255);
      const broken = random.oneIn(5);
      line.push(...waveform(frameBits(byte, broken ? 0 : 1), clocksPerBit / speed));
      expected.push(broken ? "framing error" : byte);
      // After a good stop bit the next frame may follow at once.
      if (broken || random.oneIn(2)) line.push(...rest(random.integer(1, 3)));
      // A disturbance that is over before the middle of a start bit is not a frame.
      if (random.oneIn(4)) line.push(...rest(1), ...Array(Math.floor(clocksPerBit / 2) - 1).fill(0), ...rest(1));
    }
    // A break: the line stays low for three frames and is reported once.
    line.push(...rest(2), ...Array(30 * clocksPerBit).fill(0), ...rest(2));
    expected.push("framing error");

    const bench = await simulate(new UartReceiver({ clocksPerBit }), { engine });
    const heard: (number | "framing error")[] = [];
    bench.in.line = 1;
    bench.reset();
    for (const level of line) {
      bench.in.line = level;
      bench.step();
      if (bench.out.valid === 1) heard.push(bench.out.data);
      if (bench.out.framingError === 1) heard.push("framing error");
    }
    bench.close();
    expect(heard).toEqual(expected);
  });

  test("what goes in at one end comes out at the other", async () => {
    const bench = await simulate(new Loopback({ clocksPerBit: 5 }), { engine });
    const random = new Random(3);
    const bytes = Array.from({ length: 30 }, () => random.integer(0, 255));
    const received: number[] = [];
    let sent = 0;
    bench.reset();
    for (let clock = 0; clock < bytes.length * 51 + 10; clock++) {
      bench.in.valid = sent < bytes.length ? 1 : 0;
      bench.in.data = bytes[sent] ?? 0;
      if (bench.in.valid === 1 && bench.out.ready === 1) sent++;
      bench.step();
      if (bench.out.receivedValid === 1) received.push(bench.out.received);
      expect(bench.out.framingError).toBe(0);
    }
    bench.close();
    expect(received).toEqual(bytes);
  });
});

test("the Verilog is clean", () => {
  for (const clocksPerBit of [4, 7, 16, 868]) lint(emitVerilog(compile(new Loopback({ clocksPerBit }))));
  lint(emitVerilog(compile(new UartTransmitter({ clocksPerBit: 1 }))));
});

test("a bit too short to have a middle is refused", () => {
  expect(() => compile(new UartReceiver({ clocksPerBit: 3 }))).toThrow(
    "clocksPerBit is 3; a bit has a middle from 4 on",
  );
});
