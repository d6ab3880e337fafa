import type { Subcommand } from "./subcommand.ts";

/** The subcommands in the order of the help text. Loaded one at a time: see `main`. */
export const subcommands: readonly Subcommand[] = [
  {
    name: "list",
    summary: "list the designs and their parameters",
    load: () => import("./commands/list.ts"),
  },
];
