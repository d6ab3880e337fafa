export { type EmitOptions, type EmittedFile, emitVerilog } from "./emit.ts";
export { isIdentifier, isReserved } from "./names.ts";
export { goalSuffix } from "./print-properties.ts";
