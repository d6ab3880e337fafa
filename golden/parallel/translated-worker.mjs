// A thread begins without the translator that its parent was started with: this loads it, then the worker's TypeScript.
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

// Our own settings: without this, the tsconfig.json of the folder the user stands in would decide.
register({ tsconfig: fileURLToPath(new URL("../../tsconfig.json", import.meta.url)) });
await import("./quantize-worker.ts");
