export { type ConformanceFile, conformanceFiles } from "./conformance-files.ts";
