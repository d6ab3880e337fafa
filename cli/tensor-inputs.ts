import { basename, extname } from "node:path";
import { readNpy } from "../golden/index.ts";
import { openNpz } from "../golden/npz/index.ts";
import { isSafetensorsFloat, openSafetensors, ReadingRoom } from "../golden/safetensors/index.ts";
import { shapeText, type Tensor } from "../golden/tensor.ts";
import { InputError, nearestNames } from "../spec/index.ts";
import { matchGlob } from "./match-glob.ts";

/** A tensor of an input file that can be read when its turn comes. */
export interface TensorInput {
  readonly name: string;
  /** Path of its file. */
  readonly file: string;
  /** Dimensions, or a guess where they are not known yet. */
  readonly rank: number;
  /** Reads it; a tensor that was read before may be overwritten. @throws InputError when the file refuses */
  read(): Tensor;
}

/** The tensors of the input files that were asked for. */
export interface TensorInputs {
  readonly tensors: readonly TensorInput[];
  /** Tensors that were asked for and are not floating point, with their type: they are left out. */
  readonly leftOut: readonly string[];
  /** Closes the files. */
  close(): void;
}

interface OpenFile {
  readonly tensors: readonly (TensorInput & { readonly otherType?: string })[];
  close(): void;
}

const usualRank = 4;

/**
 * Opens .safetensors, .npz and .npy files. Nothing but their headers is read; what is known to be wrong by then is said
 * before any work starts.
 * @param patterns names with `*` and `?`; all tensors when there is none
 * @throws InputError for a file that is refused, for two tensors of one name, and when no tensor is left
 */
export function openTensors(paths: readonly string[], patterns: readonly string[] = []): TensorInputs {
  const files: OpenFile[] = [];
  const close = (): void => {
    for (const file of files) file.close();
  };
  try {
    const wanted = (name: string): boolean => patterns.length === 0 || patterns.some((p) => matchGlob(p, name));
    for (const path of paths) files.push(openFile(path, wanted));
    const all = files.flatMap(({ tensors }) => tensors);
    for (const pattern of patterns) {
      if (!all.some(({ name }) => matchGlob(pattern, name))) throw noMatch(pattern, all);
    }
    const chosen = all.filter(({ name }) => wanted(name));
    const tensors = chosen.filter(({ otherType }) => otherType === undefined);
    const leftOut = chosen.flatMap(({ name, otherType }) =>
      otherType === undefined ? [] : [`${name} (${otherType})`],
    );
    if (tensors.length === 0) throw nothingLeft(paths, leftOut);
    refuseTwins(tensors);
    return { tensors, leftOut, close };
  } catch (error) {
    close();
    throw error;
  }
}

function openFile(path: string, wanted: (name: string) => boolean): OpenFile {
  switch (extname(path).toLowerCase()) {
    case ".npy": {
      const name = basename(path).slice(0, -".npy".length);
      return { tensors: [{ name, file: path, rank: usualRank, read: () => ({ name, ...readNpy(path) }) }], close() {} };
    }
    case ".npz": {
      const { close, names, readTensor } = openNpz(path);
      return {
        tensors: names.map((name) => ({ name, file: path, rank: usualRank, read: () => readTensor(name) })),
        close,
      };
    }
    case ".safetensors": {
      const { close, entries, readTensor } = openSafetensors(path);
      const empty = entries.find(({ name, shape }) => shape.includes(0) && wanted(name));
      if (empty) {
        close();
        throw new InputError(
          `${path}: tensor ${JSON.stringify(empty.name.slice(0, 80))} is empty, ${shapeText(empty.shape)}; leave it out with --tensor`,
        );
      }
      const room = new ReadingRoom();
      const tensors = entries.map(({ name, shape, type }) => ({
        name,
        file: path,
        rank: shape.length,
        read: () => readTensor(name, room),
        ...(isSafetensorsFloat(type) ? {} : { otherType: type }),
      }));
      return { tensors, close };
    }
    default:
      throw new InputError(`${path}: .safetensors, .npz and .npy files are read; this name ends otherwise`);
  }
}

function noMatch(pattern: string, all: readonly TensorInput[]): InputError {
  const names = all.map(({ name }) => name);
  const near = nearestNames(pattern.replaceAll(/[*?]/g, ""), names).slice(0, 3);
  return new InputError(
    `--tensor ${pattern}: no tensor has such a name; there are ${names.length}, such as ${near.join(", ")}`,
  );
}

function nothingLeft(paths: readonly string[], leftOut: readonly string[]): InputError {
  if (leftOut.length === 0) return new InputError(`${paths.join(", ")}: there is no tensor inside`);
  return new InputError(`no tensor to work on: ${leftOut.slice(0, 3).join(", ")} hold no floating point numbers`);
}

function refuseTwins(tensors: readonly TensorInput[]): void {
  const seen = new Map<string, string>();
  for (const { file, name } of tensors) {
    const twin = seen.get(name);
    if (twin !== undefined) {
      throw new InputError(`${twin} and ${file} both hold a tensor ${JSON.stringify(name)}; give them one at a time`);
    }
    seen.set(name, file);
  }
}
