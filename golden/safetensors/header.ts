import { type SafetensorsType, safetensorsBits, safetensorsType } from "./element-type.ts";
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
  /** The same by name. */
  readonly byName: ReadonlyMap<string, SafetensorsEntry>;
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
  const byName = new Map<string, SafetensorsEntry>();
  const parser = new EntryParser(scanner, fail);
  let hasMetadata = false;
  scanner.object((name) => {
    if (name === "__metadata__") {
      if (hasMetadata) scanner.twice("the name", name);
      hasMetadata = true;
      scanner.object((key) => {
        if (metadata.has(key)) scanner.twice("the metadata", key);
        metadata.set(key, scanner.string());
      });
      return;
    }
    const entry = parser.parse(name);
    if (byName.has(name)) scanner.twice("the name", name);
    byName.set(name, entry);
  });
  scanner.end();
  const entries = [...byName.values()];
  const byPlace = (a: SafetensorsEntry, b: SafetensorsEntry): number => a.begin - b.begin || a.end - b.end;
  if (entries.some((entry, i) => i > 0 && byPlace(entries[i - 1] ?? entry, entry) > 0)) entries.sort(byPlace);
  checkPlaces(entries, dataBytes, fail);
  return { entries, byName, metadata };
}

/** Reads the entries of a header; what many entries have in common is kept once, for headers of a million of them. */
class EntryParser {
  readonly #scanner: HeaderScanner;
  readonly #fail: (what: string) => never;
  readonly #shapes = new Map<string, readonly number[]>();

  constructor(scanner: HeaderScanner, fail: (what: string) => never) {
    this.#scanner = scanner;
    this.#fail = fail;
  }

  parse(name: string): SafetensorsEntry {
    const [scanner, fail] = [this.#scanner, this.#fail];
    let type: string | undefined;
    let shape: number[] | undefined;
    let offsets: number[] | undefined;
    scanner.object((key) => {
      const again = key === "dtype" ? type : key === "shape" ? shape : key === "data_offsets" ? offsets : undefined;
      if (again !== undefined) scanner.twice(`in tensor ${shorten(name)} the key`, key);
      if (key === "dtype") type = scanner.string();
      else if (key === "shape") shape = scanner.sizes();
      else if (key === "data_offsets") offsets = scanner.sizes();
      else fail(`tensor ${shorten(name)} has the key ${shorten(key)}; dtype, shape and data_offsets belong there`);
    });
    if (type === undefined || shape === undefined || offsets === undefined) {
      return fail(`tensor ${shorten(name)} lacks dtype, shape or data_offsets`);
    }
    const known = safetensorsType(type);
    if (known === undefined) return fail(`tensor ${shorten(name)} is of the unknown type ${shorten(type)}`);
    const [begin, end] = offsets;
    if (begin === undefined || end === undefined || offsets.length !== 2 || begin > end) {
      return fail(`the data_offsets of tensor ${shorten(name)} are no begin and end`);
    }
    checkSize(name, known, shape, end - begin, fail);
    return { name, type: known, shape: this.#shared(shape), begin, end };
  }

  #shared(shape: readonly number[]): readonly number[] {
    const key = shape.join();
    const known = this.#shapes.get(key);
    if (known) return known;
    const frozen = Object.freeze([...shape]);
    if (this.#shapes.size < 1000) this.#shapes.set(key, frozen);
    return frozen;
  }
}

/** As many bytes as a shape needs. */
function checkSize(
  name: string,
  type: SafetensorsType,
  shape: readonly number[],
  bytes: number,
  fail: (what: string) => never,
): void {
  if (shape.length > mostDimensions) fail(`tensor ${shorten(name)} has ${shape.length} dimensions`);
  // Exact while it stays below 2^53; a product that does not is not that of any file, unless a size is 0.
  const quick = shape.reduce((product, size) => product * size, safetensorsBits(type));
  if (quick === bytes * 8 && quick <= Number.MAX_SAFE_INTEGER) return;
  const bits = shape.reduce((product, size) => product * BigInt(size), BigInt(safetensorsBits(type)));
  if (bits === BigInt(bytes) * 8n) return;
  fail(
    `tensor ${shorten(name)}, ${type} of shape (${shape.join(", ")}), needs ${(bits + 7n) / 8n} bytes; ` +
      `its data_offsets give it ${bytes}`,
  );
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
