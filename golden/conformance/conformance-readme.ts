import type { FormatName } from "../../spec/index.ts";
import type { ConformanceCase } from "./conformance-cases.ts";
import type { ConformanceInput } from "./conformance-inputs.ts";

/** The README of the conformance set. */
export function conformanceReadme(
  inputs: readonly ConformanceInput[],
  cases: ReadonlyMap<FormatName, readonly ConformanceCase[]>,
): string {
  const count = [...cases.values()].reduce((sum, { length }) => sum + length, 0);
  const inputRows = inputs.map(({ name, purpose, shape }) => `| ${name} | ${shape.join(" x ")} | ${purpose} |`);
  return `# Conformance set for quantised tensor formats

Small inputs and the exact bits that quantising them must give: ${cases.size} formats, ${count} ways to quantise, and for
each way ${inputs.length} inputs. Plain text, no tool needed. The same bytes come out of every run that writes it.

## Files

| file | holds |
| --- | --- |
| manifest.json | every file, input and case by name; the policies with their choices and defaults |
| inputs/NAME.csv | index, float32 bits (8 hexadecimal digits), value; row-major, the last axis runs fastest |
| conversions/FLOAT-decode.csv | every code of a small float, its value, the value's float64 bits |
| conversions/FLOAT-encode.csv | float32 numbers and their codes, one column per rounding rule; beyond the largest: saturated |
| formats/FORMAT.json | the cases of a format: id, all options, and a result per input |

The encode tables hold every value of the format, every middle between two neighbours that is a float32, and the float32
numbers next to each: all ties and all their neighbours.

## A result

- \`codes\`: one number per element of the input, in its order: the bits of the code, from 0 to 2^bits - 1. Signed integers
  are two's complement; small floats have the sign on top, then exponent, then mantissa.
- \`scales\`: one per vector. The scales' shape is the input's with ceil(length / vector) along the axis. VS-Quant: the
  unsigned integer. MX: the E8M0 code. NVFP4: the E4M3 code.
- \`gamma\`: the float scales' bits, 16 hexadecimal digits of a float64, for NVFP4 8 digits of a float32. One for the tensor,
  or one per line along the axis (\`coarse\` = \`row\`).
- \`decoded\` (case \`default\` only): the bits of every decoded value, code x scale x gamma; float64, NVFP4 float32. NaN is
  written as 7ff8000000000000 or 7fc00000 whatever its payload.
- \`refused\`: the input must be refused with an error, for instance NaN where \`nonfinite\` is \`refuse\`.

\`options\` are complete: no default has to be known. What each policy decides, the formulas and the order of operations are
in the project's docs/numerics.md.

## Inputs

| name | shape | for |
| --- | --- | --- |
${inputRows.join("\n")}

## Checking an implementation

    for each format F in formats/:
      for each case C of F:
        for each result R of C:
          x = inputs/{R.input}.csv, reshaped as manifest.json says
          if R.refused: quantising x with C.options must fail
          else: codes, scales and gamma must equal R's, bit for bit
`;
}
