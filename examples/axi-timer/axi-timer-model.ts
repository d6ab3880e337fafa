/** A write as the registers see it: `strobe` has one bit per byte. */
export interface RegisterWrite {
  readonly address: number;
  readonly data: number;
  readonly strobe: number;
}

/** Bytes of a 32-bit word in which a bit of `strobe` is 1 come from `data`, the others from `kept`. */
function merge(kept: number, { data, strobe }: RegisterWrite): number {
  let mask = 0;
  for (let byte = 0; byte < 4; byte++) if ((strobe >> byte) & 1) mask |= 0xff << (8 * byte);
  return ((kept & ~mask) | (data & mask)) >>> 0;
}

/** The timer by its description, one clock at a time. */
export class AxiTimerModel {
  #control = 0;
  #compare = 0xffff_ffff;
  #count = 0;
  #clocks = 0;
  #stopped = false;
  #pending = false;
  #interruptEnabled = false;
  #periods = 0;
  #ended = false;

  /** The interrupt line. */
  get irq(): number {
    return this.#pending && this.#interruptEnabled ? 1 : 0;
  }

  /** The word at an address; undefined where there is none. */
  word(address: number): number | undefined {
    switch (address & ~3) {
      case 0x00:
        return this.#control;
      case 0x04:
        return this.#compare;
      case 0x08:
        return this.#count;
      case 0x0c:
        return 0;
      case 0x10:
        return Number(this.#pending) + Number(this.#interruptEnabled) * 0x1_0000;
      case 0x14:
        return this.#periods + Number(this.#ended) * 0x8000_0000;
      default:
        return undefined;
    }
  }

  /** One clock, in which a write and a read may be done. */
  clock(write: RegisterWrite | undefined, readAddress: number | undefined): void {
    const place = write && write.address & ~3;
    const restart = place === 0x0c && (merge(0, write!) & 1) === 1;
    const enabled = (this.#control & 1) === 1;
    const periodic = (this.#control & 2) === 2;
    const tick = enabled && this.#clocks >= ((this.#control >> 8) & 0xffff);
    const atEnd = this.#count >= this.#compare;
    const ends = tick && atEnd && !restart && !this.#stopped;

    if (restart || tick) this.#clocks = 0;
    else if (enabled) this.#clocks = (this.#clocks + 1) & 0xffff;
    if (restart || !enabled) this.#stopped = false;
    else if (ends) this.#stopped = !periodic;
    if (place === 0x08 && write!.strobe !== 0) this.#count = merge(this.#count, write!);
    else if (restart || (tick && atEnd && periodic)) this.#count = 0;
    else if (tick && !atEnd) this.#count = (this.#count + 1) >>> 0;

    if (place === 0x10) {
      const written = merge(0, write!);
      if (written & 1) this.#pending = false;
      if (write!.strobe & 0b0100) this.#interruptEnabled = (written & 0x1_0000) !== 0;
    }
    if (readAddress !== undefined && (readAddress & ~3) === 0x14) this.#ended = false;
    if (ends) {
      this.#pending = true;
      this.#ended = true;
      this.#periods = (this.#periods + 1) & 0xff;
    }
    if (place === 0x00) this.#control = merge(this.#control, write!) & 0x00ff_ff03;
    if (place === 0x04) this.#compare = merge(this.#compare, write!);
  }
}
