import { InputError } from "../../spec/index.ts";
import { type EncodedTensor, scalesShape } from "../quantized-tensor.ts";
import { openSafetensors, type SafetensorsEntry, type SafetensorsFile } from "../safetensors/index.ts";
import { asUint16 } from "./little-endian.ts";
import { packedBytes, unpackCodes } from "./pack-codes.ts";
import { parseTensorLayout, type TensorLayout } from "./tensor-layout.ts";
import { layoutVersion } from "./write-quantized.ts";

/** A file of quantised tensors that is open for reading. */
export interface QuantizedFile {
  readonly path: string;
  /** The tensors in the order in which they were written, and how each is laid out. */
  readonly layouts: ReadonlyMap<string, TensorLayout>;
  /** Reads the codes and scales of a tensor. @throws InputError when the file does not hold what its layout says */
  read(name: string): EncodedTensor;
  /** Closes the file; nothing can be read from then on. */
  close(): void;
}

/**
 * Opens a file that `createQuantized` wrote.
 * @throws InputError with the file, what is wrong, and what to do
 */
export function openQuantized(path: string): QuantizedFile {
  const file = openSafetensors(path);
  try {
    const version = file.metadata.get("lodestone");
    if (version === undefined) {
      throw new InputError(`${path}: this file holds no quantised tensors; lodestone quantize makes one`);
    }
    if (version !== layoutVersion) {
      throw new InputError(
        `${path}: its layout is of version ${version.slice(0, 20)}; version ${layoutVersion} is read`,
      );
    }
    const layouts = new Map<string, TensorLayout>();
    for (const [key, text] of file.metadata) {
      if (!key.endsWith(".layout")) continue;
      const name = key.slice(0, -".layout".length);
      layouts.set(name, parseTensorLayout(text, `${path}: tensor ${JSON.stringify(name.slice(0, 80))}`));
    }
    return {
      path,
      layouts,
      read(name) {
        const layout = layouts.get(name);
        if (!layout) throw new InputError(`${path}: it holds no quantised tensor ${JSON.stringify(name)}`);
        return readEncoded(file, name, layout);
      },
      close: file.close,
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

function readEncoded(
  file: SafetensorsFile,
  name: string,
  { axis, bits, format, scale, shape, signed, vector }: TensorLayout,
): EncodedTensor {
  const field = (part: string, types: readonly string[], counts: readonly number[]): SafetensorsEntry => {
    const entry = file.byName.get(`${name}.${part}`);
    const full = JSON.stringify(`${name}.${part}`.slice(0, 80));
    if (!entry) throw new InputError(`${file.path}: ${full} is missing`);
    const count = product(entry.shape);
    if (!types.includes(entry.type) || !counts.includes(count)) {
      throw new InputError(
        `${file.path}: ${full} has ${count} elements of type ${entry.type}; its layout needs ` +
          `${[...new Set(counts)].join(" or ")} of ${types.join(" or ")}`,
      );
    }
    return entry;
  };
  const place = { shape, axis, vector: vector ?? undefined };
  const count = product(shape);
  const ownType = bits === 8 && signed ? "I8" : "U8";
  field("codes", [ownType], [packedBytes(count, bits)]);
  const codes = unpackCodes(file.readBytes(`${name}.codes`), count, bits, signed);

  let scales: Uint8Array | Uint16Array | undefined;
  if (scale !== "none") {
    const types = scale === "unsigned" ? ["U8", "U16"] : ["U8"];
    const { type } = field("scales", types, [product(scalesShape(place))]);
    const bytes = file.readBytes(`${name}.scales`);
    scales = type === "U16" ? asUint16(bytes) : bytes;
  }
  let gamma: Float32Array | Float64Array | undefined;
  if (scale !== "e8m0") {
    const counts = scale === "ue4m3" ? [1] : [1, count / (shape[axis] ?? 1)];
    field("gamma", [scale === "ue4m3" ? "F32" : "F64"], counts);
    gamma = file.readTensor(`${name}.gamma`).data;
  }
  return { name, format, ...place, codes, scales, gamma };
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((result, size) => result * size, 1);
}
