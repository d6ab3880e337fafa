import type { SpiMode } from "./spi-controller.ts";

/** In which direction the clock goes when the data wires are sampled, and what it rests at. */
const modes = [
  { rest: 0, sampledOn: "rise", firstBit: "when selected" },
  { rest: 0, sampledOn: "fall", firstBit: "at the first edge" },
  { rest: 1, sampledOn: "fall", firstBit: "when selected" },
  { rest: 1, sampledOn: "rise", firstBit: "at the first edge" },
] as const;

/** What the peripheral sees. */
interface Wires {
  readonly selectN: number;
  readonly sclk: number;
  readonly copi: number;
}

/** The other end of the wires, as a program: takes words, answers with words, and watches the rules. */
export class SpiPeripheralModel {
  /** The words received so far. */
  readonly received: number[] = [];
  /** The word to answer the next transfer with. */
  reply = 0;
  readonly #mode: (typeof modes)[number];
  readonly #wordBits: number;
  #before: Wires | undefined;
  #bitsIn: number[] = [];
  #bitsOut: number[] = [];
  #cipo = 0;

  constructor(mode: SpiMode, wordBits: number) {
    this.#mode = modes[mode];
    this.#wordBits = wordBits;
  }

  /** Looks at the wires, once per clock, and gives the level of `cipo`. @throws Error when a rule of SPI is broken. */
  look(wires: Wires): number {
    const { rest, sampledOn, firstBit } = this.#mode;
    const before = this.#before ?? { selectN: 1, sclk: rest, copi: 0 };
    this.#before = wires;
    if (wires.selectN === 1 && wires.sclk !== rest) throw new Error("the clock does not rest at its level");

    if (before.selectN === 1 && wires.selectN === 0) {
      this.#bitsIn = [];
      this.#bitsOut = [...this.reply.toString(2).padStart(this.#wordBits, "0")].map(Number);
      if (firstBit === "when selected") this.#cipo = this.#bitsOut.shift() ?? 0;
    } else if (before.selectN === 0 && wires.selectN === 1) {
      if (this.#bitsIn.length !== this.#wordBits) throw new Error(`a word of ${this.#bitsIn.length} bits`);
      this.received.push(Number.parseInt(this.#bitsIn.join(""), 2));
    } else if (before.sclk !== wires.sclk) {
      const edge = wires.sclk === 1 ? "rise" : "fall";
      if (edge === sampledOn) {
        if (before.copi !== wires.copi) throw new Error("copi changes while it is sampled");
        this.#bitsIn.push(wires.copi);
      } else {
        this.#cipo = this.#bitsOut.shift() ?? 0;
      }
    }
    return this.#cipo;
  }
}
