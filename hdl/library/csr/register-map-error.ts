/** A register map that cannot be built. The message holds every fault, one per line. */
export class RegisterMapError extends Error {
  readonly exitCode = 2;
  /** Each fault on its own. */
  readonly problems: readonly string[];

  constructor(map: string, problems: readonly string[]) {
    const count = problems.length === 1 ? "a fault" : `${problems.length} faults`;
    super(`register map \`${map}\` has ${count}:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "RegisterMapError";
    this.problems = problems;
  }
}
