import type { DataType } from "./data-type.ts";

/** A field that flows against its bundle: in an output it is an input, and the other way round. */
export interface FlippedType<T extends DataType = DataType> {
  readonly kind: "flipped";
  readonly type: T;
}

/** The fields of a bundle by name. */
export interface BundleFields {
  readonly [name: string]: DataType | FlippedType;
}

/** Named signals that go together, each with a type of its own and perhaps against the flow of the others. */
export interface BundleType<F extends BundleFields = BundleFields> {
  readonly kind: "bundle";
  readonly fields: F;
}

/** Names that a field cannot have, with what the editor says. */
export interface NotForFields {
  readonly value?: "`value` assigns to the whole bundle, so no field can have that name";
  readonly next?: "`next` assigns to the whole bundle, so no field can have that name";
}

/**
 * The type of a record of signals: `bundle({ valid: bit, data: uint(8), ready: flipped(bit) })`. Fields may be bundles and
 * vectors themselves. As a port it becomes one port per field, `request_valid`, `request_data` and so on.
 */
export function bundle<const F extends BundleFields>(fields: F & NotForFields): BundleType<F> {
  return Object.freeze({ kind: "bundle", fields: Object.freeze({ ...fields }) });
}

/** Turns the direction of a bundle's field: `ready: flipped(bit)` flows from the consumer back to the producer. */
export function flipped<T extends DataType>(type: T): FlippedType<T> {
  return Object.freeze({ kind: "flipped", type });
}

/** The type of a field without its direction. */
export function unflipped(field: DataType | FlippedType): DataType {
  return field.kind === "flipped" ? field.type : field;
}
