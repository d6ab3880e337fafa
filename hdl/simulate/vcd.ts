import { type Enumeration, memberOf } from "../types/index.ts";

/** Where a wave goes; a write stream of Node fits. */
export interface VcdSink {
  write(text: string): unknown;
}

/** One signal of a wave. Wide vectors are allowed; a value of one bit is a scalar. */
export interface VcdSignal {
  /** Names of the modules around it, the top first; may be empty. */
  readonly scope: readonly string[];
  readonly name: string;
  /** Bits, at least 1. */
  readonly width: number;
  /** The names of its values: it gets a second variable beside it that shows them as text. */
  readonly enumeration?: Enumeration | undefined;
}

/** What the head of a wave declares. */
export interface VcdOptions {
  /** Unit of all times, for instance `1ns`: 1, 10 or 100 of s, ms, us, ns, ps or fs. */
  readonly timescale: string;
  readonly signals: readonly VcdSignal[];
}

/** A value in a wave; negative numbers are shown in two's complement, `undefined` as unknown (x). */
export type VcdValue = number | bigint | undefined;

/** A signal or time that cannot stand in a wave. */
export class VcdError extends Error {
  readonly exitCode = 2;
  constructor(message: string) {
    super(message);
    this.name = "VcdError";
  }
}

/** Elements of a vector, and words of a memory, that a wave shows one by one; of more it shows none. Verilator's limit. */
export const mostElements = 32;

const firstCode = 33;
const codeCount = 94;
const chunkLength = 1 << 16;

/** The identifier code of signal number `index`: printable ASCII, shortest first (IEEE 1364, 18.2.1). */
export function identifierCode(index: number): string {
  let code = "";
  for (let rest = index; rest >= 0; rest = Math.floor(rest / codeCount) - 1) {
    code += String.fromCharCode(firstCode + (rest % codeCount));
  }
  return code;
}

/**
 * Writes a value change dump (IEEE 1364, clause 18): the header at once, then one `sample` per point in time, of which
 * only what has changed is written. The text depends on the samples alone: no date, no path. Call `finish` at the end.
 */
export class VcdWriter {
  readonly #sink: VcdSink;
  readonly #signals: readonly VcdSignal[];
  readonly #codes: readonly string[];
  /** The identifier codes of the variables that show names, by signal. */
  readonly #textCodes: readonly (string | undefined)[];
  #last: VcdValue[] | undefined;
  #time = -1;
  #text = "";

  constructor(sink: VcdSink, { timescale, signals }: VcdOptions) {
    if (!/^10{0,2} ?(s|ms|us|ns|ps|fs)$/.test(timescale)) {
      throw new VcdError(`timescale "${timescale}" is not 1, 10 or 100 of s, ms, us, ns, ps or fs`);
    }
    signals.forEach(checkSignal);
    this.#sink = sink;
    this.#signals = signals;
    this.#codes = signals.map((_, i) => identifierCode(i));
    let next = signals.length;
    this.#textCodes = signals.map(({ enumeration }) => (enumeration ? identifierCode(next++) : undefined));
    this.#text = `$version Lodestone $end\n$timescale ${timescale} $end\n${this.#declarations()}$enddefinitions $end\n`;
  }

