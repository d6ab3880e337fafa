import type { Module } from "../hdl/index.ts";
import { AxiTimer } from "./axi-timer/axi-timer.ts";
import { Fir } from "./fir/fir.ts";
import { Computer } from "./rv32i/computer.ts";
import { SpiController } from "./spi/spi-controller.ts";
import { UartReceiver } from "./uart/uart-receiver.ts";
import { UartTransmitter } from "./uart/uart-transmitter.ts";

/** Every example design, in a size as it would be used; what prints and checks the examples goes through them. */
export const examples: Readonly<Record<string, () => readonly Module[]>> = Object.freeze({
  // 115,200 baud from a clock of 50 MHz.
  uart: () => [new UartTransmitter({ clocksPerBit: 434 }), new UartReceiver({ clocksPerBit: 434 })],
  spi: () => [new SpiController({ mode: 0, wordBits: 8, halfPeriod: 4 })],
  fir: () => [new Fir({ coefficients: [0.1, 0.4, 0.4, 0.1], fractionBits: 8, sampleBits: 12 })],
  "axi-timer": () => [new AxiTimer({})],
  rv32i: () => [new Computer({ instructionWords: 1024, dataWords: 256 })],
});
