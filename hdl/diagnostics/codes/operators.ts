import type { CodeFamily } from "./code-record.ts";

/** LS0120 to LS0129: complaints about operators. */
export const operatorCodes = {} as const satisfies CodeFamily;
