import { readFileSync } from "node:fs";
import { findProgram } from "./find-program.mjs";
import { runCommand } from "./run-command.mjs";
import { ScriptError } from "./script-error.mjs";

/** The programs that the tests call, each with the Debian package that brings it. */
const tools = [
  { program: "verilator", debianPackage: "verilator" },
  { program: "g++", debianPackage: "g++" },
  { program: "make", debianPackage: "make" },
  { program: "iverilog", debianPackage: "iverilog" },
  { program: "vvp", debianPackage: "iverilog" },
  { program: "yosys", debianPackage: "yosys" },
  { program: "z3", debianPackage: "z3" },
];

/**
 * Makes sure of the programs that the tests call; installs them on Debian and Ubuntu where that is allowed.
 * @param {string} osRelease the file that names the system
 */
export async function ensureTools(osRelease = "/etc/os-release") {
  const packages = missingPackages();
  if (packages.length === 0) return;
  const names = packages.join(" ");
  if (!hasApt(osRelease)) throw new ScriptError(`the tests need these programs, please install them: ${names}`);
  const prefix = await rootPrefix();
  if (prefix === undefined) {
    throw new ScriptError(`the tests need more programs: sudo apt-get install --no-install-recommends ${names}`);
  }
  console.error(`lodestone: installing ${names} with apt-get ...`);
  // An update that fails for one source may still leave the packages reachable: the installation decides.
  const update = await runAptGet(prefix, ["update"], 5);
  const install = await runAptGet(prefix, ["install", "-y", "--no-install-recommends", ...packages], 20);
  if (install.timedOut) throw new ScriptError(`apt-get install ${names} did not finish within 20 minutes`);
  if (install.code !== 0) {
    throw new ScriptError(
      `apt-get install ${names} failed: ${aptErrorLine(install.output) ?? aptErrorLine(update.output)}`,
    );
  }
  const left = missingPackages();
  if (left.length > 0)
    throw new ScriptError(`apt-get ended well, yet the programs of ${left.join(" ")} are not on the path`);
}

/** @returns {string[]} Debian packages of the programs that are not on the search path */
function missingPackages() {
  const missing = tools.filter(({ program }) => findProgram(program) === undefined);
  return [...new Set(missing.map(({ debianPackage }) => debianPackage))];
}

function hasApt(osRelease) {
  if (findProgram("apt-get") === undefined) return false;
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync(osRelease, "utf8"));
  } catch {
    return false;
  }
}

/** What to put before a command to run it as root; undefined when that would need a password. */
async function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  if (findProgram("sudo") === undefined) return undefined;
  const { code } = await runCommand("sudo", ["-n", "true"], { seconds: 10 });
  return code === 0 ? ["sudo", "-n"] : undefined;
}

function runAptGet(prefix, args, minutes) {
  // `env` and not our own environment: sudo would drop it. The lock wait is for machines that update themselves at boot.
  const command = [
    ...prefix,
    "env",
    "DEBIAN_FRONTEND=noninteractive",
    "apt-get",
    "-q",
    "-o",
    "DPkg::Lock::Timeout=120",
  ];
  const [program, ...first] = command;
  return runCommand(program, [...first, ...args], { seconds: minutes * 60 });
}

function aptErrorLine(output) {
  const lines = output.split(/\r?\n/).filter((line) => line.startsWith("E: "));
  return lines.length === 0
    ? undefined
    : lines
        .slice(0, 2)
        .map((line) => line.slice(3))
        .join("; ");
}
