import type { CodeFamily } from "./code-record.ts";

/** LS0304 to LS0319: complaints about clocks, resets and memories. */
export const stateCodes = {} as const satisfies CodeFamily;
