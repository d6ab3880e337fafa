import { ScriptError } from "./script-error.mjs";

const minimum = [20, 11];

/**
 * Refuses a Node that is too old to run Lodestone.
 * @param {string} version for instance `20.11.1`
 */
export function ensureNode(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major > minimum[0] || (major === minimum[0] && minor >= minimum[1])) return;
  throw new ScriptError(`Node ${version} is too old: install Node ${minimum.join(".")} or newer`);
}
