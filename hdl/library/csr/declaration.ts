/**
 * What software can do with a field: `rw` read and write, `ro` read, `wo` write (reads give 0), `w1c` read and clear bits
 * by writing ones, `rc` read, which clears.
 */
export type FieldAccess = "rw" | "ro" | "wo" | "w1c" | "rc";

/** Every kind of access, with what a table says about it. */
export const accessKinds: Readonly<Record<FieldAccess, string>> = Object.freeze({
  rw: "read and write",
  ro: "read only",
  wo: "write only, reads as 0",
  w1c: "read; writing 1 clears the bit",
  rc: "read, which clears it",
});

/** A field as it is declared. */
export interface FieldDeclaration {
  /** One bit by its number, or the highest and the lowest: `[15, 8]`. */
  readonly bits: number | readonly [high: number, low: number];
  readonly access: FieldAccess;
  /** The value after reset, 0 unless told; for fields that store something: `rw`, `w1c`, `rc`. */
  readonly reset?: number | bigint;
  /** A sentence or two for the people who write the software. */
  readonly description?: string;
  /** `"writes"`: an `rw` field that hardware changes too, by `load`. */
  readonly hardware?: "writes";
}

/** A register as it is declared. */
export interface RegisterDeclaration {
  /** Bytes from the start of the map; a multiple of the bytes of a word. */
  readonly offset: number;
  readonly description?: string;
  readonly fields: Readonly<Record<string, FieldDeclaration>>;
}

/** The registers of a map by name. */
export type RegisterDeclarations = Readonly<Record<string, RegisterDeclaration>>;

/** A register map as it is declared. */
export interface MapDeclaration<R extends RegisterDeclarations = RegisterDeclarations> {
  /** What the peripheral is called: the beginning of every name in C. */
  readonly name: string;
  readonly description?: string;
  /** Bits of a word, 32 unless told. */
  readonly dataBits?: 32 | 64;
  readonly registers: R;
}
