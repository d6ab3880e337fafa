import type { EnginePort, EngineValues } from "../engine.ts";
import type { Block } from "./layout.ts";

/** Values for a port that it cannot hold: wrong number of elements, out of range or not integers. */
export class StimulusError extends Error {
  readonly exitCode = 2;
  constructor(message: string) {
    super(message);
    this.name = "StimulusError";
  }
}

type IntegerArray = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array;

/** How all elements of an array of one class are tested at once, as the 32-bit words that they make up. */
interface RangeTest {
  /** Bits that must be 0; of signed elements in signed ports, bits that must equal their lower neighbour. */
  readonly mask: number;
  readonly signed: boolean;
  /** Two views of one buffer: to copy an array of small elements to, and to test it. None for 32-bit elements. */
  readonly copy: IntegerArray | undefined;
  readonly words: Int32Array | undefined;
}

/** Writes whole ports into the state arrays. */
export class PortWriter {
  readonly #port: EnginePort;
  readonly #block: Block;
  readonly #words: Int32Array;
  readonly #bigs: bigint[];
  /** By class of array: made when an array of this class comes first. */
  readonly #tests = new Map<unknown, RangeTest>();

  constructor(port: EnginePort, block: Block, words: Int32Array, bigs: bigint[]) {
    this.#port = port;
    this.#block = block;
    this.#words = words;
    this.#bigs = bigs;
  }

  /** Takes over all elements. Throws `StimulusError` when one does not fit; the port then keeps some valid values. */
  write(values: EngineValues): void {
    const { index, length, wide } = this.#block;
    if (values === undefined) throw new StimulusError(`input ${this.#port.name}: no values given`);
    if (values.length !== length) {
      throw new StimulusError(`input ${this.#port.name} has ${length} elements, but ${values.length} were given`);
    }
    if (wide || !isIntegerArray(values)) {
      this.#writeEach(values);
      return;
    }
    this.#words.set(values, index);
    const test = this.#testFor(values);
    if (test.mask === 0) return;
    let excess: number;
    if (test.copy === undefined) {
      excess = joinBits(this.#words, index, index + length, test.signed);
    } else {
      test.copy.set(values);
      excess = joinBits(test.words!, 0, test.words!.length, test.signed);
    }
    if ((excess & test.mask) !== 0) this.#writeEach(values);
  }

  #testFor(values: IntegerArray): RangeTest {
    let test = this.#tests.get(values.constructor);
    if (test === undefined) {
      test = makeRangeTest(values, this.#port);
      this.#tests.set(values.constructor, test);
    }
    return test;
  }

  #writeEach(values: EngineValues): void {
    const { index, length, wide } = this.#block;
    const { name, elementWidth: width, signed } = this.#port;
    for (let i = 0; i < length; i++) {
      const value = values[i]!;
      if (wide) {
        const big = typeof value === "bigint" || Number.isInteger(value) ? BigInt(value) : undefined;
        if (big === undefined || big !== (signed ? BigInt.asIntN(width, big) : BigInt.asUintN(width, big))) {
          this.#bigs[index + i] = 0n;
          throw misfit(name, i, value, width, signed);
        }
        this.#bigs[index + i] = big;
        continue;
      }
      const number = Number(value);
      const [min, max] = signed ? [-(2 ** (width - 1)), 2 ** (width - 1) - 1] : [0, 2 ** width - 1];
      const bad = !Number.isInteger(number) || number < min || number > max;
      this.#words[index + i] = bad ? 0 : number;
      if (bad) {
        this.#words.fill(0, index + i, index + length);
        throw misfit(name, i, value, width, signed);
      }
    }
  }
}

function isIntegerArray(values: EngineValues): values is IntegerArray {
  return (
    values instanceof Int8Array ||
    values instanceof Int32Array ||
    values instanceof Uint8Array ||
    values instanceof Int16Array ||
    values instanceof Uint16Array ||
    values instanceof Uint32Array
  );
}

/** The test that finds out whether elements like those of `values` fit into a port. */
function makeRangeTest(values: IntegerArray, port: EnginePort): RangeTest {
  const bits = 8 * values.BYTES_PER_ELEMENT;
  const fromSigned = values instanceof Int8Array || values instanceof Int16Array || values instanceof Int32Array;
  const signed = fromSigned && port.signed;
  // The lowest bit that shows a misfit: the sign counts where one side has it and the other has not.
  let lowest = port.elementWidth;
  if (port.signed && !fromSigned) lowest--;
  if (fromSigned && !port.signed) lowest = Math.min(lowest, bits - 1);
  let mask = 0;
  for (let bit = 0; bit < 32; bit++) if (bit % bits >= lowest) mask |= 1 << bit;
  if (bits === 32) return { mask, signed, copy: undefined, words: undefined };
  const words = new Int32Array(Math.ceil((values.length * bits) / 32));
  const copy = new (values.constructor as new (buffer: ArrayBuffer) => IntegerArray)(words.buffer as ArrayBuffer);
  return { mask, signed, copy, words };
}

/**
 * Joins the words start .. end − 1 with `or`. With `signed`, a bit of the result tells whether that bit differs from its
 * lower neighbour anywhere. Small elements share words; what leaks from one into the next reaches its lowest bit only.
 */
function joinBits(words: Int32Array, start: number, end: number, signed: boolean): number {
  let found = 0;
  let i = start;
  if (signed) {
    for (; i + 3 < end; i += 4) {
      const a = words[i]!;
      const b = words[i + 1]!;
      const c = words[i + 2]!;
      const d = words[i + 3]!;
      found |= (a ^ (a << 1)) | (b ^ (b << 1)) | (c ^ (c << 1)) | (d ^ (d << 1));
    }
    for (; i < end; i++) found |= words[i]! ^ (words[i]! << 1);
    return found;
  }
  for (; i + 3 < end; i += 4) found |= words[i]! | words[i + 1]! | words[i + 2]! | words[i + 3]!;
  for (; i < end; i++) found |= words[i]!;
  return found;
}

function misfit(name: string, element: number, value: number | bigint, width: number, signed: boolean): StimulusError {
  return new StimulusError(
    `input ${name}, element ${element}: ${value} is not an integer of ${width} bits, ${signed ? "signed" : "unsigned"}`,
  );
}

/** Reads whole ports from the state arrays. */
export class PortReader {
  /** The present values; the same array every time. Of wide ports, as they were at the last `refresh`. */
  readonly view: EngineValues;
  readonly #block: Block;
  readonly #bigs: readonly bigint[];

  constructor(port: EnginePort, block: Block, words: Int32Array, bigs: readonly bigint[]) {
    this.#block = block;
    this.#bigs = bigs;
    const { wide, index, length } = block;
    // Unsigned words are read through a view that does not see their upper bit as a sign.
    if (wide) this.view = new Array<bigint>(length).fill(0n);
    else if (port.signed) this.view = words.subarray(index, index + length);
    else this.view = new Uint32Array(words.buffer, words.byteOffset + 4 * index, length);
  }

  /** Brings `view` up to date. */
  refresh(): void {
    if (!this.#block.wide) return;
    const { index, length } = this.#block;
    const view = this.view as bigint[];
    for (let i = 0; i < length; i++) view[i] = this.#bigs[index + i]!;
  }

  /** A copy of the present values. */
  copy(): EngineValues {
    this.refresh();
    return (this.view as number[] | Int32Array).slice();
  }
}
