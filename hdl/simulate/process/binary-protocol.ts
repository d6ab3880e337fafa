import type { EngineValues } from "../engine.ts";
import { unpackElements } from "./packing.ts";
import type { FrameLayout } from "./ports.ts";
import type { Protocol } from "./protocol.ts";

/** Frames as they lie in the memory of a Verilator model; the header is two little-endian 32-bit words. */
export function binaryProtocol(inputs: FrameLayout, outputs: FrameLayout): Protocol {
  return {
    headerBytes: 8,
    inputBytes: inputs.bytes,
    // Without outputs there is still a reply, a byte of nothing, so that every command can be waited for.
    outputBytes: Math.max(1, outputs.bytes),
    writeHeader(operation: number, count: number, target: Uint8Array, at: number): void {
      const view = new DataView(target.buffer, target.byteOffset + at, 8);
      view.setUint32(0, operation, true);
      view.setUint32(4, count, true);
    },
    writeInputs(frame: Uint8Array, target: Uint8Array, at: number): void {
      target.set(frame, at);
    },
    readOutput(port: number, source: Uint8Array, at: number, into?: EngineValues): EngineValues {
      const place = outputs.ports[port]!;
      return unpackElements(source, at + place.offset, place, into);
    },
    coverBytes: (covers) => 4 * covers,
    readCover: (cover, source) => new DataView(source.buffer, source.byteOffset).getUint32(4 * cover, true),
  };
}
