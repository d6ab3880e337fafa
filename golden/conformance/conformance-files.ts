import { type FormatName, formatDeclaration, InputError, policies } from "../../spec/index.ts";
import { dequantize } from "../dequantize.ts";
import { quantize } from "../quantize.ts";
import { resolveOptions } from "../quantize-options.ts";
import type { QuantizedTensor } from "../quantized-tensor.ts";
import { allConformanceCases, type ConformanceCase } from "./conformance-cases.ts";
import { type ConformanceInput, conformanceInputs } from "./conformance-inputs.ts";
import { conformanceReadme } from "./conformance-readme.ts";
import { conversionFormats, decodeTable, encodeTable } from "./conversion-tables.ts";
import { float32Bits, float64Bits } from "./float-bits.ts";

/** A file of the conformance set: a path with `/` between its parts, and its text. */
export interface ConformanceFile {
  readonly path: string;
  readonly content: string;
}

/** What one way of quantising makes of one input. */
interface ConformanceResult {
  readonly input: string;
  /** Bits of each code, as a number from 0 on; two's complement for signed integers. */
  readonly codes?: readonly number[];
  readonly scales?: readonly number[];
  /** Bits of each float scale, hexadecimal: 8 digits float32, 16 digits float64. */
  readonly gamma?: readonly string[];
  /** Bits of each decoded value, like `gamma`; of the default case only. */
  readonly decoded?: readonly string[];
  /** The input is to be refused. */
  readonly refused?: true;
}

/** The conformance set: the same bytes every time. */
export function conformanceFiles(): ConformanceFile[] {
  const inputs = conformanceInputs();
  const cases = allConformanceCases();
  const files: ConformanceFile[] = [{ path: "README.md", content: conformanceReadme(inputs, cases) }];
  for (const input of inputs) files.push({ path: `inputs/${input.name}.csv`, content: inputTable(input) });
  for (const name of conversionFormats) {
    files.push({ path: `conversions/${name}-decode.csv`, content: decodeTable(name) });
    files.push({ path: `conversions/${name}-encode.csv`, content: encodeTable(name) });
  }
  for (const [format, ofFormat] of cases) {
    files.push({ path: `formats/${format}.json`, content: formatFile(format, ofFormat, inputs) });
  }
  files.push({ path: "manifest.json", content: manifest(inputs, cases) });
  return files;
}

function inputTable({ data }: ConformanceInput): string {
  const rows = Array.from(data, (value, i) => `${i},${float32Bits(value)},${Object.is(value, -0) ? "-0" : value}`);
  return `${["index,float32_bits,value", ...rows].join("\n")}\n`;
}

function formatFile(
  format: FormatName,
  cases: readonly ConformanceCase[],
  inputs: readonly ConformanceInput[],
): string {
  const written = cases.map(({ id, options }) => {
    const results = inputs.map((input) => resultOf(input, options, id === "default"));
    // One result per line: a difference between two sets is then one line of one case.
    const lines = results.map((result) => `        ${JSON.stringify(result)}`);
    return `    {
      "id": ${JSON.stringify(id)},
      "options": ${JSON.stringify(resolveOptions(options))},
      "results": [\n${lines.join(",\n")}\n      ]
    }`;
  });
  const declaration = JSON.stringify(formatDeclaration(format));
  return `{\n  "format": ${JSON.stringify(format)},\n  "declaration": ${declaration},\n  "cases": [\n${written.join(",\n")}\n  ]\n}\n`;
}

function resultOf(
  input: ConformanceInput,
  options: ConformanceCase["options"],
  withDecoded: boolean,
): ConformanceResult {
  try {
    const quantized = quantize(input, options);
    const decoded = withDecoded ? { decoded: Array.from(dequantize(quantized).data, bitsLike(quantized)) } : {};
    return { input: input.name, ...expectedBits(quantized), ...decoded };
  } catch (error) {
    if (error instanceof InputError) return { input: input.name, refused: true };
    throw error;
  }
}

function expectedBits(quantized: QuantizedTensor): Omit<ConformanceResult, "input"> {
  const { codes, format, gamma, scales } = quantized;
  const mask = 2 ** formatDeclaration(format).element.bits - 1;
  return {
    codes: Array.from(codes, (code) => code & mask),
    ...(scales ? { scales: Array.from(scales) } : {}),
    ...(gamma ? { gamma: Array.from(gamma, bitsLike(quantized)) } : {}),
  };
}

/** NVFP4 computes in float32, the others in float64. */
function bitsLike({ format }: QuantizedTensor): (value: number) => string {
  return formatDeclaration(format).coarse === "float32" ? float32Bits : float64Bits;
}

function manifest(
  inputs: readonly ConformanceInput[],
  cases: ReadonlyMap<FormatName, readonly ConformanceCase[]>,
): string {
  const listed = {
    version: 1,
    inputs: inputs.map(({ name, purpose, shape }) => ({ name, shape, purpose, file: `inputs/${name}.csv` })),
    conversions: conversionFormats.flatMap((name) =>
      ["decode", "encode"].map((what) => `conversions/${name}-${what}.csv`),
    ),
    formats: [...cases].map(([format, ofFormat]) => ({
      format,
      file: `formats/${format}.json`,
      cases: ofFormat.map(({ id }) => id),
    })),
    policies: policies.map(({ choices, name, ...rest }) => ({ name, choices, default: rest.default })),
  };
  return `${JSON.stringify(listed, null, 2)}\n`;
}
