import { hexadecimal, type RegisterMap } from "./layout.ts";

/** A register map as JSON text, for other tools. Offsets are bytes; reset values are hexadecimal, since they may have 64 bits. */
export function registerJson(map: RegisterMap): string {
  const { name, description, dataBits, addressBits } = map;
  const registers = map.registers.map((register) => ({
    name: register.name,
    description: register.description,
    offset: register.offset,
    reset: hexadecimal(register.reset, dataBits / 4),
    fields: register.fields.map((field) => ({
      name: field.name,
      description: field.description,
      high: field.high,
      low: field.low,
      access: field.access,
      hardwareWrites: field.hardwareWrites,
      reset: hexadecimal(field.reset, 1),
    })),
  }));
  return `${JSON.stringify({ name, description, dataBits, addressBits, registers }, undefined, 2)}\n`;
}
