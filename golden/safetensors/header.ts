import { isSafetensorsType, type SafetensorsType, safetensorsBits } from "./element-type.ts";
import { HeaderScanner, shorten } from "./header-scanner.ts";

/** A tensor as the header of a safetensors file lists it. */
export interface SafetensorsEntry {
  readonly name: string;
  readonly type: SafetensorsType;
  /** Sizes of the dimensions; empty for a single number. */
  readonly shape: readonly number[];
  /** First byte of the tensor, counted from the end of the header. */
  readonly begin: number;
  /** Byte after the last. */
  readonly end: number;
}

/** What a header says, checked. */
export interface SafetensorsHeader {
  /** In the order of their bytes in the file. */
  readonly entries: readonly SafetensorsEntry[];
  /** The free text of `__metadata__`. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** More dimensions than any framework has. */
const mostDimensions = 64;

/**
 * Parses the header of a safetensors file: every tensor of a known type, as many bytes as its shape needs, and all of
 * them together the data of the file without a gap, an overlap or a rest.
 * @param dataBytes bytes that follow the header in the file
 * @param fail ends with an error that names the file
 */
export function parseSafetensorsHeader(
  text: string,
  dataBytes: number,
  fail: (what: string) => never,
): SafetensorsHeader {
  const scanner = new HeaderScanner(text, fail);
  const metadata = new Map<string, string>();
  const entries: SafetensorsEntry[] = [];
  scanner.object("the name", (name) => {
    if (name === "__metadata__") {
      scanner.object("the metadata", (key) => metadata.set(key, scanner.string()));
    } else {
      entries.push(parseEntry(scanner, name, fail));
    }
  });
  scanner.end();
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkPlaces(entries, dataBytes, fail);
  return { entries, metadata };
}

function parseEntry(scanner: HeaderScanner, name: string, fail: (what: string) => never): SafetensorsEntry {
  const shown = shorten(name);
  let type: string | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  scanner.object(`in tensor ${shown} the key`, (key) => {
    if (key === "dtype") type = scanner.string();
    else if (key === "shape") shape = scanner.sizes();
    else if (key === "data_offsets") offsets = scanner.sizes();
    else fail(`tensor ${shown} has the key ${shorten(key)}; dtype, shape and data_offsets belong there`);
  });
  if (type === undefined || shape === undefined || offsets === undefined) {
    return fail(`tensor ${shown} lacks dtype, shape or data_offsets`);
  }
  if (!isSafetensorsType(type)) return fail(`tensor ${shown} is of the unknown type ${shorten(type)}`);
  const [begin, end] = offsets;
  if (begin === undefined || end === undefined || offsets.length !== 2 || begin > end) {
    return fail(`the data_offsets of tensor ${shown} are no begin and end`);
  }
  if (shape.length > mostDimensions) fail(`tensor ${shown} has ${shape.length} dimensions`);
  const bits = shape.reduce((product, size) => product * BigInt(size), BigInt(safetensorsBits(type)));
  if (bits !== BigInt(end - begin) * 8n) {
    fail(
      `tensor ${shown}, ${type} of shape (${shape.join(", ")}), needs ${(bits + 7n) / 8n} bytes; ` +
        `its data_offsets give it ${end - begin}`,
    );
  }
  return { name, type, shape: Object.freeze(shape), begin, end };
}

/** Every byte of the data belongs to exactly one tensor. */
function checkPlaces(entries: readonly SafetensorsEntry[], dataBytes: number, fail: (what: string) => never): void {
  let filled = 0;
  let before = "";
  for (const { begin, end, name } of entries) {
    if (end > dataBytes) {
      fail(`tensor ${shorten(name)} ends at byte ${end} of the data, the file has ${dataBytes}; it is cut off`);
    }
    if (begin < filled) fail(`the tensors ${shorten(before)} and ${shorten(name)} overlap`);
    if (begin > filled) fail(`the bytes from ${filled} to ${begin} of its data belong to no tensor`);
    filled = end;
    before = name;
  }
  if (filled !== dataBytes) fail(`its tensors end at byte ${filled} of the data, the file goes on to ${dataBytes}`);
}
