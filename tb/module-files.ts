import type { Design } from "../hdl/index.ts";
import { type DesignFiles, type DesignFilesOptions, filesOf } from "./design-files.ts";
import { pipelineLatency } from "./pipeline-latency.ts";
import { recordBench, recordingObstacle } from "./recorded-bench.ts";
import { verilogBench } from "./verilog-bench.ts";

/** What is generated of a module that has no golden model. */
export interface ModuleFiles extends DesignFiles {
  /** Why there is no test bench, although one was asked for. */
  readonly benchless: string | undefined;
}

/**
 * What `designFiles` gives, for any module. The bench holds the Verilog to what the engine in this process answers to
 * random inputs: it shows that the Verilog is the design, not that the design is right.
 * @throws ToolError for what the engine in this process cannot run
 */
export async function moduleFiles(
  subject: { readonly name: string; readonly parameters: Readonly<Record<string, unknown>> },
  design: Design,
  options: DesignFilesOptions,
): Promise<ModuleFiles> {
  const { seed, tool, vectors } = options;
  const benchless = vectors > 0 ? recordingObstacle(design) : undefined;
  const files =
    vectors > 0 && benchless === undefined
      ? verilogBench({
          design,
          bench: await recordBench(design, seed, vectors),
          latency: 0,
          seed,
          vectors,
          tolerateUnknown: true,
        })
      : [];
  return { ...filesOf({ ...subject, latency: pipelineLatency(design) }, design, files, tool), benchless };
}
