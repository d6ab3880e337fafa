import { readFileSync, statSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import { InputError } from "../spec/index.ts";

/** What `--json` gives. */
export interface JsonOption {
  readonly json?: boolean;
}

/** What `--set` and `--config` give. */
export interface ParameterOptions {
  readonly set?: readonly string[];
  readonly config?: string;
}

/** Adds `--json`. */
export function addJsonOption(command: Command): Command {
  return command.option("--json", "machine-readable result on standard output, nothing else there");
}

/** Adds `--set` and `--config`. */
export function addParameterOptions(command: Command): Command {
  return command
    .option(
      "-s, --set <name=value>",
      "set one parameter; may be repeated, wins over --config",
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .option("-c, --config <file.json>", "read parameters from a JSON object");
}

/**
 * The parameters asked for: those of the configuration file, then those set one by one. Names and ranges are not
 * checked here but by the design's parameter set.
 * @throws InputError for a file that cannot be read or is no JSON object, and for a setting that is not `name=value`
 */
export function readParameters(options: ParameterOptions): Record<string, unknown> {
  const fromFile = options.config === undefined ? {} : readConfig(options.config);
  const settings = (options.set ?? []).map(parseSetting);
  // fromEntries defines properties; an assignment to `__proto__` would not.
  return Object.fromEntries([...Object.entries(fromFile), ...settings]);
}

/**
 * Splits `name=value`. The value is a JSON number, boolean, string, list or object; anything else is taken as the text it
 * is.
 * @throws InputError when there is no name, no `=` or no value
 */
export function parseSetting(setting: string): [name: string, value: unknown] {
  const split = setting.indexOf("=");
  const name = setting.slice(0, Math.max(0, split)).trim();
  const text = setting.slice(split + 1).trim();
  if (split < 0 || text === "") throw new InputError(`--set ${setting}: give a name and a value, as in --set lanes=8`);
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) {
    throw new InputError(`--set ${setting}: ${JSON.stringify(name)} is no parameter name; use letters, digits and _`);
  }
  return [name, parseValue(text)];
}

function parseValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null) return value;
  } catch {
    // No JSON: plain text.
  }
  return text;
}

const maxConfigBytes = 1024 * 1024;

function readConfig(path: string): Record<string, unknown> {
  const text = readConfigText(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replaceAll(/\s+/g, " ") : String(error);
    throw new InputError(`--config ${path}: not valid JSON (${reason})`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InputError(`--config ${path}: give one JSON object of parameters, as in {"lanes": 8}`);
  }
  return value as Record<string, unknown>;
}

function readConfigText(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > maxConfigBytes) throw new InputError(`--config ${path}: ${size} bytes are no list of parameters`);
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`--config ${path}: cannot be read (${systemReason(error)})`);
  }
}

/** The reason of a failed system call in plain words. */
export function systemReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? "";
  const known: Readonly<Record<string, string>> = {
    ENOENT: "no such file or folder",
    EACCES: "permission denied",
    EPERM: "not permitted",
    EROFS: "the file system is read-only",
    ENOTDIR: "a part of the path is not a folder",
    EISDIR: "it is a folder",
    EEXIST: "a file of that name is in the way",
    ENOTEMPTY: "a folder of that name is in the way",
    ENOSPC: "no space is left on the disk",
    ENAMETOOLONG: "the name is too long",
    ELOOP: "too many symbolic links",
  };
  return known[code] ?? (error instanceof Error ? error.message : String(error));
}

/**
 * A parser for an option that takes a whole number.
 * @returns a function that throws commander's InvalidArgumentError with the range
 */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
    throw new InvalidArgumentError(`Give a whole number ${range}.`);
  };
}

/** Adds `--engine`. */
export function addEngineOption(command: Command): Command {
  const engine = new Option("-e, --engine <engine>", "the simulator: ours in this process, or an installed one");
  return command.addOption(engine.choices(["inprocess", "verilator", "icarus"]).default("inprocess"));
}

/** Adds `--yosys`. */
export function addYosysOption(command: Command): Command {
  const yosys = new Option("--yosys <which>", "the Yosys from npm, or the one installed");
  return command.addOption(yosys.choices(["embedded", "system"]).default("embedded"));
}

/** Adds `--seed`. */
export function addSeedOption(command: Command): Command {
  const parse = wholeNumber(0, 2 ** 32 - 1);
  return command.option("--seed <n>", "seed of the random stimulus; the same seed, the same vectors", parse, 1);
}

/** Examples under the help text: a command line, and what it does. */
export function addExamples(command: Command, examples: readonly (readonly [line: string, does: string])[]): Command {
  const lines = examples.map(([line, does]) => `  $ ${line}\n      ${does}`);
  return command.addHelpText("after", `\nExamples:\n${lines.join("\n")}`);
}
