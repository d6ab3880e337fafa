import { type Command, Option } from "commander";
import { InputError } from "../../spec/index.ts";
import { writeFileInParts } from "../atomic-folder.ts";
import { interruptible, mapInTurn } from "../interruptible.ts";
import { addExamples, addJsonOption, type JsonOption } from "../options.ts";
import { printJson, printText } from "../output.ts";
import { withProgress } from "../progress.ts";
import { progressBar } from "../progress-bar.ts";
import { printableName } from "../quantize-report.ts";
import { exitGood } from "../report-error.ts";
import type { Finish } from "../subcommand.ts";
import { formatNumber } from "../table.ts";

interface Options extends JsonOption {
  readonly out: string;
  readonly dtype: "f32" | "f64";
}

/** `lodestone dequantize`: codes and scales back into floats. */
export function define(command: Command, finish: Finish): void {
  command.argument("<file.safetensors>", "what lodestone quantize wrote");
  command.requiredOption("-o, --out <file>", "write the tensors, .safetensors, or .npy for a single one");
  command.addOption(
    new Option("--dtype <type>", "float32, each value rounded once, or float64").choices(["f32", "f64"]).default("f32"),
  );
  addJsonOption(command);
  addExamples(command, [
    ["lodestone dequantize model-int4.safetensors --out model-again.safetensors", "a model"],
    ["lodestone dequantize weights-nvfp4.safetensors --out weights-again.npy", "a single tensor"],
  ]);
  command.action(async (path: string, options: Options) => {
    const { dequantizeParts } = await import("../../golden/dequantize.ts");
    const { openQuantized } = await import("../../golden/quantized-file/index.ts");
    const { out } = options;
    const file = openQuantized(path);
    const tensors: { name: string; format: string; shape: readonly number[] }[] = [];
    try {
      const names = [...file.layouts.keys()];
      await withProgress("Decoding", async (progress) => {
        const read = (name: string): DecodedTensor => {
          progress.stage(`${progressBar(tensors.length, names.length)} ${printableName(name)}`);
          const encoded = file.read(name);
          tensors.push({ name, format: encoded.format, shape: encoded.shape });
          return { shape: encoded.shape, dtype: options.dtype, parts: dequantizeParts(encoded, options.dtype) };
        };
        if (out.toLowerCase().endsWith(".npy")) await writeSingle(out, names, read);
        else await writeAll(out, file.layouts, read);
      });
    } finally {
      file.close();
    }
    if (options.json) printJson({ ok: true, out, tensors });
    else printText(`${formatNumber(tensors.length)} ${tensors.length === 1 ? "tensor" : "tensors"} written to ${out}`);
    finish(exitGood);
  });
}

/** A tensor that is decoded while it is written: as floats it is never in memory as a whole. */
interface DecodedTensor {
  readonly shape: readonly number[];
  readonly dtype: Options["dtype"];
  readonly parts: Iterable<Float32Array | Float64Array>;
}

async function writeSingle(
  out: string,
  names: readonly string[],
  read: (name: string) => DecodedTensor,
): Promise<void> {
  const { npyHeader } = await import("../../golden/npy/write-npy.ts");
  const { littleEndian } = await import("../../golden/quantized-file/little-endian.ts");
  const [name] = names;
  if (name === undefined || names.length > 1) {
    throw new InputError(`--out ${out}: a .npy file holds one tensor, this file ${names.length}; write .safetensors`);
  }
  const { dtype, parts, shape } = read(name);
  const bytes = function* (): Generator<Uint8Array> {
    yield npyHeader(dtype === "f32" ? "<f4" : "<f8", shape);
    for (const part of parts) yield littleEndian(part);
  };
  writeFileInParts(out, bytes());
}

async function writeAll(
  out: string,
  layouts: ReadonlyMap<string, { readonly shape: readonly number[] }>,
  read: (name: string) => DecodedTensor,
): Promise<void> {
  if (!out.toLowerCase().endsWith(".safetensors")) {
    throw new InputError(`--out ${out}: .safetensors and .npy files are written; end the name so`);
  }
  const { createSafetensors } = await import("../../golden/safetensors/index.ts");
  const { littleEndian } = await import("../../golden/quantized-file/little-endian.ts");
  const room = [...layouts].reduce(
    (sum, [name, { shape }]) => sum + Buffer.byteLength(JSON.stringify(name)) + 18 * shape.length + 100,
    100,
  );
  const writer = createSafetensors(out, room);
  try {
    const write = ([name]: [string, { readonly shape: readonly number[] }]): void => {
      const { dtype, parts, shape } = read(name);
      const bytes = function* (): Generator<Uint8Array> {
        for (const part of parts) yield littleEndian(part);
      };
      writer.addParts(name, dtype === "f32" ? "F32" : "F64", shape, bytes());
    };
    await interruptible(writer.abandon, () => mapInTurn([...layouts], write));
    writer.finish();
  } finally {
    writer.abandon();
  }
}
