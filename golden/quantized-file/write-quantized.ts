import { formatDeclaration } from "../../spec/index.ts";
import { gammaShape, type QuantizedTensor, scalesShape } from "../quantized-tensor.ts";
import { createSafetensors, type SafetensorsType } from "../safetensors/index.ts";
import { littleEndian } from "./little-endian.ts";
import { packCodesInParts, packedBytes } from "./pack-codes.ts";
import { type TensorLayout, tensorLayout } from "./tensor-layout.ts";

/** The version of the layout that files announce under the key `lodestone` of their metadata. */
export const layoutVersion = "1";

/** A file of quantised tensors in the making. */
export interface QuantizedWriter {
  /** Appends a tensor. @throws InputError when the name was there before or the disk refuses */
  add(tensor: QuantizedTensor): void;
  /** Gives the file its name. @throws InputError when the disk refuses */
  finish(): void;
  /** Takes away what was written; does nothing after `finish`. */
  abandon(): void;
}

/** What is known of a tensor before it is read. */
export interface ExpectedTensor {
  readonly name: string;
  /** Dimensions, roughly. */
  readonly rank: number;
}

/**
 * Starts a file of quantised tensors: safetensors with `NAME.codes`, `NAME.scales` and `NAME.gamma`, and the layout of
 * each tensor as JSON under `NAME.layout` in the metadata. See docs/quantize.md.
 * @param expected the tensors that will be added, for the room that the header needs
 * @throws InputError when the file cannot be written there
 */
export function createQuantized(path: string, expected: readonly ExpectedTensor[]): QuantizedWriter {
  const room = expected.reduce((sum, { name, rank }) => {
    // A name stands in three fields and the metadata, twice escaped at worst; a size has up to 16 digits.
    return sum + 4 * (Buffer.byteLength(JSON.stringify(JSON.stringify(name))) + 18 * rank + 100) + 1500;
  }, 100);
  const writer = createSafetensors(path, room);
  const layouts = new Map<string, TensorLayout>();
  return {
    add(tensor) {
      const { gamma, name, scales, shape } = tensor;
      const { bits } = formatDeclaration(tensor.format).element;
      const packedShape = [packedBytes(tensor.codes.length, bits)];
      const whole = tensor.codes instanceof Int8Array ? "I8" : "U8";
      const parts = packCodesInParts(tensor.codes, bits);
      writer.addParts(`${name}.codes`, bits === 8 ? whole : "U8", bits === 8 ? shape : packedShape, parts);
      if (scales) {
        writer.add(`${name}.scales`, typeOf(scales), scalesShape(tensor), littleEndian(scales));
      }
      if (gamma) writer.add(`${name}.gamma`, typeOf(gamma), gammaShape(tensor), littleEndian(gamma));
      layouts.set(name, tensorLayout(tensor));
    },
    finish() {
      const texts = [...layouts].map(([name, layout]) => [`${name}.layout`, JSON.stringify(layout)]);
      writer.finish(Object.fromEntries([["lodestone", layoutVersion], ...texts]));
    },
    abandon: writer.abandon,
  };
}

function typeOf(data: Uint8Array | Uint16Array | Float32Array | Float64Array): SafetensorsType {
  if (data instanceof Uint8Array) return "U8";
  if (data instanceof Uint16Array) return "U16";
  return data instanceof Float32Array ? "F32" : "F64";
}
