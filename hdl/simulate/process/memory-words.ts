import type { Design, ModuleNetlist } from "../../ir/index.ts";
import { mostElements } from "../vcd.ts";
import { dutName } from "./bench-names.ts";
import type { EmittedFile } from "./emitted-file.ts";

/**
 * The words of the memories that a wave shows, as the bench refers to them: `dut.inner.words[3]`. Memories that the Verilog
 * does not declare, since nothing ever writes them, have none.
 */
export function memoryWords(design: Design, files: readonly EmittedFile[]): string[] {
  const texts = new Map(files.map(({ module, text }) => [module, text]));
  const visit = (module: ModuleNetlist, path: string): string[] => {
    if (module.external !== undefined) return [];
    const own = module.memories.flatMap(({ name, depth }) => {
      const shown = depth <= mostElements && texts.get(module.name)?.includes(` ${name} [0:${depth - 1}];`);
      return shown ? Array.from({ length: depth }, (_, word) => `${path}.${name}[${word}]`) : [];
    });
    return [...own, ...module.instances.flatMap(({ name, module: child }) => visit(child, `${path}.${name}`))];
  };
  return visit(design.top, dutName);
}
