export { type AxiLiteSize, type AxiLiteType, axiLite, axiResponses } from "./axi-lite.ts";
export { AxiLiteFront } from "./axi-lite-front.ts";
export {
  type AxiLiteBench,
  AxiLiteManager,
  type AxiLiteManagerOptions,
  type AxiRead,
  AxiResponseError,
  type AxiWrite,
} from "./axi-lite-manager.ts";
export { axiLiteRegisters } from "./axi-lite-registers.ts";
export { buildRegisters, type RegisterBus } from "./build-registers.ts";
export type { FieldAccess, FieldDeclaration, MapDeclaration, RegisterDeclaration } from "./declaration.ts";
export type {
  EventField,
  FieldHandle,
  ReadOnlyField,
  ReadWriteField,
  RegisterHandles,
  SharedField,
  WriteOnlyField,
} from "./field-handles.ts";
export type { FieldLayout, RegisterLayout, RegisterMap } from "./layout.ts";
export { type RegisterBusType, registerBus } from "./register-bus.ts";
export { registerHeader } from "./register-header.ts";
export { registerJson } from "./register-json.ts";
export { registerMap } from "./register-map.ts";
export { RegisterMapError } from "./register-map-error.ts";
export { registerMarkdown } from "./register-markdown.ts";
