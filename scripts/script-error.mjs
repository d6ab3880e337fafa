/** A failure that a person can act on: its message is printed on one line and the process ends with `exitCode`. */
export class ScriptError extends Error {
  /**
   * @param {string} message what failed, where, and what to do
   * @param {number} exitCode 2 for a missing or unusable environment, 1 for a failed check
   */
  constructor(message, exitCode = 2) {
    super(message);
    this.name = "ScriptError";
    this.exitCode = exitCode;
  }
}

/**
 * Runs a script's body. A ScriptError becomes one line on standard error; anything else keeps its stack.
 * @param {() => Promise<number>} body returns the exit code
 */
export async function runScript(body) {
  try {
    process.exitCode = await body();
  } catch (error) {
    if (error instanceof ScriptError) {
      console.error(`lodestone: ${error.message}`);
      process.exitCode = error.exitCode;
    } else {
      console.error(error);
      process.exitCode = 1;
    }
  }
}
