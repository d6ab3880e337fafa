/**
 * Reads the JSON of a safetensors header token by token. JSON.parse would do, were it not that it drops duplicate keys
 * in silence and takes sizes beyond 2^53, fractions and exponents.
 */
export class HeaderScanner {
  readonly #text: string;
  readonly #fail: (what: string) => never;
  #position = 0;

  /** @param fail ends with an error that names the file */
  constructor(text: string, fail: (what: string) => never) {
    this.#text = text;
    this.#fail = fail;
  }

  /** Steps over white space, then over the one-character `mark` if it comes next. */
  accept(mark: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#position] !== mark) return false;
    this.#position++;
    return true;
  }

  /** Steps over `mark`, which must come next. */
  expect(mark: string): void {
    if (!this.accept(mark)) this.#fail(`its header is not valid: "${mark}" expected at ${this.#found()}`);
  }

  /** Nothing but white space may follow. */
  end(): void {
    this.#skipSpace();
    if (this.#position < this.#text.length) this.#fail(`its header goes on after its end, at ${this.#found()}`);
  }

  /** A JSON string. */
  string(): string {
    this.#skipSpace();
    const start = this.#position;
    if (this.#text[start] !== '"') this.#fail(`its header is not valid: a string expected at ${this.#found()}`);
    const plainEnd = this.#plainStringEnd(start + 1);
    if (plainEnd > 0) {
      this.#position = plainEnd + 1;
      return this.#text.slice(start + 1, plainEnd);
    }
    let at = start + 1;
    while (at < this.#text.length && this.#text[at] !== '"') at += this.#text[at] === "\\" ? 2 : 1;
    try {
      const value: unknown = JSON.parse(this.#text.slice(start, at + 1));
      if (typeof value === "string") {
        this.#position = at + 1;
        return value;
      }
    } catch {
      // Said below.
    }
    return this.#fail(`its header is not valid: a broken string at ${this.#found()}`);
  }

  /** Where a string without escapes ends, its first character at `start`; 0 for one that needs a closer look. */
  #plainStringEnd(start: number): number {
    for (let at = start; at < this.#text.length; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === 0x22) return at;
      if (code === 0x5c || code < 0x20) return 0;
    }
    return 0;
  }

  /** A list of whole numbers, each below 10^16. */
  sizes(): number[] {
    this.expect("[");
    const sizes: number[] = [];
    if (this.accept("]")) return sizes;
    do sizes.push(this.#size());
    while (this.accept(","));
    this.expect("]");
    return sizes;
  }

  /** Calls `entry` once for each key of an object; it must refuse a key that comes twice, see `twice`. */
  object(entry: (key: string) => void): void {
    this.expect("{");
    if (this.accept("}")) return;
    do {
      const key = this.string();
      this.expect(":");
      entry(key);
    } while (this.accept(","));
    this.expect("}");
  }

  /** Refuses a key that came before. */
  twice(what: string, key: string): never {
    return this.#fail(`its header has ${what} ${shorten(key)} twice`);
  }

  #size(): number {
    this.#skipSpace();
    const start = this.#position;
    let at = start;
    let size = 0;
    for (let code = this.#text.charCodeAt(at); code >= 0x30 && code <= 0x39; code = this.#text.charCodeAt(++at)) {
      size = size * 10 + (code - 0x30);
    }
    const zeroFirst = at > start + 1 && this.#text[start] === "0";
    const next = this.#text[at] ?? "";
    if (at === start || at > start + 16 || zeroFirst || ".eE".includes(next || "x") || !Number.isSafeInteger(size)) {
      return this.#fail(`its header is not valid: a whole number expected at ${this.#found()}`);
    }
    this.#position = at;
    return size;
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#position);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#position++;
    }
  }

  #found(): string {
    const rest = this.#text.slice(this.#position, this.#position + 16);
    return rest === "" ? "its end" : JSON.stringify(rest);
  }
}

/** A name of any length and content, fit for one line of a message. */
export function shorten(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 77)}...` : name);
}
