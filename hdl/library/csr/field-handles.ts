import type { Condition, Fitting, UInt } from "../../language/index.ts";
import type { SpanWidth } from "../../types/index.ts";
import type { FieldDeclaration, RegisterDeclarations } from "./declaration.ts";

/** What hardware sees of a field that software can read. */
export interface ReadStrobe {
  /** 1 in the cycle in which software reads the register. */
  readonly read: UInt<1>;
}

/** What hardware sees of a field that software can write. */
export interface WriteStrobe<W extends number = number> {
  /** 1 in the cycle in which software writes the field, a byte of it at least; a stored value follows one cycle later. */
  readonly written: UInt<1>;
  /** In that cycle the value that is written; bytes that are not keep what is stored, or are 0 where nothing is. */
  readonly data: UInt<W>;
}

/** `rw`: a value that software sets. */
export interface ReadWriteField<W extends number = number> extends ReadStrobe, WriteStrobe<W> {
  readonly value: UInt<W>;
}

/** `rw` with `hardware: "writes"`: a value that both sides set. */
export interface SharedField<W extends number = number> extends ReadWriteField<W> {
  /** Sets the value at the next edge when `enable` is 1. Software that writes in the same cycle wins. Once per field. */
  load(enable: Condition, value: Fitting<UInt<W>>): void;
}

/** `ro`: what software reads is given by hardware: `field.value = signal`, once. */
export interface ReadOnlyField<W extends number = number> extends ReadStrobe {
  get value(): UInt<W>;
  set value(value: Fitting<UInt<W>>);
}

/** `wo`: a command; nothing is stored. */
export interface WriteOnlyField<W extends number = number> extends WriteStrobe<W> {}

/** `w1c` and `rc`: bits that hardware sets and software clears. */
export interface EventField<W extends number = number> extends ReadStrobe {
  readonly value: UInt<W>;
  /** Sets the bits that are 1, at the next edge; what is cleared in the same cycle is set all the same. Once per field. */
  set(events: Fitting<UInt<W>>): void;
}

/** The bits of a declared field. */
type WidthOf<F extends FieldDeclaration> = F["bits"] extends readonly [infer H, infer L]
  ? SpanWidth<H & number, L & number>
  : F["bits"] extends number
    ? 1
    : number;

/** The hardware's side of a declared field. */
export type FieldHandle<F extends FieldDeclaration> = F["access"] extends "rw"
  ? F extends { readonly hardware: "writes" }
    ? SharedField<WidthOf<F>>
    : ReadWriteField<WidthOf<F>>
  : F["access"] extends "ro"
    ? ReadOnlyField<WidthOf<F>>
    : F["access"] extends "wo"
      ? WriteOnlyField<WidthOf<F>>
      : F["access"] extends "w1c" | "rc"
        ? EventField<WidthOf<F>>
        : never;

/** The hardware's side of a register map: `registers.control.enable.value`. */
export type RegisterHandles<R extends RegisterDeclarations> = {
  readonly [K in keyof R]: { readonly [F in keyof R[K]["fields"]]: FieldHandle<R[K]["fields"][F]> };
};
