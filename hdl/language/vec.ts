import type { SIntOfAtMost, UIntOfAtMost } from "./accepted.ts";
import { Bundle, type RecordOf } from "./bundle.ts";
import type { Literal } from "./coerce.ts";
import { asWhole, requireContext } from "./context.ts";
import { dynamicElement } from "./dynamic-element.ts";
import type { Enum, EnumValue } from "./enum.ts";
import type { SInt, UInt } from "./integers.ts";
import type { IndexOptions } from "./range-check.ts";

/** A signal or a vector of signals: what may be an element of a `Vec`. */
interface Assignable {
  value: unknown;
  next: unknown;
}

/** What may be assigned to an element: a value that fits, a literal, the elements of an inner vector or the fields of a bundle. */
export type Fitting<T> =
  T extends Vec<infer E>
    ? Elements<E>
    : T extends Bundle<infer F>
      ? RecordOf<F>
      : T extends Enum<infer N, infer M>
        ? EnumValue<N, M>
        : T extends { readonly signed: false; readonly width: infer W extends number }
          ? UIntOfAtMost<W> | Literal
          : T extends { readonly signed: true; readonly width: infer W extends number }
            ? SIntOfAtMost<W> | Literal
            : never;

/** Values one after the other, in a vector or in anything else that knows how many they are. */
interface Sequence<T> extends Iterable<T> {
  readonly length: number;
}

/** What may be assigned to a vector of `T`: another vector, or an array, whose elements the editor marks one by one. */
export type Elements<T> = Sequence<Fitting<T>> | readonly Fitting<T>[];

/** For the other fields and elements of one that is chosen: the index is checked once. */
const checkedAlready: IndexOptions = { beyond: "zero" };

/** A fixed number of signals of one type. Element 0 is packed into the least significant bits of a port. */
export class Vec<T> implements Iterable<T> {
  readonly elements: readonly T[];

  constructor(elements: readonly T[]) {
    this.elements = elements;
  }

  get length(): number {
    return this.elements.length;
  }

  /**
   * Element `index`, counted from 0. Complains (LS0104) outside the vector. A signal as the index chooses the element
   * while the circuit runs: it takes as many bits as the last element's number, reads 0 beyond it and drives nothing there,
   * which simulation complains of unless told that it is meant (`beyond: "zero"`).
   */
  at(index: number | UInt, options: IndexOptions = {}): T {
    if (typeof index !== "number") return this.#dynamic(index, options);
    const element = this.elements[index];
    if (element !== undefined) return element;
    requireContext("at()").report(
      "LS0104",
      `at(${index}) of a vector of ${this.length}`,
      `elements count from 0 to ${this.length - 1}`,
    );
    return this.elements[0]!;
  }

  #dynamic(index: UInt, options: IndexOptions): T {
    const [first] = this.elements;
    if (first instanceof Bundle) {
      const bundles = this.elements as unknown as readonly Bundle[];
      const fields = Object.keys(first).map((name, i) => [
        name,
        new Vec(bundles.map((each) => Bundle.fieldOf(each, name))).at(index, i === 0 ? options : checkedAlready),
      ]);
      return new Bundle(Bundle.typeOf(first), Object.fromEntries(fields)) as T;
    }
    if (!(first instanceof Vec)) {
      return dynamicElement(this.elements as unknown as readonly (UInt | SInt | Enum)[], index, options) as T;
    }
    // Element i of every inner vector, chosen on its own.
    const inner = this.elements as unknown as readonly Vec<unknown>[];
    const chosen = first.elements.map((_, i) =>
      new Vec(inner.map((each) => each.elements[i])).at(index, i === 0 ? options : checkedAlready),
    );
    return new Vec(chosen) as T;
  }

  /** What `callback` makes of each element, as a plain array. */
  map<R>(callback: (element: T, index: number) => R): R[] {
    return this.elements.map(callback);
  }

  /** Calls `callback` with every element and its index. */
  forEach(callback: (element: T, index: number) => void): void {
    this.elements.forEach(callback);
  }

  /** The elements in order, for `for (const element of vector)`. */
  [Symbol.iterator](): Iterator<T> {
    return this.elements[Symbol.iterator]();
  }

  /** The vector itself. Assigning drives element by element; lengths must agree (LS0108). */
  get value(): Vec<T> {
    return this;
  }

  set value(input: Elements<T>) {
    this.#assign(input, "value");
  }

  /** The registers themselves. Assigning sets what each holds after the next clock edge. */
  get next(): Vec<T> {
    return this;
  }

  set next(input: Elements<T>) {
    this.#assign(input, "next");
  }

  #assign(input: Elements<T>, property: "value" | "next"): void {
    const values = [...input];
    if (values.length !== this.length) {
      requireContext("an assignment").report(
        "LS0108",
        `a vector of ${this.length} is assigned ${values.length} element${values.length === 1 ? "" : "s"}`,
        "both sides need the same number of elements",
      );
    }
    // After the complaint all elements are driven all the same, so that it stays the only one.
    if (values.length === 0) return;
    asWhole(() => {
      this.elements.forEach((element, i) => {
        (element as Assignable)[property] = values[Math.min(i, values.length - 1)];
      });
    });
  }
}
