import { fieldSuffixes, registerPrefix, registerSuffixes, upperCase } from "./c-names.ts";
import { accessKinds, type FieldDeclaration, type MapDeclaration, type RegisterDeclaration } from "./declaration.ts";
import { bitsOf, hexadecimal } from "./layout.ts";

const identifier = /^[A-Za-z][A-Za-z0-9_]*$/;

/** More bytes than the registers of one peripheral take on purpose. */
const mostBytes = 2 ** 32;

interface Span {
  readonly name: string;
  readonly high: number;
  readonly low: number;
}

/** The highest and the lowest bit; undefined, with a complaint, where that is no place in a word. */
function spanOf(
  { bits }: FieldDeclaration,
  what: string,
  dataBits: number,
  complain: (problem: string) => void,
): Omit<Span, "name"> | undefined {
  const [high, low] = typeof bits === "number" ? [bits, bits] : bits;
  if (![high, low].every((bit) => Number.isInteger(bit) && bit >= 0 && bit < dataBits)) {
    const shown = typeof bits === "number" ? `bit ${bits}` : `bits [${bits.join(", ")}]`;
    complain(`${what} has ${shown}; the bits of a word are ${dataBits - 1} to 0`);
    return undefined;
  }
  if (high < low) {
    complain(`${what} has bits [${high}, ${low}]; the higher one comes first: [${low}, ${high}]`);
    return undefined;
  }
  return { high, low };
}

function checkField(
  declared: FieldDeclaration,
  what: string,
  dataBits: number,
  complain: (problem: string) => void,
): Omit<Span, "name"> | undefined {
  const { access, reset, hardware } = declared;
  if (!Object.hasOwn(accessKinds, access)) {
    complain(`${what} has the access "${String(access)}"; there is ${Object.keys(accessKinds).join(", ")}`);
  }
  if (hardware !== undefined && access !== "rw") {
    complain(`${what} is ${access}; hardware: "writes" is for rw fields alone`);
  }
  const span = spanOf(declared, what, dataBits, complain);
  if (reset === undefined) return span;
  if (access === "ro" || access === "wo") {
    complain(`${what} is ${access} and stores nothing, so it cannot have a reset value`);
  } else if (typeof reset === "number" && !Number.isSafeInteger(reset)) {
    complain(`${what} has the reset value ${reset}; give a whole number`);
  } else if (span) {
    const width = span.high - span.low + 1;
    if (BigInt(reset) < 0n || BigInt(reset) >> BigInt(width) !== 0n) {
      complain(`${what} has the reset value ${reset}, which ${width} bit${width === 1 ? "" : "s"} cannot hold`);
    }
  }
  return span;
}

/** Says of every two fields that share bits which bits these are. */
function checkOverlaps(spans: readonly Span[], register: string, complain: (problem: string) => void): void {
  spans.forEach((one, i) => {
    for (const other of spans.slice(i + 1)) {
      const high = Math.min(one.high, other.high);
      const low = Math.max(one.low, other.low);
      if (high < low) continue;
      const [a, b] = [one, other].map((span) => `\`${register}.${span.name}\` (${bitsOf(span)})`);
      complain(`fields ${a} and ${b} overlap in ${high === low ? "bit" : "bits"} ${bitsOf({ high, low })}`);
    }
  });
}

function checkRegister(
  name: string,
  { offset, fields }: RegisterDeclaration,
  dataBits: number,
  complain: (problem: string) => void,
): void {
  const bytes = dataBits / 8;
  if (!Number.isInteger(offset) || offset < 0 || offset >= mostBytes) {
    complain(`register \`${name}\` has the offset ${offset}; give a whole number of bytes from 0 on`);
  } else if (offset % bytes !== 0) {
    const before = offset - (offset % bytes);
    const places = `${hexadecimal(before)} or ${hexadecimal(before + bytes)}`;
    complain(
      `register \`${name}\` at ${hexadecimal(offset)} is not aligned: words have ${bytes} bytes, so it may lie at ${places}`,
    );
  }
  const declared = Object.entries(fields);
  if (declared.length === 0) complain(`register \`${name}\` has no fields`);
  const spans: Span[] = [];
  for (const [field, each] of declared) {
    const what = `field \`${name}.${field}\``;
    if (!identifier.test(field)) complain(`${what}: a name has letters, digits and _, and begins with a letter`);
    const span = checkField(each, what, dataBits, complain);
    if (span) spans.push({ name: field, ...span });
  }
  checkOverlaps(spans, name, complain);
}

/** Names that differ in the map and no longer do in C (or in Verilog, where they are joined in the same way). */
function checkNames({ name, registers }: MapDeclaration, complain: (problem: string) => void): void {
  const owners = new Map<string, string>();
  const claim = (made: string, owner: string): void => {
    const other = owners.get(made);
    if (other === owner) return;
    if (other === undefined) owners.set(made, owner);
    else complain(`${other} and ${owner} would both be \`${made}\` in C; rename one of them`);
  };
  const prefixes = new Map<string, string>();
  for (const [register, { fields }] of Object.entries(registers)) {
    const what = `register \`${register}\``;
    const prefix = registerPrefix(name, register);
    const twin = prefixes.get(prefix);
    if (twin !== undefined) {
      complain(`${twin} and ${what} would both be \`${prefix}\` in C; rename one of them`);
      continue;
    }
    prefixes.set(prefix, what);
    for (const suffix of registerSuffixes) claim(`${prefix}_${suffix}`, what);
    const twins = new Map<string, string>();
    for (const field of Object.keys(fields)) {
      const inside = `field \`${register}.${field}\``;
      const base = `${prefix}_${upperCase(field)}`;
      const sibling = twins.get(base);
      if (sibling !== undefined) {
        complain(`${sibling} and ${inside} would both be \`${base}\` in C; rename one of them`);
        continue;
      }
      twins.set(base, inside);
      for (const suffix of fieldSuffixes) claim(`${base}_${suffix}`, inside);
    }
  }
}

/** Everything that is wrong with a declared map, in sentences; empty when nothing is. */
export function checkMap(map: MapDeclaration): string[] {
  const problems: string[] = [];
  const complain = (problem: string): void => {
    problems.push(problem);
  };
  const { name, dataBits = 32 } = map;
  if (!identifier.test(name))
    complain(`the name "${name}": a name has letters, digits and _, and begins with a letter`);
  if (dataBits !== 32 && dataBits !== 64) {
    complain(`words of ${String(dataBits)} bits; AXI4-Lite has words of 32 or 64 bits`);
    return problems;
  }
  const registers = Object.entries(map.registers);
  if (registers.length === 0) complain("there are no registers");
  const places = new Map<number, string>();
  for (const [register, declared] of registers) {
    if (!identifier.test(register)) {
      complain(`register \`${register}\`: a name has letters, digits and _, and begins with a letter`);
    }
    checkRegister(register, declared, dataBits, complain);
    const other = places.get(declared.offset);
    if (other === undefined) places.set(declared.offset, register);
    else complain(`registers \`${other}\` and \`${register}\` both lie at ${hexadecimal(declared.offset)}`);
  }
  checkNames(map, complain);
  return problems;
}
