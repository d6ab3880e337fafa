import { assertionCodes } from "./codes/assertions.ts";
import { checkCodes } from "./codes/checks.ts";
import type { CodeRecord } from "./codes/code-record.ts";
import { drivingCodes } from "./codes/driving.ts";
import { hierarchyCodes } from "./codes/hierarchy.ts";
import { libraryCodes } from "./codes/library.ts";
import { nameCodes } from "./codes/names.ts";
import { operatorCodes } from "./codes/operators.ts";
import { stateCodes } from "./codes/state.ts";
import { statementCodes } from "./codes/statements.ts";
import { structureCodes } from "./codes/structure.ts";
import { typeCodes } from "./codes/types.ts";
import { valueCodes } from "./codes/values.ts";

const families = {
  ...valueCodes,
  ...typeCodes,
  ...operatorCodes,
  ...statementCodes,
  ...drivingCodes,
  ...checkCodes,
  ...structureCodes,
  ...stateCodes,
  ...hierarchyCodes,
  ...nameCodes,
  ...assertionCodes,
  ...libraryCodes,
};

/** The code of a diagnostic; it never changes its meaning. */
export type DiagnosticCode = keyof typeof families;

/** A code that a design may allow. */
export type WarningCode = {
  [Code in DiagnosticCode]: (typeof families)[Code]["severity"] extends "warning" ? Code : never;
}[DiagnosticCode];

/** Every complaint Lodestone makes, by its code, in the order of the codes' families. */
export const codes: Readonly<Record<DiagnosticCode, CodeRecord>> = families;

/** Every code, in ascending order. */
export const diagnosticCodes: readonly DiagnosticCode[] = (Object.keys(codes) as DiagnosticCode[]).sort();
