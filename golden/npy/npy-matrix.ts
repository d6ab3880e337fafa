import { InputError } from "../../spec/index.ts";
import type { Matrix } from "../matrix.ts";
import { readNpy } from "./read-npy.ts";

/**
 * Reads a matrix from a .npy file; its name in messages is the path.
 * @throws InputError when the file is refused, or does not hold two dimensions with something in them.
 */
export function readNpyMatrix(path: string): Matrix {
  const { data, shape } = readNpy(path);
  const [rows, columns] = shape;
  if (shape.length !== 2 || rows === undefined || columns === undefined) {
    throw new InputError(
      `${path}: the shape is (${shape.join(", ")}); a matrix of two dimensions is expected, reshape it`,
    );
  }
  if (rows === 0 || columns === 0) throw new InputError(`${path}: the matrix is empty, ${rows} x ${columns}`);
  return { name: path, rows, columns, data };
}
