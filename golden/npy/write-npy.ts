import { randomBytes } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import type { NpyOutput } from "./npy-array.ts";
import { npyFailure } from "./npy-header.ts";

/** NumPy aligns the data so that a file can be mapped into memory. */
const alignment = 64;

function descrOf(data: NpyOutput["data"]): "<f4" | "<f8" | "<i4" {
  if (data instanceof Float32Array) return "<f4";
  return data instanceof Float64Array ? "<f8" : "<i4";
}

/**
 * What stands before the data in a .npy file, version 1.0, C order.
 * @param shape sizes of the dimensions, whole numbers
 */
export function npyHeader(descr: "<f4" | "<f8" | "<i4", shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const dataStart = Math.ceil((10 + dict.length + 1) / alignment) * alignment;
  const bytes = Buffer.alloc(dataStart, " ");
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  bytes.writeUInt16LE(dataStart - 10, 8);
  bytes.write(dict, 10, "latin1");
  bytes.write("\n", dataStart - 1, "latin1");
  return bytes;
}

/** The bytes of a .npy file, version 1.0, little-endian, C order: what `numpy.save` writes. @throws RangeError when the shape does not fit the data. */
export function formatNpy({ data, shape }: NpyOutput): Uint8Array {
  const count = shape.reduce((product, size) => product * size, 1);
  if (count !== data.length || shape.some((size) => !Number.isSafeInteger(size) || size < 0)) {
    throw new RangeError(`a shape of (${shape.join(", ")}) does not fit ${data.length} elements`);
  }
  const descr = descrOf(data);
  const header = npyHeader(descr, shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  const view = new DataView(bytes.buffer, header.length, data.byteLength);
  for (let i = 0; i < data.length; i++) {
    const value = data[i] ?? 0;
    if (descr === "<f4") view.setFloat32(4 * i, value, true);
    else if (descr === "<f8") view.setFloat64(8 * i, value, true);
    else view.setInt32(4 * i, value, true);
  }
  return bytes;
}

/**
 * Writes a .npy file: under a temporary name beside it first, then renamed, so that nothing half-written is ever seen.
 * @throws InputError when the file cannot be written there; RangeError when the shape does not fit the data.
 */
export function writeNpy(path: string, array: NpyOutput): void {
  const bytes = formatNpy(array);
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    writeFileSync(temporary, bytes, { flag: "wx" });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    const hint =
      code === "ENOENT"
        ? "its folder does not exist"
        : code === "EISDIR"
          ? "it is a folder"
          : `the system says ${code}`;
    throw npyFailure(path, `the file cannot be written: ${hint}`);
  }
}
