import { type Diagnostic, linesOf, type Source } from "../diagnostics/index.ts";
import type { ModuleNetlist } from "../ir/index.ts";
import { leavesOf } from "../types/index.ts";
import type { ReadBits } from "./read-bits.ts";

/** Something declared that is not read, or bits of it. */
interface Unread {
  readonly kind: "input" | "register" | "wire";
  readonly name: string;
  readonly source: Source | undefined;
  /** Which bits, as a person reads them; undefined when it is all of them. */
  readonly bits: string | undefined;
}

const ones = (width: number): bigint => (1n << BigInt(width)) - 1n;

/** `bit 3`, `bits 7 to 4 and 1`: the bits that are 0 in a mask of which at least one is 1. */
function zeroBits(mask: bigint, width: number): string {
  const ranges: string[] = [];
  let count = 0;
  for (let high = width - 1; high >= 0; high--) {
    if ((mask >> BigInt(high)) & 1n) continue;
    let low = high;
    while (low > 0 && !((mask >> BigInt(low - 1)) & 1n)) low--;
    ranges.push(high === low ? `${high}` : `${high} to ${low}`);
    count += high - low + 1;
    high = low;
  }
  const last = ranges.pop();
  return `${count === 1 ? "bit" : "bits"} ${ranges.length > 0 ? `${ranges.join(", ")} and ` : ""}${last}`;
}

function unreadPart(mask: bigint, width: number): { bits: string | undefined } | undefined {
  if (mask === ones(width)) return undefined;
  return { bits: mask === 0n ? undefined : zeroBits(mask, width) };
}

function unreadOf(module: ModuleNetlist, read: ReadBits): Unread[] {
  const found: Unread[] = [];
  for (const { name, direction, type, source } of module.ports) {
    if (direction !== "input") continue;
    const masks = leavesOf(type).map((_, element) => read.inputs.get(`${name}/${element}`) ?? 0n);
    if (masks.every((mask) => mask === 0n)) {
      found.push({ kind: "input", name, source, bits: undefined });
      continue;
    }
    leavesOf(type).forEach((leaf, element) => {
      const part = unreadPart(masks[element]!, leaf.type.width);
      const path = leaf.path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
      if (part) found.push({ kind: "input", name: name + path, source, ...part });
    });
  }
  // What has an attribute stays for the sake of those who look for it, read or not.
  for (const { node, name, source, attributes } of module.registers) {
    if (attributes) continue;
    const part = unreadPart(read.registers.get(node.id) ?? 0n, node.width);
    if (part) found.push({ kind: "register", name, source, ...part });
  }
  for (const { node, name, attributes } of module.wires) {
    if (attributes) continue;
    const part = unreadPart(read.wires.get(node.id) ?? 0n, node.width);
    if (part) found.push({ kind: "wire", name, source: node.source, ...part });
  }
  return found;
}

/** What the user calls to declare a signal, as opposed to what declares some of its own. */
const declarations = new Set(["input", "output", "register", "wire", "latch"]);

/** The function that declared something for its caller: `widen` for the registers of `.widen(4)`. */
function makerOf(source: Source | undefined): string | undefined {
  const at = source?.location;
  const called = at && /^[\w$]+(?=\s*[(<])/.exec((linesOf(at.file)[at.line - 1] ?? "").slice(at.column - 1))?.[0];
  return called && !declarations.has(called) ? called : undefined;
}

/** What to do about something unread. */
function hintFor({ bits, source }: Unread, them: string): string {
  const maker = makerOf(source);
  if (maker !== undefined) {
    const subject = them === "it" ? "it belongs" : "they belong";
    return `${subject} to \`${maker}\`: use ${them}, or give \`${maker}\` only what is used behind it`;
  }
  if (bits !== undefined) return "use them, or declare fewer bits";
  return `use ${them}, or take ${them} out; a condition must stand in when() or mux(), not in a JavaScript if`;
}

/** One complaint about the things of one declaration of which the same bits are not read. */
function warning(module: ModuleNetlist, group: readonly Unread[]): Diagnostic {
  const { kind, name, source, bits } = group[0]!;
  const one = group.length === 1;
  const names = one
    ? `${kind} \`${name}\``
    : `${kind}s \`${name}\` to \`${group.at(-1)!.name}\` (${group.length} of them)`;
  const subject = bits === undefined ? names : `${bits} of ${names}`;
  const verb = one && (bits === undefined || bits.startsWith("bit ")) ? "is" : "are";
  const them = verb === "is" ? "it" : "them";
  return {
    code: "LS0205",
    severity: "warning",
    message: `${subject} ${verb} never read: nothing that leaves the module depends on ${them}`,
    signal: name,
    module: module.name,
    places: source ? [{ source, note: "declared here" }] : [],
    hint: hintFor(group[0]!, them),
  };
}

/** The complaints of one module about signals and bits of them that nothing reads (LS0205). */
export function checkUnread(module: ModuleNetlist, read: ReadBits): Diagnostic[] {
  const groups = new Map<Source | string, Map<string, Unread[]>>();
  for (const unread of unreadOf(module, read)) {
    const byBits = groups.get(unread.source ?? unread.name) ?? new Map<string, Unread[]>();
    groups.set(unread.source ?? unread.name, byBits);
    const key = `${unread.kind} ${unread.bits ?? ""}`;
    const same = byBits.get(key);
    if (same) same.push(unread);
    else byBits.set(key, [unread]);
  }
  return [...groups.values()].flatMap((byBits) => [...byBits.values()].map((group) => warning(module, group)));
}
