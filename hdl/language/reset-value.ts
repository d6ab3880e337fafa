import type { BundleFields, BundleType, DataType, EnumType, FlippedType, Path, VecType } from "../types/index.ts";
import { unflipped } from "../types/index.ts";
import type { Literal } from "./coerce.ts";
import { requireContext } from "./context.ts";

/** A reset value of a type: one number for every scalar, or one for each element of a vector and each field of a bundle. */
export type ResetOf<T> =
  T extends EnumType<string, infer M>
    ? M
    : T extends VecType<infer E>
      ? readonly ResetOf<E>[]
      : T extends BundleType<infer F>
        ? ResetFields<F>
        : Literal;

/** Reset values by field; a field without one is not reset. */
type ResetFields<F extends BundleFields> = {
  readonly [K in keyof F]?: (F[K] extends FlippedType<infer T> ? ResetOf<T> : ResetOf<F[K]>) | Literal;
};

/** A reset value of any type. */
export type ResetValue = Literal | string | readonly ResetValue[] | { readonly [field: string]: ResetValue };

/** The reset value of the scalar at the end of a path; undefined where none is given. */
export function resetAt(reset: ResetValue | undefined, path: Path): Literal | string | undefined {
  let value: ResetValue | undefined = reset;
  for (const step of path) {
    if (typeof value !== "object") break;
    value = (value as Readonly<Record<string | number, ResetValue>>)[step];
  }
  return value as Literal | string | undefined;
}

/** Complains (LS0112) about values for fields or elements that a type has not. */
export function checkResetFields(type: DataType, reset: ResetValue | undefined, place = "the reset value"): void {
  if (typeof reset !== "object") return;
  const complain = (message: string, hint: string): void => {
    requireContext("register()").report("LS0112", message, hint);
  };
  if (type.kind === "vec" && Array.isArray(reset)) {
    if (reset.length !== type.length) {
      complain(
        `${place} has ${reset.length} element${reset.length === 1 ? "" : "s"} for a vector of ${type.length}`,
        "give one for each element",
      );
    }
    reset.slice(0, type.length).forEach((value: ResetValue, i) => {
      checkResetFields(type.element, value, `${place}[${i}]`);
    });
  } else if (type.kind === "bundle" && !Array.isArray(reset)) {
    for (const [name, value] of Object.entries(reset)) {
      const field = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
      if (field) checkResetFields(unflipped(field), value, `${place}.${name}`);
      else complain(`${place} has a field \`${name}\`, which the type has not`, fieldsHint(type.fields));
    }
  } else complain(`${place} is nested otherwise than the type`, "nest it as the type is, or give one number for all");
}

const fieldsHint = (fields: object): string =>
  `its fields are ${Object.keys(fields)
    .map((name) => `\`${name}\``)
    .join(", ")}`;
