import { captureSource } from "../diagnostics/index.ts";
import type { BundleFields, BundleType, FlippedType } from "../types/index.ts";
import { asWhole, requireContext } from "./context.ts";
import type { SignalOf } from "./signal-of.ts";
import type { Fitting } from "./vec.ts";

/** Carries the fields' types to the type checker; nothing stands behind it when the program runs. */
declare const fieldTypes: unique symbol;

/** A method type, which the checker compares in both directions: widths that are only a `number` are let through. */
interface FieldCheck<F> {
  compare(fields: F): void;
}

/** The fields' signals by name. */
export type FieldSignals<F extends BundleFields> = {
  readonly [K in keyof F]: F[K] extends FlippedType<infer T>
    ? SignalOf<T>
    : F[K] extends BundleFields[string]
      ? SignalOf<Exclude<F[K], FlippedType>>
      : never;
};

/** The signal of a bundle: its fields are properties. */
export type BundleSignal<F extends BundleFields> = Bundle<F> & FieldSignals<F>;

/** The names of the fields that flow against the bundle. */
type FlippedKeys<F extends BundleFields> = { [K in keyof F]: F[K] extends FlippedType ? K : never }[keyof F];

/** The fields that an assignment to a bundle gives. */
type ValuesOf<F extends BundleFields> = {
  readonly [K in keyof F as F[K] extends FlippedType ? never : K]: Fitting<FieldSignals<F>[K]>;
};

/** What may be assigned to a bundle: another one of its type, or a value for every field. */
export type RecordOf<F extends BundleFields> = [FlippedKeys<F>] extends [never]
  ? ValuesOf<F>
  : ValuesOf<F> & {
      readonly [K in FlippedKeys<F>]?: "this field flows the other way: drive it by itself, or use connect()";
    };

/** Any record of signals or values, before its fields are looked at. */
type AnyRecord = Readonly<Record<string, unknown>>;

/** What can be driven: a signal, a vector or a bundle. */
interface Assignable {
  value: unknown;
  next: unknown;
}

/** Named signals that go together; each field is a property. Made by `input(bundle(…))`, `wire(bundle(…))` and so on. */
export class Bundle<F extends BundleFields = BundleFields> {
  /** @internal */
  declare [fieldTypes]: FieldCheck<F>["compare"];
  readonly #type: BundleType;

  constructor(type: BundleType, fields: AnyRecord) {
    this.#type = type;
    for (const [name, signal] of Object.entries(fields)) {
      Object.defineProperty(this, name, { value: signal, enumerable: true });
    }
  }

  /** The type of a bundle; static, because every other name may be a field. */
  static typeOf(bundle: Bundle): BundleType {
    return bundle.#type;
  }

  /** The signal of a field by name. */
  static fieldOf(bundle: Bundle, name: string): unknown {
    return (bundle as unknown as AnyRecord)[name];
  }

  /** The bundle itself. Assigning drives each field; every field must be given, and no other (LS0112). */
  get value(): this {
    return this;
  }

  set value(input: RecordOf<F>) {
    this.#assign(input as AnyRecord, "value");
  }

  /** The registers themselves. Assigning sets what each holds after the next clock edge. */
  get next(): this {
    return this;
  }

  set next(input: RecordOf<F>) {
    this.#assign(input as AnyRecord, "next");
  }

  #assign(input: AnyRecord, property: "value" | "next"): void {
    if (typeof input !== "object" || input === null) {
      complain(`a bundle is assigned ${String(input)}`, "give a value for each field: { valid: 1, data: x }");
      return;
    }
    const fields = Object.entries(this.#type.fields);
    const has = (name: string): boolean => Object.hasOwn(input, name);
    const forward = fields.filter(([, field]) => field.kind !== "flipped").map(([name]) => name);
    const against = fields.filter(([name, field]) => field.kind === "flipped" && has(name)).map(([name]) => name);
    const missing = forward.filter((name) => !has(name));
    const extra = Object.keys(input).filter((name) => !Object.hasOwn(this.#type.fields, name));
    if (missing.length > 0 || extra.length > 0) {
      const problems = [
        ...(missing.length > 0 ? [`without a value for ${quoted(missing)}`] : []),
        ...(extra.length > 0 ? [`with ${quoted(extra)}, which it has not`] : []),
      ];
      complain(
        `a bundle is assigned a record ${problems.join(" and ")}`,
        `its fields are ${quoted(fields.map(([name]) => name))}`,
      );
    }
    if (against.length > 0) {
      complain(
        `a bundle is assigned a value for ${quoted(against)}, which flow${against.length === 1 ? "s" : ""} the other way`,
        "join bundles with fields in both directions by connect(a, b); drive a flipped field by itself",
      );
    }
    // After the complaint the fields that have a partner are driven all the same, so that it stays the only one.
    asWhole(() => {
      for (const name of forward) {
        if (has(name)) (Bundle.fieldOf(this, name) as Assignable)[property] = input[name];
      }
    });
  }
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

function complain(message: string, hint: string): void {
  requireContext("an assignment").report("LS0112", message, hint, { places: [{ source: captureSource() }] });
}
