import { captureSource, DesignError } from "../diagnostics/index.ts";
import { bitsFor, type EnumType } from "../types/index.ts";

/** The names of an enumeration, in the order of their numbers, or the number of each. */
type Members<M extends string> = readonly M[] | { readonly [K in M]: number };

/** The number of a member, or what the editor says of a name that no member can have. */
type NumberOf<K> = K extends "otherwise"
  ? "`otherwise` stands for all other cases, so no member can have that name"
  : number;

function refuse(message: string, hint: string): never {
  throw new DesignError([{ code: "LS0114", severity: "error", message, places: [{ source: captureSource() }], hint }]);
}

const isList = <M extends string>(members: Members<M>): members is readonly M[] => Array.isArray(members);

const isName = (text: string): boolean => /^[A-Za-z][A-Za-z0-9_]*$/.test(text);

function checkMembers(name: string, members: readonly (readonly [string, number])[]): void {
  if (!isName(name)) refuse(`an enumeration is called "${name}"`, "use a name of letters, digits and _");
  if (members.length === 0) refuse(`enumeration ${name} has no members`, "give it at least one name");
  const byNumber = new Map<number, string>();
  const byName = new Set<string>();
  for (const [member, value] of members) {
    if (!isName(member) || member === "otherwise") {
      refuse(`enumeration ${name} has a member "${member}"`, "use letters, digits and _, and not the word otherwise");
    }
    // Both become the same name in Verilog.
    const constant = constantName(member);
    if (byName.has(constant)) refuse(`enumeration ${name} has \`${member}\` twice`, "give each member its own name");
    if (!Number.isSafeInteger(value) || value < 0) {
      refuse(`member \`${member}\` of enumeration ${name} has the number ${value}`, "use whole numbers of 0 or more");
    }
    const other = byNumber.get(value);
    if (other !== undefined) {
      refuse(
        `members \`${other}\` and \`${member}\` of enumeration ${name} both have the number ${value}`,
        "use each number once",
      );
    }
    byName.add(constant);
    byNumber.set(value, member);
  }
}

/** `waitForAck` as constants are written: `WAIT_FOR_ACK`. */
function constantName(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase();
}

/**
 * A type whose values have names: `enumeration("State", ["idle", "run", "done"])`, numbered from 0, or with the number of
 * each, `enumeration("Opcode", { load: 3, store: 35 })`. Verilog shows `localparam`s: `STATE_IDLE`.
 * @throws DesignError (LS0114) for names and numbers that do not work
 */
export function enumeration<const N extends string, const M extends string>(
  name: N,
  members: readonly M[] | { readonly [K in M]: NumberOf<K> },
): EnumType<N, M> {
  const given = members as Members<M>;
  const pairs: (readonly [M, number])[] = isList(given)
    ? given.map((member, i) => [member, i])
    : Object.entries<number>(given).map(([member, value]) => [member as M, value]);
  checkMembers(name, pairs);
  const sorted = pairs
    .map(([member, value]) => [member, BigInt(value)] as const)
    .sort((a, b) => (a[1] < b[1] ? -1 : 1));
  const width = bitsFor(sorted.at(-1)![1], false);
  const definition = Object.freeze({ name, members: new Map(sorted) });
  return Object.freeze({ kind: "uint", width, enumeration: definition });
}
