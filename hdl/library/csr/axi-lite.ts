import { type BundleType, bit, bundle, type FlippedType, flipped, type UIntType, uint } from "../../types/index.ts";

/** The fields of an AXI4-Lite port as seen from the subordinate. */
export type AxiLiteType = BundleType<{
  readonly awvalid: UIntType<1>;
  readonly awready: FlippedType<UIntType<1>>;
  readonly awaddr: UIntType<number>;
  readonly awprot: UIntType<3>;
  readonly wvalid: UIntType<1>;
  readonly wready: FlippedType<UIntType<1>>;
  readonly wdata: UIntType<number>;
  readonly wstrb: UIntType<number>;
  readonly bvalid: FlippedType<UIntType<1>>;
  readonly bready: UIntType<1>;
  readonly bresp: FlippedType<UIntType<2>>;
  readonly arvalid: UIntType<1>;
  readonly arready: FlippedType<UIntType<1>>;
  readonly araddr: UIntType<number>;
  readonly arprot: UIntType<3>;
  readonly rvalid: FlippedType<UIntType<1>>;
  readonly rready: UIntType<1>;
  readonly rdata: FlippedType<UIntType<number>>;
  readonly rresp: FlippedType<UIntType<2>>;
}>;

/** The size of a bus; a register map says it too: `axiLite(map)`. */
export interface AxiLiteSize {
  /** Bits of a byte address. */
  readonly addressBits: number;
  /** Bits of a word: 32 or 64; 32 unless told. */
  readonly dataBits?: number;
}

/** Responses: the access was done, or there is nothing at that address. */
export const axiResponses = Object.freeze({ okay: 0b00, subordinateError: 0b10 });

/**
 * The type of an AXI4-Lite port: `s_axi = input(axiLite({ addressBits: 12 }))` is a subordinate's and becomes the ports
 * `s_axi_awvalid`, `s_axi_awready` and so on; `output(axiLite(…))` is a manager's.
 */
export function axiLite({ addressBits, dataBits = 32 }: AxiLiteSize): AxiLiteType {
  if (dataBits !== 32 && dataBits !== 64) {
    throw new RangeError(`axiLite: words of ${dataBits} bits; AXI4-Lite has words of 32 or 64 bits`);
  }
  return bundle({
    awvalid: bit,
    awready: flipped(bit),
    awaddr: uint(addressBits),
    awprot: uint(3),
    wvalid: bit,
    wready: flipped(bit),
    wdata: uint(dataBits),
    wstrb: uint(dataBits / 8),
    bvalid: flipped(bit),
    bready: bit,
    bresp: flipped(uint(2)),
    arvalid: bit,
    arready: flipped(bit),
    araddr: uint(addressBits),
    arprot: uint(3),
    rvalid: flipped(bit),
    rready: bit,
    rdata: flipped(uint(dataBits)),
    rresp: flipped(uint(2)),
  });
}
