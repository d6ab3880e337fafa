import { type EngineValues, UnknownValueError } from "../engine.ts";
import { unpackElements } from "./packing.ts";
import type { FrameLayout, FramePort } from "./ports.ts";
import type { Protocol } from "./protocol.ts";

const digits = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
const unknownDigit = 255;
const separator = 0x0a;
const space = 0x20;

/** Value of a digit by its character code; `x`, `z` and their capitals (a digit unknown in part) are unknown. */
const digitValues = new Uint8Array(256).fill(unknownDigit);
for (let value = 0; value < 16; value++) {
  digitValues[digits[value]!] = value;
  digitValues[value.toString(16).toUpperCase().charCodeAt(0)] = value;
}

/**
 * Frames as text: each port as hexadecimal digits, the most significant first. Inputs end in a line break each, the
 * outputs of a frame, and all counts of covers, share one line. The header is two numbers of 8 digits.
 */
export function hexProtocol(inputs: FrameLayout, outputs: FrameLayout): Protocol {
  const starts: number[] = [];
  let outputBytes = 0;
  for (const port of outputs.ports) {
    starts.push(outputBytes);
    outputBytes += digitsOf(port);
  }
  const scratch = new Uint8Array(Math.max(0, ...outputs.ports.map((port) => port.bytes)) + 1);
  return {
    headerBytes: 18,
    inputBytes: inputs.ports.reduce((sum, port) => sum + digitsOf(port) + 1, 0),
    outputBytes: outputBytes + 1,
    writeHeader(operation: number, count: number, target: Uint8Array, at: number): void {
      for (let i = 0; i < 8; i++) {
        target[at + 7 - i] = digits[(operation >>> (4 * i)) & 15]!;
        target[at + 16 - i] = digits[(count >>> (4 * i)) & 15]!;
      }
      target[at + 8] = space;
      target[at + 17] = separator;
    },
    writeInputs(frame: Uint8Array, target: Uint8Array, start: number): void {
      let at = start;
      for (const port of inputs.ports) {
        for (let digit = digitsOf(port) - 1; digit >= 0; digit--) {
          const byte = frame[port.offset + (digit >> 1)]!;
          target[at++] = digits[(digit & 1) === 1 ? byte >> 4 : byte & 15]!;
        }
        target[at++] = separator;
      }
    },
    readOutput(index: number, source: Uint8Array, start: number, into?: EngineValues): EngineValues {
      const port = outputs.ports[index]!;
      const count = digitsOf(port);
      const last = start + starts[index]! + count - 1;
      for (let digit = 0; digit < count; digit += 2) {
        const low = digitValues[source[last - digit]!]!;
        const high = digit + 1 < count ? digitValues[source[last - digit - 1]!]! : 0;
        if (low === unknownDigit || high === unknownDigit) {
          const text = String.fromCharCode(...source.subarray(last - count + 1, last + 1));
          throw new UnknownValueError(port.name, `hexadecimal ${text}`);
        }
        scratch[digit >> 1] = (high << 4) | low;
      }
      return unpackElements(scratch, 0, port, into);
    },
    coverBytes: (covers) => 8 * covers + 1,
    readCover(cover: number, source: Uint8Array): number {
      let count = 0;
      for (let at = 8 * cover; at < 8 * cover + 8; at++) count = 16 * count + digitValues[source[at]!]!;
      return count;
    },
  };
}

function digitsOf(port: FramePort): number {
  return Math.ceil(port.bits / 4);
}
