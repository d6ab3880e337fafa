import { type ConfiguredDesign, type DesignManifest, designManifest } from "../generators/index.ts";
import { compile, type EmittedFile, emitVerilog } from "../hdl/index.ts";
import { benchOf } from "./design-bench.ts";
import { verilogBench } from "./verilog-bench.ts";

/** What `generate` writes for one design. */
export interface DesignFiles {
  readonly manifest: DesignManifest;
  readonly verilog: readonly EmittedFile[];
  /** Every file with its path relative to the output folder. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** What goes into the files besides the design. */
export interface DesignFilesOptions {
  /** Product and version for the manifest. */
  readonly tool: string;
  /** Cycles of stimulus in the plain Verilog test bench; 0 leaves the bench out. */
  readonly vectors: number;
  readonly seed: number;
}

/**
 * Everything an integrator gets: a Verilog file per module, the file list `DESIGN.f` (children first), `manifest.json`,
 * and in `tb/` a self-checking test bench in plain Verilog with its vectors.
 * @throws DesignError for faults of the design.
 */
export function designFiles(configured: ConfiguredDesign, options: DesignFilesOptions): DesignFiles {
  const { tool, seed, vectors } = options;
  const design = compile(configured.create());
  const verilog = emitVerilog(design);
  const manifest = designManifest(configured, design, verilog, tool);
  const bench =
    vectors > 0 ? verilogBench({ design, bench: benchOf(configured), latency: configured.latency, seed, vectors }) : [];
  return {
    manifest,
    verilog,
    files: [
      ...verilog.map(({ fileName, text }) => ({ path: fileName, text })),
      { path: `${configured.generator}.f`, text: verilog.map(({ fileName }) => `${fileName}\n`).join("") },
      { path: "manifest.json", text: `${JSON.stringify(manifest, null, 2)}\n` },
      ...bench.map(({ path, text }) => ({ path: `tb/${path}`, text })),
    ],
  };
}
