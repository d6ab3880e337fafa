import { type Command, Option } from "commander";
import type { EncodedTensor } from "../../golden/quantized-tensor.ts";
import type { Tensor } from "../../golden/tensor.ts";
import { InputError } from "../../spec/index.ts";
import { writeFileWhole } from "../atomic-folder.ts";
import { mapInterruptible } from "../interruptible.ts";
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
    const { dequantize } = await import("../../golden/dequantize.ts");
    const { openQuantized } = await import("../../golden/quantized-file/index.ts");
    const { out } = options;
    const file = openQuantized(path);
    const decode = (encoded: EncodedTensor): Tensor => inType(dequantize(encoded), options.dtype);
    const tensors: { name: string; format: string; shape: readonly number[] }[] = [];
    try {
      const names = [...file.layouts.keys()];
      await withProgress("Decoding", async (progress) => {
        const read = (name: string): Tensor => {
          progress.stage(`${progressBar(tensors.length, names.length)} ${printableName(name)}`);
          const encoded = file.read(name);
          tensors.push({ name, format: encoded.format, shape: encoded.shape });
          return decode(encoded);
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

function inType(tensor: Tensor, type: "f32" | "f64"): Tensor {
  const { data } = tensor;
  if (type === "f64") return data instanceof Float64Array ? tensor : { ...tensor, data: Float64Array.from(data) };
  return data instanceof Float32Array ? tensor : { ...tensor, data: Float32Array.from(data) };
}

async function writeSingle(out: string, names: readonly string[], read: (name: string) => Tensor): Promise<void> {
  const { formatNpy } = await import("../../golden/index.ts");
  const [name] = names;
  if (name === undefined || names.length > 1) {
    throw new InputError(`--out ${out}: a .npy file holds one tensor, this file ${names.length}; write .safetensors`);
  }
  writeFileWhole(out, formatNpy(read(name)));
}

async function writeAll(
  out: string,
  layouts: ReadonlyMap<string, { readonly shape: readonly number[] }>,
  read: (name: string) => Tensor,
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
    const write = ([name, { shape }]: [string, { readonly shape: readonly number[] }]): void => {
      const { data } = read(name);
      writer.add(name, data instanceof Float32Array ? "F32" : "F64", shape, littleEndian(data));
    };
    await mapInterruptible([...layouts], write, writer.abandon);
    writer.finish();
  } finally {
    writer.abandon();
  }
}
