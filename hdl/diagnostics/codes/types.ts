import type { CodeFamily } from "./code-record.ts";

/** LS0112 to LS0119: complaints about bundles, enumerations and their like. */
export const typeCodes = {} as const satisfies CodeFamily;
