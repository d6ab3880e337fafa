import type { CodeFamily } from "./code-record.ts";

/** LS0501 to LS0509: complaints about assertions. */
export const assertionCodes = {} as const satisfies CodeFamily;
