/** Prints the Verilog of an example: `npx tsx examples/print-verilog.ts uart`, or `spi`, `fir` or `rv32i`, or several. */
import { compile, emitVerilog, type Module } from "../hdl/index.ts";
import { Fir } from "./fir/fir.ts";
import { Computer } from "./rv32i/computer.ts";
import { SpiController } from "./spi/spi-controller.ts";
import { UartReceiver } from "./uart/uart-receiver.ts";
import { UartTransmitter } from "./uart/uart-transmitter.ts";

const examples: Readonly<Record<string, () => readonly Module[]>> = {
  // 115,200 baud from a clock of 50 MHz.
  uart: () => [new UartTransmitter({ clocksPerBit: 434 }), new UartReceiver({ clocksPerBit: 434 })],
  spi: () => [new SpiController({ mode: 0, wordBits: 8, halfPeriod: 4 })],
  fir: () => [new Fir({ coefficients: [0.1, 0.4, 0.4, 0.1], fractionBits: 8, sampleBits: 12 })],
  rv32i: () => [new Computer({ instructionWords: 1024, dataWords: 256 })],
};

const names = process.argv.slice(2);
if (names.length === 0 || !names.every((name) => Object.hasOwn(examples, name))) {
  console.error(`name an example: ${Object.keys(examples).join(", ")}`);
  process.exitCode = 2;
} else {
  for (const module of names.flatMap((name) => examples[name]!())) {
    for (const { text } of emitVerilog(compile(module))) console.log(text);
  }
}
