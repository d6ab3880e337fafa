import { captureSource, DesignError, type DiagnosticCode } from "../diagnostics/index.ts";
import { currentContext } from "./context.ts";

/** Ends the module with a complaint, beside those before it: for what nothing sensible can follow. */
export function stop(code: DiagnosticCode, message: string, hint: string): never {
  const context = currentContext();
  throw new DesignError([
    ...(context?.elaboration.diagnostics ?? []),
    { code, severity: "error", message, module: context?.moduleName, places: [{ source: captureSource() }], hint },
  ]);
}
