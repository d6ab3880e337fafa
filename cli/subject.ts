import type { Command } from "commander";
import type { ConfiguredDesign } from "../generators/index.ts";
import type { Design, DiagnosticJson, Elaborated } from "../hdl/index.ts";
import { InputError } from "../spec/index.ts";
import { configureDesign } from "./design.ts";
import { type LoadedModule, loadModule } from "./load-module.ts";
import { addParameterOptions, type ParameterOptions, readParameters } from "./options.ts";
import { printNote } from "./output.ts";

/** What says which design is meant. */
export interface SubjectOptions extends ParameterOptions {
  readonly file?: string;
  readonly class?: string;
}

interface SubjectBase {
  /** The design's name, or that of the class. */
  readonly name: string;
  /** As given, with the defaults of a built-in design filled in. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Builds and checks it; faults of the design are returned. @throws InputError when a user's code fails otherwise */
  inspect(): Elaborated;
}

/** What a command works on: a built-in design, or a module in a user's file. */
export type Subject =
  | (SubjectBase & { readonly kind: "built-in"; readonly configured: ConfiguredDesign })
  | (SubjectBase & { readonly kind: "file"; readonly loaded: LoadedModule });

/** Adds the argument `[design]`, the options that name a module in a file instead, and those that set parameters. */
export function addSubjectArgument(command: Command): Command {
  command
    .argument("[design]", "a design's name; see lodestone list")
    .option("-f, --file <module.ts>", "a module class of your own, which this file exports")
    .option("--class <name>", "which of the classes of the file");
  return addParameterOptions(command);
}

/**
 * The design that the command line names, its parameters decided; a built-in one is not built yet.
 * @param command for messages: `lint`
 * @throws InputError for wrong use: no design or two, an unknown one, a file that cannot be loaded, wrong parameters
 */
export async function readSubject(
  command: string,
  name: string | undefined,
  options: SubjectOptions,
): Promise<Subject> {
  if ((name === undefined) === (options.file === undefined)) {
    throw new InputError(`${command} takes the name of a design, or --file with a module of your own`);
  }
  if (options.file !== undefined) {
    const parameters = readParameters(options);
    const loaded = await loadModule(options.file, options.class, parameters);
    return { kind: "file", name: loaded.name, parameters, loaded, inspect: () => loaded.inspect() };
  }
  if (options.class !== undefined) throw new InputError("--class chooses among the classes of --file");
  const configured = await configureDesign(name!, options);
  const { inspect } = await import("../hdl/index.ts");
  return {
    kind: "built-in",
    name: configured.generator,
    parameters: configured.params,
    configured,
    inspect: () => inspect(configured.create()),
  };
}

/** A design that is built, and what was told of it. */
export interface BuiltSubject {
  readonly design: Design;
  readonly warnings: readonly DiagnosticJson[];
  /** Shows the warnings on standard error. */
  printWarnings(): void;
}

/**
 * Builds, checks and optimises.
 * @throws DesignError with every complaint; InputError as `Subject.inspect`
 */
export async function buildSubject(subject: Subject): Promise<BuiltSubject> {
  const { diagnosticJson, formatDiagnostic } = await import("../hdl/index.ts");
  const { optimize } = await import("../hdl/transform/index.ts");
  const { design, diagnostics } = await checkSubject(subject);
  return {
    design: optimize(design),
    warnings: diagnostics.map(diagnosticJson),
    printWarnings() {
      for (const diagnostic of diagnostics) printNote(`${formatDiagnostic(diagnostic)}\n`);
    },
  };
}

/**
 * Builds and checks.
 * @throws DesignError with every complaint; InputError as `Subject.inspect`
 */
export async function checkSubject(subject: Subject): Promise<Elaborated & { readonly design: Design }> {
  const { DesignError } = await import("../hdl/index.ts");
  const found = subject.inspect();
  if (found.design === undefined) throw new DesignError(found.diagnostics);
  return { ...found, design: found.design };
}
