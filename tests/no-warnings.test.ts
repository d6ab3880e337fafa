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

/** The ends of what a parameter accepts, or every choice. */
function corners(field: ParameterDescription): readonly ParameterValue[] {
  if ("choices" in field) return field.choices;
  return "min" in field ? [field.min, Math.min(field.max, 32)] : [true, false];
}

test.each(generators.map(({ name }) => name))("nothing is told of %s at the corners of its parameters", (name) => {
  const generator = generatorNamed(name);
  let looked = 0;
  for (const field of generator.parameters) {
    for (const corner of corners(field)) {
      let module: Module;
      try {
        module = generator.configure({ ...smaller(generator), [field.name]: corner }).create();
      } catch (error) {
        // Not every value goes with the others.
        if (error instanceof InputError) continue;
        throw error;
      }
      expect(told(module), `${field.name} = ${corner}`).toBe("");
      looked++;
    }
  }
  expect(looked).toBeGreaterThan(generator.parameters.length);
});

/** A short vector, so that the test is quick. */
function smaller(generator: Generator): Record<string, ParameterValue> {
  return generator.parameters.some(({ name }) => name === "vectorSize") ? { vectorSize: 8 } : {};
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
