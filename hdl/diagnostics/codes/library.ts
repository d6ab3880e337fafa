import type { CodeFamily } from "./code-record.ts";

/** LS0601 to LS0639: complaints about the library. */
export const libraryCodes = {} as const satisfies CodeFamily;
