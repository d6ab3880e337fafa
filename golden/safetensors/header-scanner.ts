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

  /** Calls `entry` once for each key of an object; a key that comes twice is refused. */
  object(what: string, entry: (key: string) => void): void {
    this.expect("{");
    if (this.accept("}")) return;
    const seen = new Set<string>();
    do {
      const key = this.string();
      if (seen.has(key)) this.#fail(`its header has ${what} ${shorten(key)} twice`);
      seen.add(key);
      this.expect(":");
      entry(key);
    } while (this.accept(","));
    this.expect("}");
  }

  #size(): number {
    this.#skipSpace();
    const pattern = /(?:0|[1-9][0-9]{0,15})(?![0-9.eE])/y;
    pattern.lastIndex = this.#position;
    const digits = pattern.exec(this.#text)?.[0];
    if (digits === undefined || !Number.isSafeInteger(Number(digits))) {
      return this.#fail(`its header is not valid: a whole number expected at ${this.#found()}`);
    }
    this.#position = pattern.lastIndex;
    return Number(digits);
  }

  #skipSpace(): void {
    while (" \t\n\r".includes(this.#text[this.#position] ?? "x")) this.#position++;
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
