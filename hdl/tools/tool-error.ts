/** An external program is missing, too old, hanging or broken. One line: which tool, what happened, what to do. */
export class ToolError extends Error {
  readonly exitCode = 2;

  constructor(message: string) {
    super(message);
    this.name = "ToolError";
  }
}

/** A tool had to be stopped because its time limit was over. */
export class ToolTimeoutError extends ToolError {}
