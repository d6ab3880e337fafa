import type { Command } from "commander";
import type { ConfiguredDesign } from "../generators/index.ts";
import type { ParameterValue } from "../spec/index.ts";
import { addParameterOptions, type ParameterOptions, readParameters } from "./options.ts";
import { lodestoneVersion } from "./version.ts";

/** Adds the argument `<design>` and the options that set its parameters. */
export function addDesignArgument(command: Command): Command {
  return addParameterOptions(command.argument("<design>", "a design's name; see lodestone list"));
}

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

/** The parameters in one line, for the head of a report: `lanes 16, vectorSize 64`. */
export function describeParameters(parameters: Readonly<Record<string, ParameterValue>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}
