import type { Command } from "commander";

/** Called once by a subcommand's action with the exit code it ends with. */
export type Finish = (exitCode: number) => void;

/** A file of `cli/commands`: adds arguments, options, examples and the action to a command. */
export interface SubcommandFile {
  define(command: Command, finish: Finish): void;
}

/** What the overview of commands shows, and how to load the rest. */
export interface Subcommand {
  readonly name: string;
  readonly summary: string;
  load(): Promise<SubcommandFile>;
}
