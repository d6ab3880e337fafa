import { closeSync, openSync, readSync, writeSync } from "node:fs";
import type { Design } from "../../ir/index.ts";
import { identifierCode, memberText, textName, textVariable } from "../vcd.ts";
import { benchModuleName, dutName } from "./bench-names.ts";
import { type EnumeratedSignal, enumeratedSignals } from "./enumerated-signals.ts";

const chunkBytes = 1 << 20;

/** A variable that shows one value of a signal as text. */
interface TextVariable {
  readonly code: string;
  readonly signal: EnumeratedSignal;
  readonly element: number;
  last: string | undefined;
}

/** The text variables that follow each variable of the simulator, by its identifier code. */
type Followers = Map<string, TextVariable[]>;

/**
 * Copies a wave that a simulator wrote around `design` and gives it the form of the waves of this process: the top's name
 * stands outermost, and beside every signal of an enumeration stands a text variable with the names of its values. What
 * is no complete wave is copied as it is.
 */
export function nameWave(source: string, target: string, design: Design): void {
  const from = openSync(source, "r");
  const to = openSync(target, "w");
  try {
    const reader = new LineReader(from);
    const header: string[] = [];
    let complete = false;
    for (let line = reader.next(); line !== undefined; line = reader.next()) {
      header.push(line);
      complete = line.trim().startsWith("$enddefinitions");
      if (complete) break;
    }
    const followers: Followers = new Map();
    writeSync(to, withLineEnds(complete ? namedHeader(header, design, followers) : header), null, "latin1");
    if (followers.size === 0) copyRest(reader, from, to);
    else copyChanges(reader, to, followers);
  } finally {
    closeSync(from);
    closeSync(to);
  }
}

const withLineEnds = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

/** One line of a header: the words between `$scope` or `$var` and `$end`. */
const words = (line: string): string[] => line.trim().split(/\s+/);

/** The header without the scope of the bench and with the declarations of text variables, which are put into `followers`. */
function namedHeader(header: readonly string[], design: Design, followers: Followers): string[] {
  const signals = enumeratedSignals(design);
  const bench = benchModuleName(design);
  const codes = new Set<string>();
  const names = new Set<string>();
  const scopes: string[] = [];
  /** The path of a variable below the design; undefined for what stands outside. */
  const pathOf = (name: string): string | undefined =>
    scopes[0] === bench && scopes[1] === dutName ? [design.top.name, ...scopes.slice(2), name].join(".") : undefined;
  const eachLine = (see: (line: string, kind: string, parts: string[]) => void): void => {
    for (const line of header) {
      const parts = words(line);
      const [kind = ""] = parts;
      if (kind === "$scope") scopes.push(parts[2]!);
      see(line, kind, parts);
      if (kind === "$upscope") scopes.pop();
    }
  };
  eachLine((_, kind, [, , , code, name]) => {
    if (kind !== "$var") return;
    codes.add(code!);
    names.add(pathOf(plain(name!)) ?? "");
  });
  let tried = 0;
  const freeCode = (): string => {
    let code = identifierCode(tried++);
    while (codes.has(code)) code = identifierCode(tried++);
    return code;
  };
  const result: string[] = [];
  eachLine((line, kind, parts) => {
    if ((kind === "$scope" || kind === "$upscope") && scopes.length === 1 && scopes[0] === bench) return;
    if (kind === "$scope" && scopes.length === 2 && pathOf("") !== undefined) {
      result.push(`$scope module ${design.top.name} $end`);
      return;
    }
    const name = kind === "$var" ? plain(parts[4]!) : "";
    result.push(line.replace(`\\${name} `, `${name} `));
    const path = kind === "$var" ? pathOf(name) : undefined;
    const signal = path === undefined ? undefined : signals.get(path);
    if (signal === undefined || Number(parts[2]) !== signal.width * signal.elements) return;
    for (let element = 0; element < signal.elements; element++) {
      const code = freeCode();
      const shown = textName(signal.elements === 1 ? name : `${name}[${element}]`, (wish) => names.has(pathOf(wish)!));
      names.add(pathOf(shown)!);
      result.push(line.slice(0, line.search(/\S/)) + textVariable(code, shown));
      const variable: TextVariable = { code, signal, element, last: undefined };
      const others = followers.get(parts[3]!);
      if (others) others.push(variable);
      else followers.set(parts[3]!, [variable]);
    }
  });
  return result;
}

/** A name as the design has it: Icarus escapes that of a word of a memory. */
const plain = (name: string): string => name.replace(/^\\/, "");

function copyRest(reader: LineReader, from: number, to: number): void {
  writeSync(to, reader.rest(), null, "latin1");
  const chunk = Buffer.alloc(chunkBytes);
  for (let length = readSync(from, chunk); length > 0; length = readSync(from, chunk)) writeSync(to, chunk, 0, length);
}

function copyChanges(reader: LineReader, to: number, followers: Followers): void {
  let text = "";
  for (let line = reader.next(); line !== undefined; line = reader.next()) {
    text += `${line}\n`;
    const change = /^(?:b(?<vector>\S+) |(?<scalar>[01xz]))(?<code>\S+)$/.exec(line)?.groups;
    const following = change && followers.get(change.code!);
    if (following) text += changes(change.vector ?? change.scalar!, following);
    if (text.length < chunkBytes) continue;
    writeSync(to, text, null, "latin1");
    text = "";
  }
  writeSync(to, text, null, "latin1");
}

/** What the text variables show when the bits of their signal change; bits that are left out are 0, or as the first when that is unknown. */
function changes(bits: string, following: readonly TextVariable[]): string {
  let text = "";
  for (const variable of following) {
    const { enumeration, width, elements } = variable.signal;
    const all = bits.padStart(width * elements, bits.startsWith("x") || bits.startsWith("z") ? bits[0] : "0");
    const end = all.length - variable.element * width;
    const own = all.slice(end - width, end);
    const shown = /^[01]+$/.test(own) ? memberText(enumeration, BigInt(`0b${own}`)) : "x";
    if (shown === variable.last) continue;
    variable.last = shown;
    text += `s${shown} ${variable.code}\n`;
  }
  return text;
}

/** The lines of a file, of which it holds one chunk at a time. */
class LineReader {
  readonly #file: number;
  readonly #chunk = Buffer.alloc(chunkBytes);
  #text = "";
  #at = 0;
  #ended = false;

  constructor(file: number) {
    this.#file = file;
  }

  /** The next line without its end; undefined behind the last one. */
  next(): string | undefined {
    for (;;) {
      const end = this.#text.indexOf("\n", this.#at);
      if (end >= 0) {
        const line = this.#text.slice(this.#at, end);
        this.#at = end + 1;
        return line;
      }
      if (this.#ended) {
        const line = this.rest();
        return line === "" ? undefined : line;
      }
      const length = readSync(this.#file, this.#chunk, 0, chunkBytes, null);
      this.#ended = length === 0;
      this.#text = this.#text.slice(this.#at) + this.#chunk.toString("latin1", 0, length);
      this.#at = 0;
    }
  }

  /** What has been read from the file and not handed out. */
  rest(): string {
    const rest = this.#text.slice(this.#at);
    this.#text = "";
    this.#at = 0;
    return rest;
  }
}
