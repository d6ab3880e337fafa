export * from "./formats/index.ts";
export * from "./input-error.ts";
export * from "./mac-mode.ts";
export * from "./mac-parameters.ts";
export * from "./mac-widths.ts";
export * from "./nearest-names.ts";
export * from "./number-format.ts";
export * from "./parameters.ts";
