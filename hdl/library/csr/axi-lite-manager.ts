/** What a bench drives of a subordinate's port. */
interface PortInputs {
  awvalid: unknown;
  awaddr: unknown;
  awprot: unknown;
  wvalid: unknown;
  wdata: unknown;
  wstrb: unknown;
  bready: unknown;
  arvalid: unknown;
  araddr: unknown;
  arprot: unknown;
  rready: unknown;
}

/** What it reads of it. */
interface PortOutputs {
  readonly awready: bigint;
  readonly wready: bigint;
  readonly bvalid: bigint;
  readonly bresp: bigint;
  readonly arready: bigint;
  readonly rvalid: bigint;
  readonly rdata: bigint;
  readonly rresp: bigint;
}

/** A bench of a module with an AXI4-Lite subordinate's port of that name. */
export interface AxiLiteBench<P extends string> {
  readonly in: { [K in P]: PortInputs };
  readonly outBig: { readonly [K in P]: PortOutputs };
  /** Makes clock edges, one unless told. */
  step(cycles?: number): void;
}

/** A write that has been asked for. */
export interface AxiWrite {
  readonly address: number;
  readonly data: bigint;
  /** One bit per byte. */
  readonly strobe: number;
  /** The answer, once there is one: 0 for OKAY, 2 for SLVERR. */
  response: number | undefined;
}

/** A read that has been asked for. */
export interface AxiRead {
  readonly address: number;
  response: number | undefined;
  data: bigint | undefined;
}

/** Options of an `AxiLiteManager`. */
export interface AxiLiteManagerOptions {
  /** Asked in every cycle for every channel whether it waits; with a random answer addresses and data come in any order. */
  readonly waits?: () => boolean;
}

/** More cycles than any subordinate needs for an access. */
const patience = 10_000;

/** An error response of the bus. */
export class AxiResponseError extends Error {}

/**
 * A bus manager for test benches: `const bus = new AxiLiteManager(bench, "s_axi")`, then `bus.write(0x04, 100)` and
 * `bus.read(0x08)`. It drives the port and makes the clock edges.
 */
export class AxiLiteManager<P extends string> {
  readonly #bench: AxiLiteBench<P>;
  readonly #port: P;
  readonly #waits: () => boolean;
  /** Requests that each channel has still to send; those that were sent and have no answer. */
  readonly #addresses: AxiWrite[] = [];
  readonly #data: AxiWrite[] = [];
  readonly #writes: AxiWrite[] = [];
  readonly #readAddresses: AxiRead[] = [];
  readonly #reads: AxiRead[] = [];
  readonly #offered = { aw: false, w: false, ar: false };
  readonly #allBytes: number;

  constructor(bench: AxiLiteBench<P>, port: P, options: AxiLiteManagerOptions & { readonly dataBits?: 32 | 64 } = {}) {
    this.#bench = bench;
    this.#port = port;
    this.#waits = options.waits ?? (() => false);
    this.#allBytes = 2 ** ((options.dataBits ?? 32) / 8) - 1;
  }

  /** Asks for a write; `step` does it. */
  askWrite(address: number, data: number | bigint, strobe = this.#allBytes): AxiWrite {
    const write: AxiWrite = { address, data: BigInt(data), strobe, response: undefined };
    for (const queue of [this.#addresses, this.#data, this.#writes]) queue.push(write);
    return write;
  }

  /** Asks for a read; `step` does it. */
  askRead(address: number): AxiRead {
    const read: AxiRead = { address, response: undefined, data: undefined };
    for (const queue of [this.#readAddresses, this.#reads]) queue.push(read);
    return read;
  }

  /** Whether all that was asked for has been answered. */
  get idle(): boolean {
    return this.#writes.length === 0 && this.#reads.length === 0;
  }

  /** Makes clock edges, one unless told. Returns the write and the read that were answered at the last one. */
  step(cycles = 1): { readonly write: AxiWrite | undefined; readonly read: AxiRead | undefined } {
    for (let more = cycles; more > 1; more--) this.step();
    const offered = this.#offered;
    offered.aw ||= this.#addresses.length > 0 && !this.#waits();
    offered.w ||= this.#data.length > 0 && !this.#waits();
    offered.ar ||= this.#readAddresses.length > 0 && !this.#waits();
    const bready = !this.#waits();
    const rready = !this.#waits();
    const inputs: PortInputs = {
      awvalid: offered.aw,
      awaddr: offered.aw ? this.#addresses[0]!.address : 0,
      awprot: 0,
      wvalid: offered.w,
      wdata: offered.w ? this.#data[0]!.data : 0,
      wstrb: offered.w ? this.#data[0]!.strobe : 0,
      bready,
      arvalid: offered.ar,
      araddr: offered.ar ? this.#readAddresses[0]!.address : 0,
      arprot: 0,
      rready,
    };
    this.#bench.in[this.#port] = inputs;
    const out = this.#bench.outBig[this.#port];
    if (offered.aw && out.awready) {
      this.#addresses.shift();
      offered.aw = false;
    }
    if (offered.w && out.wready) {
      this.#data.shift();
      offered.w = false;
    }
    if (offered.ar && out.arready) {
      this.#readAddresses.shift();
      offered.ar = false;
    }
    const write = bready && out.bvalid ? this.#writes.shift() : undefined;
    const read = rready && out.rvalid ? this.#reads.shift() : undefined;
    if (write) write.response = Number(out.bresp);
    if (read) {
      read.response = Number(out.rresp);
      read.data = out.rdata;
    }
    this.#bench.step();
    return { write, read };
  }

  /** Writes a word, or the bytes of it that `strobe` names. @throws AxiResponseError when the answer is an error. */
  write(address: number, data: number | bigint, strobe?: number): void {
    const write = this.askWrite(address, data, strobe);
    this.#finish(() => write.response, `the write to 0x${address.toString(16)}`);
  }

  /** Reads a word. @throws AxiResponseError when the answer is an error. */
  read(address: number): number {
    return Number(this.readBig(address));
  }

  /** Reads a word of more than 53 bits. @throws AxiResponseError when the answer is an error. */
  readBig(address: number): bigint {
    const read = this.askRead(address);
    this.#finish(() => read.response, `the read of 0x${address.toString(16)}`);
    return read.data!;
  }

  #finish(response: () => number | undefined, what: string): void {
    for (let cycles = 0; response() === undefined; cycles++) {
      if (cycles === patience) throw new AxiResponseError(`${what} has no answer after ${patience} cycles`);
      this.step();
    }
    if (response() !== 0)
      throw new AxiResponseError(`${what} was answered by ${response() === 2 ? "SLVERR" : response()}`);
  }
}
