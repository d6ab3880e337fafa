import { InputError } from "../../spec/index.ts";

/** What the header of a .npy file says, checked. */
export interface NpyHeader {
  readonly elementBytes: 2 | 4 | 8;
  readonly littleEndian: boolean;
  readonly shape: readonly number[];
  /** Elements: the product of the shape. */
  readonly count: number;
}

/** NumPy's own limit on dimensions was 32 for most of the format's life. */
const mostDimensions = 32;

const floatTypes: Readonly<Record<string, Pick<NpyHeader, "elementBytes" | "littleEndian">>> = {
  "<f2": { elementBytes: 2, littleEndian: true },
  ">f2": { elementBytes: 2, littleEndian: false },
  "<f4": { elementBytes: 4, littleEndian: true },
  ">f4": { elementBytes: 4, littleEndian: false },
  "<f8": { elementBytes: 8, littleEndian: true },
  ">f8": { elementBytes: 8, littleEndian: false },
};

/** Reads the Python literals a header is made of: one dict of strings, booleans and a tuple of whole numbers. */
class HeaderScanner {
  readonly #text: string;
  readonly #fail: (what: string) => never;
  #position = 0;

  constructor(text: string, fail: (what: string) => never) {
    this.#text = text;
    this.#fail = fail;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#text);
    if (!found) return undefined;
    this.#position = pattern.lastIndex;
    return found[0];
  }

  /** Steps over white space, then over `token` if it comes next. */
  accept(token: string): boolean {
    this.#match(/\s*/y);
    if (!this.#text.startsWith(token, this.#position)) return false;
    this.#position += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.accept(token)) this.#fail(`the header is no Python dict: "${token}" expected at ${this.#found()}`);
  }

  end(): void {
    this.#match(/\s*/y);
    if (this.#position < this.#text.length) this.#fail(`the header goes on after its dict, at ${this.#found()}`);
  }

  #found(): string {
    const rest = this.#text.slice(this.#position, this.#position + 12);
    return rest === "" ? "its end" : JSON.stringify(rest);
  }

  string(): string {
    this.#match(/\s*/y);
    const quoted = this.#match(/'[^'\\\n]*'|"[^"\\\n]*"/y);
    if (quoted === undefined) this.#fail(`the header has no string where one is expected, at ${this.#found()}`);
    return quoted.slice(1, -1);
  }

  boolean(): boolean {
    if (this.accept("True")) return true;
    if (this.accept("False")) return false;
    return this.#fail(`fortran_order is neither True nor False, at ${this.#found()}`);
  }

  tuple(): number[] {
    if (!this.accept("(")) this.#fail(`the shape is no tuple, at ${this.#found()}`);
    const sizes: number[] = [];
    let comma = false;
    while (!this.accept(")")) {
      if (sizes.length > 0 && !comma) this.#fail(`the shape lacks a comma at ${this.#found()}`);
      // Python 2 wrote long integers with an L.
      const digits = this.#match(/(0|[1-9][0-9]{0,15})(?![0-9])/y);
      if (digits === undefined) this.#fail(`the shape holds something that is no size, at ${this.#found()}`);
      this.#match(/L/y);
      sizes.push(Number(digits));
      comma = this.accept(",");
    }
    if (sizes.length === 1 && !comma) this.#fail("the shape is a number in parentheses, not a tuple");
    return sizes;
  }

  /** The element type; a structured type is a list and is refused here. */
  elementType(): string {
    if (this.accept("[")) this.#fail("it holds records with fields; save one field as a float32 array");
    return this.string();
  }
}

function checkElementType(
  descr: string,
  fail: (what: string) => never,
): Pick<NpyHeader, "elementBytes" | "littleEndian"> {
  const known = Object.hasOwn(floatTypes, descr) ? floatTypes[descr] : undefined;
  if (known) return known;
  if (/^[|<>=]?O/.test(descr)) fail("it holds Python objects, which are never loaded; save a float32 array");
  return fail(
    `its elements are ${JSON.stringify(descr)}; float16, float32 and float64 are read, save array.astype("float32")`,
  );
}

/**
 * Parses the text of a .npy header: a dict with exactly `descr`, `fortran_order` and `shape`.
 * @param fail ends with an error that names the file.
 */
export function parseNpyHeader(text: string, fail: (what: string) => never): NpyHeader {
  const scanner = new HeaderScanner(text, fail);
  let descr: string | undefined;
  let fortranOrder: boolean | undefined;
  let shape: number[] | undefined;
  scanner.expect("{");
  let comma = true;
  while (!scanner.accept("}")) {
    if (!comma) scanner.expect(",");
    const key = scanner.string();
    scanner.expect(":");
    if (key === "descr" && descr === undefined) descr = scanner.elementType();
    else if (key === "fortran_order" && fortranOrder === undefined) fortranOrder = scanner.boolean();
    else if (key === "shape" && shape === undefined) shape = scanner.tuple();
    else
      fail(
        `the header has the key ${JSON.stringify(key.slice(0, 40))} twice or out of place; descr, fortran_order and shape belong there`,
      );
    comma = scanner.accept(",");
  }
  scanner.end();
  if (descr === undefined || fortranOrder === undefined || shape === undefined) {
    return fail("the header lacks descr, fortran_order or shape");
  }
  const type = checkElementType(descr, fail);
  if (fortranOrder) fail("it is in Fortran order; save numpy.ascontiguousarray(array)");
  if (shape.length > mostDimensions) fail(`it has ${shape.length} dimensions; the most is ${mostDimensions}`);
  // A product of sizes may pass 2^53 on the way to nothing: a size of 0 makes the array empty.
  const count = shape.reduce((product, size) => product * BigInt(size), 1n);
  if (count * BigInt(type.elementBytes) > BigInt(Number.MAX_SAFE_INTEGER)) {
    fail(`its shape (${shape.join(", ")}) is larger than any file`);
  }
  return { ...type, shape: Object.freeze(shape), count: Number(count) };
}

/** An error about a .npy file, with its name. */
export function npyFailure(name: string, what: string): InputError {
  return new InputError(`${name}: ${what}`);
}
