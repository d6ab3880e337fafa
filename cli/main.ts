import { Command } from "commander";
import { subcommands } from "./commands.ts";
import { exitGood, exitWrongUse, reportError } from "./report-error.ts";
import { lodestoneVersion } from "./version.ts";

export { tolerateClosedPipes } from "./output.ts";

/**
 * Runs the `lodestone` command.
 * @param args the arguments after the program's name
 * @returns the exit code: 0 good, 1 a check failed, 2 wrong use or bad input
 */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode = exitGood;
  const finish = (code: number): void => {
    exitCode = code;
  };
  // Only the subcommand that is called is loaded; the others are known by name and summary.
  const called = args[0] === "help" ? args[1] : args[0];
  const program = new Command("lodestone")
    .description("Quantised-inference datapaths, from TypeScript to verified Verilog.")
    .version(lodestoneVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .addHelpText("after", "\nlodestone <command> --help tells more about a command.");
  try {
    for (const { name, summary, load } of subcommands) {
      const command = program.command(name).description(summary).helpOption("-h, --help", "show help");
      if (name === called) (await load()).define(command, finish);
    }
    if (args.length === 0) {
      program.outputHelp({ error: true });
      return exitWrongUse;
    }
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    return reportError(error, subcommands.find(({ name }) => name === called)?.name, args.includes("--json"));
  }
}
