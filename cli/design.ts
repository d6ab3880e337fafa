import type { ConfiguredDesign } from "../generators/index.ts";
import { palette } from "./colour.ts";
import { type ParameterOptions, readParameters } from "./options.ts";
import { lodestoneVersion } from "./version.ts";

/**
 * The design named on the command line with its parameters decided; nothing is built yet.
 * @throws InputError for an unknown design, an unknown parameter, a value out of range, an impossible combination
 */
export async function configureDesign(name: string, options: ParameterOptions): Promise<ConfiguredDesign> {
  const { generatorNamed } = await import("../generators/index.ts");
  return generatorNamed(name).configure(readParameters(options));
}

/** Product and version, for manifests. */
export function toolName(): string {
  return `Lodestone ${lodestoneVersion()}`;
}

/** The head of a report: the name, and the parameters where there are some. */
export function headLine(name: string, parameters: Readonly<Record<string, unknown>>): string {
  const { bold, dim } = palette();
  return `${bold(name)}  ${dim(describeParameters(parameters))}`.trimEnd();
}

/** The parameters in one line: `lanes 16, vectorSize 64`. */
export function describeParameters(parameters: Readonly<Record<string, unknown>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(", ");
}
