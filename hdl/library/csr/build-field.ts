import { type Condition, cat, constant, mux, register, type UInt, when, wire } from "../../language/index.ts";
import { bit, uint } from "../../types/index.ts";
import type { FieldLayout } from "./layout.ts";

/** An access to the register that a field lies in. */
export interface RegisterAccess {
  /** 1 in the cycle of a write to the register; the bytes of `data` that count have a 1 in `strobe`. */
  readonly write: UInt<1>;
  readonly data: UInt;
  readonly strobe: UInt;
  /** 1 in the cycle in which it is read. */
  readonly read: UInt<1>;
}

/** A built field: what hardware gets, and what software reads. */
export interface BuiltField {
  readonly handle: object;
  /** Undefined where reads give 0. */
  readonly reads: UInt | undefined;
}

/** The parts of a field by the bytes of the word they lie in, the lowest first. Bits count from the field's lowest. */
function lanesOf({ high, low }: FieldLayout): { byte: number; high: number; low: number }[] {
  const lanes: { byte: number; high: number; low: number }[] = [];
  for (let byte = low >> 3; byte <= high >> 3; byte++) {
    lanes.push({ byte, high: Math.min(high, 8 * byte + 7) - low, low: Math.max(low, 8 * byte) - low });
  }
  return lanes;
}

/** What a write makes of a field, in its cycle: the written bytes, and `kept` in place of the others. */
function merged(field: FieldLayout, { data, strobe }: RegisterAccess, kept: () => UInt): UInt {
  const lanes = lanesOf(field);
  // A write that does not reach the only byte of a field does not write the field.
  if (lanes.length === 1) return data.slice(field.high, field.low);
  const stored = kept();
  return joined(
    lanes.map(({ byte, high, low }) =>
      mux(strobe.bit(byte), data.slice(field.low + high, field.low + low), stored.slice(high, low)),
    ),
  );
}

/** Values side by side, the first in the lowest bits. */
export function joined(parts: readonly UInt[]): UInt {
  return parts.length === 1 ? parts[0]! : cat(...[...parts].reverse());
}

function touched(field: FieldLayout, { write, strobe }: RegisterAccess): UInt<1> {
  const lanes = lanesOf(field);
  return write.and(strobe.slice(lanes.at(-1)!.byte, lanes[0]!.byte).reduceOr());
}

function zero(width: number): UInt {
  return constant(uint(width), 0) as UInt;
}

function buildReadWrite(field: FieldLayout, part: string, access: RegisterAccess): BuiltField {
  const value = register(uint(field.width), { reset: field.reset, part, gated: false }) as UInt;
  const data = merged(field, access, () => value);
  const written = touched(field, access);
  const handle = { value, data, written, read: access.read };
  if (!field.hardwareWrites) {
    when(written, () => {
      value.next = data;
    });
    return { handle, reads: value };
  }
  const loads = wire(bit, { part: `${part}_loads` });
  const loaded = wire(uint(field.width), { part: `${part}_loaded` }) as UInt;
  when(written, () => {
    value.next = data;
  }).elsewhen(loads, () => {
    value.next = loaded;
  });
  const load = (enable: Condition, input: UInt): void => {
    loads.value = enable as UInt<1>;
    loaded.value = input;
  };
  return { handle: { ...handle, load }, reads: value };
}

function buildReadOnly(field: FieldLayout, part: string, access: RegisterAccess): BuiltField {
  const signal = wire(uint(field.width), { part }) as UInt;
  const handle = {
    read: access.read,
    get value(): UInt {
      return signal;
    },
    set value(input: UInt) {
      signal.value = input;
    },
  };
  return { handle, reads: signal };
}

function buildEvent(field: FieldLayout, part: string, access: RegisterAccess): BuiltField {
  const value = register(uint(field.width), { reset: field.reset, part, gated: false }) as UInt;
  const events = wire(uint(field.width), { part: `${part}_events` }) as UInt;
  const zeros = () => zero(field.width);
  const cleared =
    field.access === "rc"
      ? access.read.replicate(field.width)
      : mux(touched(field, access), merged(field, access, zeros), zeros());
  value.next = value.and(cleared.not()).or(events);
  const set = (input: UInt): void => {
    events.value = input;
  };
  return { handle: { value, set, read: access.read }, reads: value };
}

/** Builds what stores a field and both its sides; `part` names it in the Verilog. */
export function buildField(field: FieldLayout, part: string, access: RegisterAccess): BuiltField {
  switch (field.access) {
    case "rw":
      return buildReadWrite(field, part, access);
    case "ro":
      return buildReadOnly(field, part, access);
    case "wo":
      return {
        handle: { written: touched(field, access), data: merged(field, access, () => zero(field.width)) },
        reads: undefined,
      };
    case "w1c":
    case "rc":
      return buildEvent(field, part, access);
  }
}
