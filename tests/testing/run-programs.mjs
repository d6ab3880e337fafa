// Runs the programs named on the command line one after the other in this process, which loads the language once, and
// prints a line of JSON for each: { file, error }. A program that has failed does not keep the others from running.
import { pathToFileURL } from "node:url";

for (const file of process.argv.slice(2)) {
  let error = null;
  try {
    await import(pathToFileURL(file).href);
  } catch (thrown) {
    error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  }
  process.stdout.write(`${JSON.stringify({ file, error })}\n`);
}
process.exit(0);
