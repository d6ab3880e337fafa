export { type NpzFile, openNpz } from "./read-npz.ts";
