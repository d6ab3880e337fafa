import { type Code, list, section, text, unsigned } from "./encode.ts";

/** Types of values. */
export type ValueType = "i32" | "f32" | "f64" | "v128";

const typeCodes: Readonly<Record<ValueType, number>> = Object.freeze({ i32: 0x7f, f64: 0x7c, f32: 0x7d, v128: 0x7b });

/** A local variable of a function. */
export class Local {
  readonly get: Code;
  readonly #index: Code;

  constructor(index: number) {
    this.#index = unsigned(index);
    this.get = [0x20, ...this.#index];
  }

  /** Sets it. */
  set(value: Code): Code {
    return [...value, 0x21, ...this.#index];
  }
}

/** A function while it is written: its parameters, its locals, its instructions. */
export class FunctionBuilder {
  readonly name: string;
  readonly parameters: ValueType[] = [];
  readonly locals: ValueType[] = [];
  readonly #code: number[] = [];

  constructor(name: string) {
    this.name = name;
  }

  /** The next parameter; all of them come before the first local. */
  parameter(type: ValueType): Local {
    this.parameters.push(type);
    return new Local(this.parameters.length - 1);
  }

  /** A new local, zero at first. */
  local(type: ValueType): Local {
    this.locals.push(type);
    return new Local(this.parameters.length + this.locals.length - 1);
  }

  /** Adds instructions; what they leave on the stack must be nothing. */
  add(...code: readonly Code[]): this {
    for (const part of code) this.#code.push(...part);
    return this;
  }

  /** The function's type: parameters, no result. */
  get type(): Code {
    return [0x60, ...list(this.parameters.map((type) => [typeCodes[type]])), 0];
  }

  /** The function's entry in the code section. */
  get body(): Code {
    const locals = list(this.locals.map((type) => [1, typeCodes[type]]));
    const content = [...locals, ...this.#code, 0x0b];
    return [...unsigned(content.length), ...content];
  }
}

/**
 * A binary module: the functions, exported by their names, and one memory of `pages` times 64 KiB, exported as
 * `memory` (WebAssembly Core Specification 2.0, section 5.5).
 */
export function assemble(functions: readonly FunctionBuilder[], pages: number): Uint8Array<ArrayBuffer> {
  const exports = functions.map(({ name }, i): Code => [...text(name), 0, ...unsigned(i)]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, list(functions.map(({ type }) => type))),
    ...section(3, list(functions.map((_, i) => unsigned(i)))),
    ...section(5, list([[0x01, ...unsigned(pages), ...unsigned(pages)]])),
    ...section(7, list([...exports, [...text("memory"), 2, 0]])),
    ...section(10, list(functions.map(({ body }) => body))),
  ]);
}
