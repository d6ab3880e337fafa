export { type EmitOptions, type EmittedFile, emitVerilog } from "./emit.ts";
export { type NamedNet, netsOf } from "./named-nets.ts";
export { identifierFrom, isIdentifier, isReserved } from "./names.ts";
export { goalSuffix } from "./print-properties.ts";
