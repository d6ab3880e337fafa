import { expect, test } from "vitest";
import { input, Module, output, register } from "../language/index.ts";
import { simulate } from "../simulate.ts";
import { uint } from "../types/index.ts";
import { type CrcAlgorithm, crcAlgorithms, crcNext, crcResult } from "./crc.ts";

class Crc extends Module<{ algorithm: CrcAlgorithm; wordBits: number }> {
  readonly word = input(uint(this.params.wordBits));
  readonly check = output(uint(this.params.algorithm.width));
  build(): void {
    const { algorithm } = this.params;
    const state = register(uint(algorithm.width), { reset: algorithm.initial });
    state.next = crcNext(algorithm, state, this.word);
    this.check.value = crcResult(algorithm, state);
  }
}

/** The values that the catalogues print for the nine bytes `123456789`. */
const published: Record<keyof typeof crcAlgorithms, number> = {
  "CRC-8": 0xf4,
  "CRC-16/IBM-3740": 0x29b1,
  "CRC-16/MODBUS": 0x4b37,
  "CRC-32": 0xcbf43926,
  "CRC-32C": 0xe3069283,
};

test.each(Object.entries(published))("%s of 123456789, a byte a clock", async (name, wanted) => {
  const algorithm = crcAlgorithms[name as keyof typeof crcAlgorithms];
  const bench = await simulate(new Crc({ algorithm, wordBits: 8 }));
  bench.reset();
  for (const byte of Buffer.from("123456789")) {
    bench.in.word = byte;
    bench.step();
  }
  expect(bench.out.check).toBe(wanted);
  bench.close();
});

test("a bit a clock gives the same as a byte a clock", async () => {
  const algorithm = crcAlgorithms["CRC-32"];
  const bench = await simulate(new Crc({ algorithm, wordBits: 1 }));
  bench.reset();
  for (const byte of Buffer.from("123456789")) {
    for (let i = 0; i < 8; i++) {
      bench.in.word = (byte >> i) & 1;
      bench.step();
    }
  }
  expect(bench.out.check).toBe(0xcbf43926);
  bench.close();
});
