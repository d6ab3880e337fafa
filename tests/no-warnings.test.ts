import { expect, test } from "vitest";
import { Fir } from "../examples/fir/fir.ts";
import { Computer } from "../examples/rv32i/computer.ts";
import { SpiController } from "../examples/spi/spi-controller.ts";
import { UartReceiver } from "../examples/uart/uart-receiver.ts";
import { UartTransmitter } from "../examples/uart/uart-transmitter.ts";
import { type Generator, generatorNamed, generators } from "../generators/index.ts";
import { formatDiagnostic, inspect, type Module } from "../hdl/index.ts";
import { InputError, type ParameterDescription, type ParameterValue } from "../spec/index.ts";
import { standardConfigurations } from "../tb/index.ts";

/** What is told of a module, as text; empty for nothing. */
const told = (module: Module): string => inspect(module).diagnostics.map(formatDiagnostic).join("\n\n");

test.each(standardConfigurations.map(({ folder, design, parameters }) => [folder, design, parameters] as const))(
  "nothing is told of rtl-out/%s",
  (_folder, design, parameters) => {
    expect(told(generatorNamed(design).configure(parameters).create())).toBe("");
  },
);

/** The least that a parameter accepts, or every choice. */
function corners(field: ParameterDescription): readonly ParameterValue[] {
  if ("choices" in field) return field.choices;
  return "min" in field ? [field.min] : [true, false];
}

test.each(generators.map(({ name }) => name))("nothing is told of %s at the corners of its parameters", (name) => {
  const generator = generatorNamed(name);
  let looked = 0;
  for (const field of generator.parameters) {
    for (const corner of corners(field)) {
      const module = configured(generator, { [field.name]: corner });
      if (module === undefined) continue;
      expect(told(module), `${field.name} = ${corner}`).toBe("");
      looked++;
    }
  }
  expect(looked).toBeGreaterThan(generator.parameters.length / 2);
});

/** A design with these parameters, with a short vector where that goes with them; undefined when nothing does. */
function configured(generator: Generator, parameters: Record<string, ParameterValue>): Module | undefined {
  for (const smaller of [{ vectorSize: 8 }, {}]) {
    try {
      return generator.configure({ ...smaller, ...parameters }).create();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
  }
  return undefined;
}

const examples: readonly [string, () => Module][] = [
  ["fir", () => new Fir({ coefficients: [0.1, 0.4, 0.4, 0.1], fractionBits: 8, sampleBits: 12 })],
  ["rv32i", () => new Computer({ instructionWords: 1024, dataWords: 256 })],
  ["spi", () => new SpiController({ mode: 0, wordBits: 8, halfPeriod: 4 })],
  ["spi, as fast as it goes", () => new SpiController({ mode: 3, wordBits: 1, halfPeriod: 1 })],
  ["uart receiver", () => new UartReceiver({ clocksPerBit: 434 })],
  ["uart transmitter", () => new UartTransmitter({ clocksPerBit: 434 })],
];
test.each(examples)("nothing is told of the example %s", (_name, create) => {
  expect(told(create())).toBe("");
});
