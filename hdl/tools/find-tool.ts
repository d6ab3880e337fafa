import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { basename, delimiter, join, resolve } from "node:path";
import { runTool, seconds, ToolError, ToolTimeoutError } from "./run-tool.ts";

/** The programs that can be looked for, by the names under which they lie on the path. */
export type ToolName = "verilator" | "iverilog" | "vvp" | "yosys" | "g++" | "make" | "ccache" | "z3" | "cvc5";

/** A program found on the path and asked for its version. */
export interface Tool {
  /** Absolute path of the program. */
  readonly path: string;
  /** For instance `5.006`. */
  readonly version: string;
  /** Name and version for reports, for instance `Verilator 5.006`. */
  readonly product: string;
}

/** Where a tool is looked for, and how long it may take to tell its version. */
export interface FindToolOptions {
  /** The folders to search in, in the form of the PATH variable, which is the default. */
  readonly searchPath?: string | undefined;
  /** Time limit for the question after the version; 20 s unless told. */
  readonly timeoutMs?: number | undefined;
}

interface ToolFacts {
  readonly title: string;
  readonly versionArgument: string;
  readonly pattern: RegExp;
  readonly minimum: string;
  /** The package on Debian and Ubuntu. */
  readonly aptPackage: string;
}

const facts: Readonly<Record<ToolName, ToolFacts>> = {
  verilator: {
    title: "Verilator",
    versionArgument: "--version",
    pattern: /^Verilator (\d+\.\d+)/m,
    minimum: "5.000",
    aptPackage: "verilator",
  },
  iverilog: {
    title: "Icarus Verilog",
    versionArgument: "-V",
    pattern: /^Icarus Verilog version (\d+\.\d+)/m,
    minimum: "10.0",
    aptPackage: "iverilog",
  },
  vvp: {
    title: "Icarus Verilog runtime",
    versionArgument: "-V",
    pattern: /^Icarus Verilog runtime version (\d+\.\d+)/m,
    minimum: "10.0",
    aptPackage: "iverilog",
  },
  yosys: {
    title: "Yosys",
    versionArgument: "-V",
    pattern: /^Yosys (\d+\.\d+)/m,
    minimum: "0.20",
    aptPackage: "yosys",
  },
  "g++": {
    title: "g++",
    versionArgument: "--version",
    pattern: /(?:\) |version )(\d+\.\d+(?:\.\d+)?)/,
    minimum: "7.0",
    aptPackage: "g++",
  },
  make: {
    title: "GNU Make",
    versionArgument: "--version",
    pattern: /^GNU Make (\d+\.\d+)/m,
    minimum: "3.80",
    aptPackage: "make",
  },
  z3: {
    title: "Z3",
    versionArgument: "--version",
    pattern: /^Z3 version (\d+\.\d+\.\d+)/m,
    minimum: "4.8",
    aptPackage: "z3",
  },
  cvc5: {
    title: "cvc5",
    versionArgument: "--version",
    pattern: /cvc5 version (\d+\.\d+\.\d+)/m,
    minimum: "1.0",
    aptPackage: "cvc5",
  },
  ccache: {
    title: "ccache",
    versionArgument: "--version",
    pattern: /^ccache version (\d+\.\d+(?:\.\d+)?)/m,
    minimum: "3.0",
    aptPackage: "ccache",
  },
};

/**
 * Finds a program on the path, as a shell would but without one, and asks its version. This package's own `verilator`
 * command (a wrapper that ends here) is passed over.
 *
 * @throws ToolError when it is missing, older than the minimum, answers nothing sensible or does not answer in time;
 *   the message says how to install it.
 */
export async function findTool(name: ToolName, options: FindToolOptions = {}): Promise<Tool> {
  const { title, versionArgument, pattern, minimum, aptPackage } = facts[name];
  const install = `install it, on Debian or Ubuntu: apt-get install ${aptPackage}`;
  const path = searchPath(name, options.searchPath ?? process.env.PATH ?? "");
  if (path === undefined) throw new ToolError(`${name} is not on the PATH; ${install}`);

  const timeoutMs = options.timeoutMs ?? 20_000;
  const question = `${path} ${versionArgument}`;
  let output: string;
  try {
    const result = await runTool(path, [versionArgument], { timeoutMs, maxOutputBytes: 1024 * 1024 });
    output = result.stdout + result.stderr;
  } catch (error) {
    if (error instanceof ToolTimeoutError) {
      throw new ToolTimeoutError(`${question} gave no answer within ${seconds(timeoutMs)}; repair it or ${install}`);
    }
    if (error instanceof ToolError) throw new ToolError(`${error.message}; ${install}`);
    throw error;
  }
  const version = pattern.exec(output)?.[1];
  if (version === undefined) throw new ToolError(`${question} did not print a version of ${title}; ${install}`);
  if (compareVersions(version, minimum) < 0) {
    throw new ToolError(`${path} is ${title} ${version}, but ${minimum} or newer is needed; ${install}`);
  }
  return { path, version, product: `${title} ${version}` };
}

/** Whether `findTool` would succeed. */
export async function hasTool(name: ToolName, options?: FindToolOptions): Promise<boolean> {
  try {
    await findTool(name, options);
    return true;
  } catch (error) {
    if (error instanceof ToolError) return false;
    throw error;
  }
}

/** Below 0, 0 or above 0 as version `a` is older than, equal to or newer than `b`; parts compare as numbers. */
export function compareVersions(a: string, b: string): number {
  const left = a.split(".").map(Number);
  const right = b.split(".").map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function searchPath(name: string, folders: string): string | undefined {
  for (const folder of folders.split(delimiter)) {
    const candidate = resolve(join(folder === "" ? "." : folder, name));
    if (isProgram(candidate) && !isOwnWrapper(candidate)) return candidate;
  }
  return undefined;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** npm puts links to the scripts named in a package's `bin` on the path; behind ours stands a `.mjs` file. */
function isOwnWrapper(path: string): boolean {
  return basename(realpathSync(path)) === "verilator.mjs";
}
