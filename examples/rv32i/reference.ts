/** What an RV32I processor has to show: its registers, program counter and memory. Plain code, no hardware. */
export class Reference {
  readonly registers = new Int32Array(32);
  readonly memory: DataView;
  readonly #program: Uint32Array;
  pc = 0;

  constructor(program: Uint32Array, memoryBytes: number) {
    this.#program = program;
    this.memory = new DataView(new ArrayBuffer(memoryBytes));
  }

  /** Executes one instruction. */
  step(): void {
    const word = this.#program[this.pc >>> 2] ?? 0x13;
    const rd = (word >>> 7) & 31;
    const f3 = (word >>> 12) & 7;
    const a = this.registers[(word >>> 15) & 31]!;
    const b = this.registers[(word >>> 20) & 31]!;
    const signed = word | 0;
    const immediate = signed >> 20;
    let next = (this.pc + 4) >>> 0;
    let result: number | undefined;
    switch (word & 0x7f) {
      case 0x37:
        result = word & 0xfffff000;
        break;
      case 0x17:
        result = this.pc + (word & 0xfffff000);
        break;
      case 0x6f:
        result = next;
        next =
          this.pc +
          (((signed >> 31) << 20) | (word & 0xff000) | (((word >>> 20) & 1) << 11) | (((word >>> 21) & 0x3ff) << 1));
        break;
      case 0x67:
        result = next;
        next = (a + immediate) & ~1;
        break;
      case 0x63:
        if (this.#taken(f3, a, b)) {
          const offset =
            ((signed >> 31) << 12) |
            (((word >>> 7) & 1) << 11) |
            (((word >>> 25) & 0x3f) << 5) |
            (((word >>> 8) & 15) << 1);
          next = this.pc + offset;
        }
        break;
      case 0x03:
        result = this.#load(f3, (a + immediate) >>> 0);
        break;
      case 0x23:
        this.#store(f3, (a + (((signed >> 25) << 5) | rd)) >>> 0, b);
        break;
      case 0x13:
        result = this.#compute(
          f3,
          f3 === 5 && ((word >>> 30) & 1) === 1,
          a,
          f3 === 1 || f3 === 5 ? immediate & 31 : immediate,
        );
        break;
      case 0x33:
        result = this.#compute(f3, ((word >>> 30) & 1) === 1, a, b);
        break;
      default:
        break;
    }
    if (result !== undefined && rd !== 0) this.registers[rd] = result;
    this.pc = next >>> 0;
  }

  #compute(f3: number, alternative: boolean, a: number, b: number): number {
    switch (f3) {
      case 0:
        return alternative ? a - b : a + b;
      case 1:
        return a << (b & 31);
      case 2:
        return Number(a < b);
      case 3:
        return Number(a >>> 0 < b >>> 0);
      case 4:
        return a ^ b;
      case 5:
        return alternative ? a >> (b & 31) : a >>> (b & 31);
      case 6:
        return a | b;
      default:
        return a & b;
    }
  }

  #taken(f3: number, a: number, b: number): boolean {
    const [less, lessUnsigned] = [a < b, a >>> 0 < b >>> 0];
    return [a === b, a !== b, false, false, less, !less, lessUnsigned, !lessUnsigned][f3]!;
  }

  /** Addresses wrap at the memory's size, as the example's memory does. */
  #load(f3: number, address: number): number {
    const at = address % this.memory.byteLength;
    switch (f3) {
      case 0:
        return this.memory.getInt8(at);
      case 1:
        return this.memory.getInt16(at, true);
      case 4:
        return this.memory.getUint8(at);
      case 5:
        return this.memory.getUint16(at, true);
      default:
        return this.memory.getInt32(at, true);
    }
  }

  #store(f3: number, address: number, value: number): void {
    const at = address % this.memory.byteLength;
    if (f3 === 0) this.memory.setInt8(at, value);
    else if (f3 === 1) this.memory.setInt16(at, value, true);
    else this.memory.setInt32(at, value, true);
  }
}
