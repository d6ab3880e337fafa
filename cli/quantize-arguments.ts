import { type Command, Option } from "commander";
import { applicableOptions, type QuantizeOptions, resolveOptions } from "../golden/quantize-options.ts";
import { type FormatName, formatDeclaration, formatNames, InputError, nearestNames, policies } from "../spec/index.ts";
import { wholeNumber } from "./options.ts";

/** What the options that `addQuantizeOptions` adds give. */
export interface QuantizeArguments {
  readonly tensor?: readonly string[];
  readonly axis?: number;
  readonly vector?: number;
  readonly scaleBits?: number;
  readonly coarse?: string;
  readonly scaleRule?: string;
  readonly unsigned?: boolean;
  readonly nonfinite?: string;
  readonly policy?: readonly string[];
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Adds the options that say how tensors are chosen and quantised, beside format and clipping rule. */
export function addQuantizeOptions(command: Command): Command {
  const choices = (name: string): string[] =>
    policies.find((policy) => policy.name === name)?.choices.map(String) ?? [];
  return command
    .option("-t, --tensor <glob>", "only tensors whose name matches, * and ? allowed; may be repeated", collect)
    .option("--axis <n>", "the axis along which vectors lie; negative counts from the last (-1)", wholeNumber(-64, 63))
    .option("--vector <n>", "elements that share a scale, VS-Quant formats, 8 to 256 (64)", wholeNumber(8, 256))
    .option("--scale-bits <n>", "bits of an integer scale, VS-Quant formats, 3 to 10 (8)", wholeNumber(3, 10))
    .addOption(new Option("--coarse <reach>", "one float scale per tensor (default) or row").choices(choices("coarse")))
    .addOption(new Option("--scale-rule <rule>", "exponent of MX scales (floor)").choices(choices("scaleRule")))
    .option("--unsigned", "integer codes without a sign, for tensors without negative numbers")
    .addOption(new Option("--nonfinite <policy>", "NaN and infinities (refuse)").choices(choices("nonfinite")))
    .option("-p, --policy <name=value>", "any other policy, see docs/numerics.md; may be repeated", collect);
}

/** What was asked for, without format and clipping rule. @throws InputError for a policy that there is not */
export function readQuantizeOptions(given: QuantizeArguments): Omit<QuantizeOptions, "format"> {
  const { axis, coarse, nonfinite, scaleBits, scaleRule, unsigned, vector } = given;
  const named = { axis, coarse, nonfinite, scaleBits, scaleRule, unsigned, vector };
  const options = [
    ...Object.entries(named).filter(([, value]) => value !== undefined),
    ...(given.policy ?? []).map(parsePolicy),
  ];
  // Values of policies come from their table, the others were checked by commander.
  return Object.fromEntries(options) as Omit<QuantizeOptions, "format">;
}

/** A vector size that was asked for must divide the axis, unless the policy was named too; formats' own sizes fill up. */
export function withStrictVector<T extends Pick<QuantizeOptions, "tail" | "vector">>(options: T): T {
  return options.vector === undefined || options.tail !== undefined ? options : { ...options, tail: "refuse" };
}

/** Reads a list of formats. @throws InputError for an unknown one, an empty list, or one twice */
export function parseFormats(text: string): FormatName[] {
  const names = text.split(",").map((name) => formatDeclaration(name.trim()).name);
  const twin = names.find((name, i) => names.indexOf(name) !== i);
  if (twin !== undefined) throw new InputError(`--formats names ${twin} twice`);
  return names;
}

/** The help text of a format argument. */
export const formatList = formatNames.join(", ");

/**
 * Of options for several formats those that have an effect on one.
 * @throws InputError when what is left is out of range for it
 */
export function optionsFor(format: FormatName, options: Omit<QuantizeOptions, "format">): QuantizeOptions {
  const applicable = applicableOptions(format, options);
  resolveOptions(applicable);
  return applicable;
}

function parsePolicy(text: string): [name: string, value: string | number | boolean] {
  const split = text.indexOf("=");
  const name = text.slice(0, Math.max(0, split)).trim();
  const value = text.slice(split + 1).trim();
  if (split < 0) throw new InputError(`--policy ${text}: give a name and a value, as in --policy rounding=half-away`);
  const policy = policies.find((known) => known.name === name);
  if (!policy) {
    const names = policies.map((known) => known.name);
    throw new InputError(
      `--policy ${text}: there is no such policy; nearest: ${nearestNames(name, names).slice(0, 3).join(", ")}`,
    );
  }
  const choice = policy.choices.find((known) => String(known) === value);
  if (choice === undefined) throw new InputError(`--policy ${text}: ${name} is one of ${policy.choices.join(", ")}`);
  return [name, choice];
}