  /** The values of all signals, in the order of declaration, from `time` on. Times are integers and increase. */
  sample(time: number, values: readonly VcdValue[]): void {
    if (!Number.isSafeInteger(time) || time <= this.#time) {
      throw new VcdError(`time ${time} is not an integer above ${this.#time}`);
    }
    if (values.length !== this.#signals.length) {
      throw new VcdError(`${values.length} values were given for ${this.#signals.length} signals`);
    }
    this.#time = time;
    const last = this.#last;
    if (last === undefined) {
      this.#text += `#${time}\n$dumpvars\n`;
      values.forEach((value, i) => {
        this.#change(i, value);
      });
      this.#text += "$end\n";
      this.#last = [...values];
    } else {
      let stamped = false;
      for (let i = 0; i < values.length; i++) {
        const value = values[i];
        if (value === last[i]) continue;
        if (!stamped) this.#text += `#${time}\n`;
        stamped = true;
        this.#change(i, value);
        last[i] = value;
      }
    }
    if (this.#text.length >= chunkLength) this.#flush();
  }

  /** Marks the end of the wave, when `time` is later than the last sample, and hands everything to the sink. */
  finish(time: number): void {
    if (time > this.#time) this.#text += `#${time}\n`;
    this.#time = Math.max(time, this.#time);
    this.#flush();
  }

  #flush(): void {
    if (this.#text !== "") this.#sink.write(this.#text);
    this.#text = "";
  }

  #change(index: number, value: VcdValue): void {
    const { width } = this.#signals[index]!;
    const code = this.#codes[index]!;
    // A shorter vector is extended with zeros, or with x when it begins with x, so leading zeros are left out.
    const bits = value === undefined ? "x" : bitsOf(value, width);
    this.#text += width === 1 ? `${bits}${code}\n` : `b${bits} ${code}\n`;
    const textCode = this.#textCodes[index];
    if (textCode !== undefined) this.#text += `s${textOf(value, this.#signals[index]!)} ${textCode}\n`;
  }

  /** Scopes as they first appear, and in each its own signals before those further down. */
  #declarations(): string {
    const top = makeScope("");
    this.#signals.forEach((signal, index) => {
      let scope = top;
      for (const name of signal.scope) {
        let child = scope.children.get(name);
        if (child === undefined) {
          child = makeScope(name);
          scope.children.set(name, child);
        }
        scope = child;
      }
      scope.signals.push(index);
    });
    const lines: string[] = [];
    const names = new Set(this.#signals.map(({ scope, name }) => [...scope, name].join(".")));
    const declare = (scope: Scope): void => {
      for (const index of scope.signals) {
        const { name, width, scope: path } = this.#signals[index]!;
        lines.push(`$var wire ${width} ${this.#codes[index]} ${name}${width > 1 ? ` [${width - 1}:0]` : ""} $end`);
        const textCode = this.#textCodes[index];
        if (textCode === undefined) continue;
        const free = textName(name, (wish) => names.has([...path, wish].join(".")));
        lines.push(textVariable(textCode, free));
      }
      for (const child of scope.children.values()) {
        lines.push(`$scope module ${child.name} $end`);
        declare(child);
        lines.push("$upscope $end");
      }
    };
    declare(top);
    return lines.map((line) => `${line}\n`).join("");
  }
}

interface Scope {
  readonly name: string;
  readonly signals: number[];
  readonly children: Map<string, Scope>;
}

function makeScope(name: string): Scope {
  return { name, signals: [], children: new Map() };
}

function bitsOf(value: number | bigint, width: number): string {
  if (typeof value === "number" && value >= 0 && value < 2 ** width) return value.toString(2);
  return BigInt.asUintN(width, BigInt(value)).toString(2);
}

/** What the text variable of an enumeration shows: the name of a member, the number where it has none, x for unknown. */
function textOf(value: VcdValue, { enumeration, width }: VcdSignal): string {
  if (value === undefined || enumeration === undefined) return "x";
  const bits = BigInt.asUintN(width, BigInt(value));
  return memberText(enumeration, bits);
}

/** How a wave shows a value of an enumeration: the name of a member, the number where it has none. */
export function memberText(enumeration: Enumeration, value: bigint): string {
  return memberOf(enumeration, value) ?? `${value}`;
}

/**
 * The variable beside a signal of an enumeration that shows names: `state_name`, of an element `history_name[1]`, with
 * underscores behind it while that is `taken`.
 */
export function textName(signal: string, taken: (name: string) => boolean): string {
  const [, base, element] = /^(.*?)((?:\[\d+\])*)$/.exec(signal)!;
  const name = (free: string): string => (taken(`${free}${element}`) ? name(`${free}_`) : `${free}${element}`);
  return name(`${base}_name`);
}

/** The declaration of that variable; readers such as GTKWave take strings of any length. */
export function textVariable(code: string, name: string): string {
  return `$var string 1 ${code} ${name} $end`;
}

function checkSignal({ scope, name, width }: VcdSignal): void {
  const path = [...scope, name].join(".");
  for (const part of [...scope, name]) {
    if (!/^[!-~]+$/.test(part)) throw new VcdError(`signal "${path}": a name in a wave is printable, without spaces`);
  }
  if (!Number.isInteger(width) || width < 1) throw new VcdError(`signal "${path}": ${width} is not a number of bits`);
}
