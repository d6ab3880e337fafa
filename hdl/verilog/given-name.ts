import type { Node } from "../ir/index.ts";

/**
 * The name that somebody gave to the value of a node. What is only part of the expression that a declaration names has
 * none: the name would read as the whole.
 */
export function givenName({ label, source }: Node): string | undefined {
  if (label !== undefined) return label;
  const name = source?.name;
  return name === undefined || source!.isPart === true ? undefined : name;
}
