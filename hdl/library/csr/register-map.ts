import { ceilLog2 } from "../../types/index.ts";
import { checkMap } from "./check-map.ts";
import type { FieldDeclaration, MapDeclaration, RegisterDeclaration, RegisterDeclarations } from "./declaration.ts";
import type { FieldLayout, RegisterLayout, RegisterMap } from "./layout.ts";
import { RegisterMapError } from "./register-map-error.ts";

function layField(name: string, declared: FieldDeclaration): FieldLayout {
  const { bits, access, reset = 0, description = "", hardware } = declared;
  const [high, low] = typeof bits === "number" ? [bits, bits] : bits;
  return Object.freeze({
    name,
    high,
    low,
    width: high - low + 1,
    access,
    reset: BigInt(reset),
    description,
    hardwareWrites: hardware === "writes",
  });
}

function layRegister(name: string, { offset, description = "", fields }: RegisterDeclaration): RegisterLayout {
  const laid = Object.entries(fields)
    .map(([field, declared]) => layField(field, declared))
    .sort((a, b) => a.low - b.low);
  const reset = laid.reduce((word, field) => word | (field.reset << BigInt(field.low)), 0n);
  return Object.freeze({ name, offset, description, fields: Object.freeze(laid), reset });
}

/**
 * Declares the registers of a peripheral: where each lies, its fields, who may read and write them.
 *
 * @throws RegisterMapError that names every overlap, misaligned offset, value that does not fit and ambiguous name.
 */
export function registerMap<const R extends RegisterDeclarations>(declared: MapDeclaration<R>): RegisterMap<R> {
  const { name, description = "", dataBits = 32 } = declared;
  const problems = checkMap(declared);
  if (problems.length > 0) throw new RegisterMapError(name, problems);
  const registers = Object.entries(declared.registers)
    .map(([register, each]) => layRegister(register, each))
    .sort((a, b) => a.offset - b.offset);
  const bytes = dataBits / 8;
  const addressBits = ceilLog2(Math.max(2 * bytes, registers.at(-1)!.offset + bytes));
  return Object.freeze({ name, description, dataBits, addressBits, registers: Object.freeze(registers) });
}
