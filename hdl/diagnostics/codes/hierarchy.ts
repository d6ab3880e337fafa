import type { CodeFamily } from "./code-record.ts";

/** LS0320 to LS0329: complaints about instances and external modules. */
export const hierarchyCodes = {} as const satisfies CodeFamily;
