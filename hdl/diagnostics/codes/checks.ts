import type { CodeFamily } from "./code-record.ts";

/** LS0206 to LS0219: complaints of the checks of a finished netlist. */
export const checkCodes = {} as const satisfies CodeFamily;
