import {
  type ConfiguredDesign,
  type DesignManifest,
  designManifest,
  type ManifestSubject,
} from "../generators/index.ts";
import { type Design, type EmittedFile, emitVerilog } from "../hdl/index.ts";
import { mermaidText } from "../hdl/ir/index.ts";
import { benchOf } from "./design-bench.ts";
import { type BenchFile, verilogBench } from "./verilog-bench.ts";

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
 * @param design what `configured` gives when it is compiled
 */
export function designFiles(configured: ConfiguredDesign, design: Design, options: DesignFilesOptions): DesignFiles {
  const { seed, vectors } = options;
  const { generator: name, latency, params: parameters } = configured;
  const bench = vectors > 0 ? verilogBench({ design, bench: benchOf(configured), latency, seed, vectors }) : [];
  return filesOf({ name, parameters, latency }, design, bench, options.tool);
}

/** The files of a built design, with those of a bench, and a diagram of the state machines of each module that has some. */
export function filesOf(
  subject: ManifestSubject,
  design: Design,
  bench: readonly BenchFile[],
  tool: string,
): DesignFiles {
  const verilog = emitVerilog(design);
  const manifest = designManifest(subject, design, verilog, tool);
  const diagrams = design.modules.filter(({ stateMachines = [] }) => stateMachines.length > 0);
  return {
    manifest,
    verilog,
    files: [
      ...verilog.map(({ fileName, text }) => ({ path: fileName, text })),
      { path: `${subject.name}.f`, text: verilog.map(({ fileName }) => `${fileName}\n`).join("") },
      { path: "manifest.json", text: `${JSON.stringify(manifest, null, 2)}\n` },
      ...diagrams.map(({ name, stateMachines }) => ({ path: `${name}.mmd`, text: mermaidText(stateMachines!) })),
      ...bench.map(({ path, text }) => ({ path: `tb/${path}`, text })),
    ],
  };
}
