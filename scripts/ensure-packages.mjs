import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runCommand } from "./run-command.mjs";
import { ScriptError } from "./script-error.mjs";

const installMinutes = 10;

/**
 * Makes sure that `node_modules` holds what `package-lock.json` asks for, with `npm ci` when it does not.
 * @param {string} root the repository
 * @returns {Promise<boolean>} whether anything was installed
 */
export async function ensurePackages(root) {
  const reason = reasonToInstall(root);
  if (reason === undefined) return false;
  console.error(`lodestone: ${reason}; installing them with npm ci ...`);
  const [program, ...first] = npmCommand();
  const result = await runCommand(program, [...first, "ci", "--include=dev", "--include=optional"], {
    seconds: installMinutes * 60,
    cwd: root,
  });
  if (result.timedOut) {
    throw new ScriptError(`npm ci did not finish within ${installMinutes} minutes: check the network and try again`);
  }
  if (result.startError !== undefined) {
    throw new ScriptError(`npm could not be started (${result.startError.message}): install npm and try again`);
  }
  if (result.code !== 0) throw new ScriptError(`npm ci failed: ${npmErrorLine(result.output)}`);
  const left = reasonToInstall(root);
  if (left !== undefined) throw new ScriptError(`npm ci ended well, yet ${left}: remove node_modules and try again`);
  return true;
}

/**
 * Why packages must be installed, or undefined when all are in place. Compares contents and not times: a checkout
 * touches the lock file without changing it, and npm writes its own record only after a complete installation.
 * @param {string} root
 * @returns {string | undefined}
 */
export function reasonToInstall(root) {
  const wanted = readPackages(join(root, "package-lock.json"));
  if (wanted === undefined) throw new ScriptError(`package-lock.json in ${root} is missing or damaged: clone again`);
  const recordPath = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(recordPath)) return "packages are missing";
  const installed = readPackages(recordPath);
  if (installed === undefined) return "npm's record of the packages is damaged";
  for (const [place, { version, integrity, optional, link }] of Object.entries(wanted)) {
    if (place === "" || link === true) continue;
    const found = installed[place];
    if (found === undefined) {
      // Optional packages are those of other platforms; npm leaves them out.
      if (optional === true) continue;
      return `package ${packageName(place)} is missing`;
    }
    if (found.version !== version || (integrity !== undefined && found.integrity !== integrity)) {
      return `package ${packageName(place)} is not the one that package-lock.json names`;
    }
    if (!existsSync(join(root, place, "package.json"))) return `package ${packageName(place)} is missing`;
  }
  return undefined;
}

/**
 * npm's complaint in one line: its `npm error` lines without the prefix, the stack and the pointer to a log file.
 * @param {string} output
 * @returns {string}
 */
export function npmErrorLine(output) {
  const lines = output
    .split(/\r?\n/)
    .map((line) => /^npm (?:error|ERR!)\s*(.*)$/.exec(line)?.[1]?.trim() ?? "")
    .filter((line) => line !== "" && !/^(at |A complete log|syscall|errno|stack|path)/.test(line));
  if (lines.length > 0) return lines.slice(0, 3).join("; ").slice(0, 400);
  const last = output.trim().split(/\r?\n/).at(-1) ?? "";
  return last === "" ? "npm gave no reason" : last.slice(0, 400);
}

function readPackages(path) {
  try {
    const { packages } = JSON.parse(readFileSync(path, "utf8"));
    return typeof packages === "object" && packages !== null ? packages : undefined;
  } catch {
    return undefined;
  }
}

function packageName(place) {
  return place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
}

/** The npm that started us, else the one beside this Node, else the one on the search path. */
function npmCommand() {
  const beside = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    join(beside, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    join(beside, "node_modules", "npm", "bin", "npm-cli.js"),
  ];
  const script = candidates.find((path) => path?.endsWith("npm-cli.js") && existsSync(path));
  return script === undefined ? ["npm"] : [process.execPath, script];
}
