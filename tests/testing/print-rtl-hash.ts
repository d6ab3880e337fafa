import { createHash } from "node:crypto";
import { standardRtl } from "../../tb/index.ts";

// Started as a process of its own, to see that emission depends on the design alone.
const hash = createHash("sha256");
for (const { path, text } of standardRtl("test")) hash.update(`${path}\n${text}\n`);
console.log(hash.digest("hex"));
