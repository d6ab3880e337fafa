/**
 * Bad input or wrong use: a parameter out of range, a malformed file, a tensor with NaN.
 * The message says what is wrong, where, and what to do. The command ends with exit code 2 and no stack trace.
 */
export class InputError extends Error {
  readonly exitCode = 2;
  /** Each complaint on its own; the message holds them all. */
  readonly problems: readonly string[];

  /** @param problems the single complaints when there are several; the message alone otherwise. */
  constructor(message: string, problems: readonly string[] = [message]) {
    super(message);
    this.name = "InputError";
    this.problems = problems;
  }
}
