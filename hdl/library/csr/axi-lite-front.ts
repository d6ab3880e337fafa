import { assert, cat, constant, input, Module, mux, output, register, type UInt, when } from "../../language/index.ts";
import { bit, ceilLog2, uint } from "../../types/index.ts";
import { assertStream, assumeStream } from "../stream/index.ts";
import { type AxiLiteSize, axiLite, axiResponses } from "./axi-lite.ts";
import { registerBus } from "./register-bus.ts";

/**
 * The subordinate's end of AXI4-Lite: takes requests and does each as one access of the register bus. Address and data
 * of a write may come in any order. Every `ready` and every response comes from a register. One write and one read may be
 * under way at a time; each kind is done at most every other cycle.
 */
export class AxiLiteFront extends Module<Required<AxiLiteSize>> {
  readonly axi = input(axiLite(this.params));
  readonly bus = output(registerBus(this.params.addressBits - this.byteBits, this.params.dataBits));

  override get moduleName(): string {
    return `AxiLiteFront_a${this.params.addressBits}_d${this.params.dataBits}`;
  }

  override get description(): string {
    return "AXI4-Lite to single-cycle register accesses";
  }

  /** Address bits that tell the bytes of a word apart. */
  private get byteBits(): number {
    return ceilLog2(this.params.dataBits / 8);
  }

  build() {
    this.buildWrites();
    this.buildReads();
  }

  private buildWrites(): void {
    const { axi, bus } = this;
    const { addressBits, dataBits } = this.params;
    const addressHeld = register(bit, { reset: 0 });
    const dataHeld = register(bit, { reset: 0 });
    const bvalid = register(bit, { reset: 0 });
    const takesAddress = axi.awvalid.and(addressHeld.not());
    const takesData = axi.wvalid.and(dataHeld.not());
    const writeWord = register(uint(addressBits - this.byteBits), {
      enable: takesAddress,
      noReset: "means something while addressHeld is 1",
    });
    const writeData = register(uint(dataBits), { enable: takesData, noReset: "means something while dataHeld is 1" });
    const writeStrobe = register(uint(dataBits / 8), {
      enable: takesData,
      noReset: "means something while dataHeld is 1",
    });
    writeWord.next = axi.awaddr.slice(addressBits - 1, this.byteBits);
    writeData.next = axi.wdata;
    writeStrobe.next = axi.wstrb;

    const writes = addressHeld.and(dataHeld).and(bvalid.not().or(axi.bready));
    const bresp = register(uint(2), { reset: 0, enable: writes });
    bresp.next = responseTo(bus.write.missing);
    when(writes, () => {
      addressHeld.next = 0;
      dataHeld.next = 0;
      bvalid.next = 1;
    }).otherwise(() => {
      when(takesAddress, () => {
        addressHeld.next = 1;
      });
      when(takesData, () => {
        dataHeld.next = 1;
      });
      when(axi.bready, () => {
        bvalid.next = 0;
      });
    });

    const awready = addressHeld.not();
    const wready = dataHeld.not();
    axi.awready.value = awready;
    axi.wready.value = wready;
    axi.bvalid.value = bvalid;
    axi.bresp.value = bresp;
    bus.write.valid.value = writes;
    bus.write.word.value = writeWord;
    bus.write.data.value = writeData;
    bus.write.strobe.value = writeStrobe;

    assumeStream("AW", { valid: axi.awvalid, ready: awready, data: cat(axi.awprot, axi.awaddr) });
    assumeStream("W", { valid: axi.wvalid, ready: wready, data: cat(axi.wstrb, axi.wdata) });
    assertStream("B", { valid: bvalid, ready: axi.bready, data: bresp });
    const response = bvalid.and(axi.bready);
    assertAnswered("write address", takesAddress, response, addressHeld, bvalid);
    assertAnswered("write data", takesData, response, dataHeld, bvalid);
  }

  private buildReads(): void {
    const { axi, bus } = this;
    const { addressBits, dataBits } = this.params;
    const readHeld = register(bit, { reset: 0 });
    const rvalid = register(bit, { reset: 0 });
    const takesRead = axi.arvalid.and(readHeld.not());
    const readWord = register(uint(addressBits - this.byteBits), {
      enable: takesRead,
      noReset: "means something while readHeld is 1",
    });
    readWord.next = axi.araddr.slice(addressBits - 1, this.byteBits);

    const reads = readHeld.and(rvalid.not().or(axi.rready));
    // Reset too, so that a port that is looked at before the first access shows nothing unknown.
    const rdata = register(uint(dataBits), { reset: 0, enable: reads });
    const rresp = register(uint(2), { reset: 0, enable: reads });
    rdata.next = bus.read.data;
    rresp.next = responseTo(bus.read.missing);
    when(reads, () => {
      readHeld.next = 0;
      rvalid.next = 1;
    }).otherwise(() => {
      when(takesRead, () => {
        readHeld.next = 1;
      });
      when(axi.rready, () => {
        rvalid.next = 0;
      });
    });

    const arready = readHeld.not();
    axi.arready.value = arready;
    axi.rvalid.value = rvalid;
    axi.rdata.value = rdata;
    axi.rresp.value = rresp;
    bus.read.valid.value = reads;
    bus.read.word.value = readWord;

    assumeStream("AR", { valid: axi.arvalid, ready: arready, data: cat(axi.arprot, axi.araddr) });
    assertStream("R", { valid: rvalid, ready: axi.rready, data: cat(rresp, rdata) });
    assertAnswered("read address", takesRead, rvalid.and(axi.rready), readHeld, rvalid);
  }
}

function responseTo(missing: UInt<1>): UInt<2> {
  return mux(missing, constant(uint(2), axiResponses.subordinateError), constant(uint(2), axiResponses.okay));
}

/** States that there is one answer for each request that was taken, and none before it. */
function assertAnswered(what: string, taken: UInt<1>, answered: UInt<1>, held: UInt<1>, answer: UInt<1>): void {
  const unanswered = register(uint(2), { reset: 0, part: what.replace(" ", "_") });
  unanswered.next = unanswered.addWrap(taken).subWrap(answered);
  assert(unanswered.eq(held.add(answer)), `every ${what} has one response, which comes after it`);
}
