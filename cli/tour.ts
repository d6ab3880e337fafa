import { generatorNamed } from "../generators/index.ts";
import { formatNpy, type NumberFormat, readNpyMatrix } from "../golden/index.ts";
import { compile, inspect } from "../hdl/index.ts";
import { type SynthesisReport, synthesize } from "../synth/index.ts";
import { type DesignFiles, designFiles, type GemmReport, runGemm } from "../tb/index.ts";
import { type FolderFile, writeFolder } from "./atomic-folder.ts";
import type { LintCheck } from "./lint-check.ts";
import { lintDesign } from "./lint-design.ts";

/** What to go through the whole road with. */
export interface TourRequest {
  /** .npy files of A (M x K) and B (N x K). */
  readonly a: string;
  readonly b: string;
  /** Parameters of the array; the chip's where left out. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Where the files go. */
  readonly out: string;
  /** Our product and version. */
  readonly tool: string;
  readonly onStage: (label: string) => void;
  readonly onProgress: (done: number, total: number) => void;
}

/** A product without its numbers. */
export type GemmSummary = Omit<GemmReport, "product">;

/** What came of each station. */
export interface TourReport {
  readonly generated: DesignFiles;
  readonly checks: readonly LintCheck[];
  /** One per number format that the array has. */
  readonly products: readonly GemmSummary[];
  /** One lane with its column of the collector. */
  readonly lane: SynthesisReport;
  readonly lanes: number;
  /** Every file that was written, relative to `out`. */
  readonly files: readonly string[];
}

const laneModule = "MacLane";
/** The format whose product is kept. */
const keptFormat: NumberFormat = "int4-vsq";

/** Generates the array, checks it, multiplies two real matrices on it in every format, and synthesises one lane. */
export async function runTour(request: TourRequest): Promise<TourReport> {
  const { onProgress, onStage, out, parameters, tool } = request;
  const a = readNpyMatrix(request.a);
  const b = readNpyMatrix(request.b);
  const configured = generatorNamed("mac-array").configure(parameters);
  const { lanes = 0, wideBits } = configured.params;

  onStage("Generating the array");
  const generated = designFiles(configured, compile(configured.create()), { tool, vectors: 256, seed: 1 });

  const checks = await lintDesign(() => inspect(configured.create()), {
    yosys: "embedded",
    tool,
    onProgress: (check) => onStage(`Checking the array: ${check}`),
  });

  const formats: NumberFormat[] = wideBits === 0 ? ["int4", keptFormat] : ["int8", "int4", keptFormat];
  const products: GemmSummary[] = [];
  const kept: FolderFile[] = [];
  for (const format of formats) {
    onStage(`Multiplying on the simulated array: ${format}`);
    const { product, ...summary } = await runGemm({ a, b, format, parameters, engine: "inprocess", onProgress });
    products.push(summary);
    if (format === keptFormat && summary.mismatched === 0) {
      const data = Float32Array.from(product);
      kept.push({ path: "product.npy", content: formatNpy({ data, shape: [summary.shape.m, summary.shape.n] }) });
    }
  }

  onStage("Synthesising one lane");
  const lane = await synthesize(
    { top: laneModule, files: generated.verilog.filter(({ module }) => module === laneModule) },
    { yosys: "embedded", onProgress: (step) => onStage(`Synthesising one lane: ${step}`) },
  );

  const files: FolderFile[] = [
    ...generated.files.map(({ path, text }) => ({ path, content: text })),
    ...kept,
    { path: "reports/lint.json", content: json(checks) },
    { path: "reports/gemm.json", content: json(products) },
    { path: "reports/lane.json", content: json(lane) },
  ];
  writeFolder(out, files);
  return { generated, checks, products, lane, lanes: Number(lanes), files: files.map(({ path }) => path) };
}

/** Whether no check found anything and every partial sum was right. */
export function tourIsGood({ checks, products }: TourReport): boolean {
  return checks.every(({ findings }) => findings.length === 0) && products.every(({ mismatched }) => mismatched === 0);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
