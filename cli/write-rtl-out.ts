import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { standardConfigurations, standardRtl } from "../tb/index.ts";
import { writeFolder } from "./atomic-folder.ts";
import { toolName } from "./design.ts";

// Run by `npm run rtl-out`: brings the checked-in Verilog up to date.
const root = fileURLToPath(new URL("../rtl-out", import.meta.url));
const files = standardRtl(toolName());
for (const { folder } of standardConfigurations) {
  const own = files.filter(({ path }) => path.startsWith(`${folder}/`));
  writeFolder(
    join(root, folder),
    own.map(({ path, text }) => ({ path: path.slice(folder.length + 1), content: text })),
  );
}
console.log(`${files.length} files in ${root}`);
