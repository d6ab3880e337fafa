import type { Attributes } from "../ir/index.ts";
import { attribute, type ClockDomain, inDomain, type Literal, register, type UInt } from "../language/index.ts";
import { bit } from "../types/index.ts";

/** Options of a synchroniser. */
export interface SynchroniseOptions {
  /** The domain that the bit is brought into; the present one unless told. */
  readonly domain?: ClockDomain;
  /** Registers in a row, 2 or more: each more makes an unsettled value rarer and the bit a cycle later. */
  readonly stages?: number;
  /** The value of all registers after reset; without it they are not reset. */
  readonly reset?: Literal;
  /** Verilog attributes of all its registers: `{ async_reg: "true" }`. */
  readonly attributes?: Attributes;
}

/**
 * Brings a single bit into a clock domain through registers in a row (two unless told), which have time to settle when
 * the bit changes near the clock edge. For a level, or for one bit of a Gray code: bits synchronised side by side may
 * arrive in different cycles.
 * @throws RangeError for fewer than two stages, or a value of several bits.
 */
export function synchronise(value: UInt<1>, options: SynchroniseOptions = {}): UInt<1> {
  return synchronisedStages(value, options).at(-1)!;
}

/** The registers of a synchroniser, the first one first. */
export function synchronisedStages(value: UInt<1>, options: SynchroniseOptions = {}): UInt<1>[] {
  const { domain, stages = 2, reset, attributes = {} } = options;
  if (value.width !== 1) {
    throw new RangeError(
      `synchronise() takes one bit, not ${(value as UInt).width}: bits side by side may arrive in different cycles; bring a number across in Gray code (toGray), or by a stream's asyncFifo()`,
    );
  }
  if (!Number.isInteger(stages) || stages < 2)
    throw new RangeError(`a synchroniser has 2 stages or more, not ${stages}`);
  const build = (): UInt<1>[] => {
    const held = reset === undefined ? { noReset: "settles by itself" } : { reset };
    const row: UInt<1>[] = [];
    for (let stage = 0; stage < stages; stage++) {
      const crossing = stage === 0 ? { crossing: "first register of a synchroniser" } : {};
      const synchronised = register(bit, { ...held, ...crossing, gated: false });
      synchronised.next = row.at(-1) ?? value;
      for (const [name, given] of Object.entries(attributes)) attribute(synchronised, name, given);
      row.push(synchronised);
    }
    return row;
  };
  return domain === undefined ? build() : inDomain(domain, build);
}
