/** Names of the 32 registers in the calling convention, by number. */
const abiNames =
  "zero ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7 s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6".split(" ");

/** A mistake in a program, with its line. */
export class AssemblyError extends Error {
  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
    this.name = "AssemblyError";
  }
}

interface Statement {
  readonly line: number;
  readonly address: number;
  readonly name: string;
  readonly operands: readonly string[];
}

/** Turns one operand's text into numbers, with the labels known by then. */
class Operands {
  readonly #statement: Statement;
  readonly #labels: ReadonlyMap<string, number>;

  constructor(statement: Statement, labels: ReadonlyMap<string, number>) {
    this.#statement = statement;
    this.#labels = labels;
  }

  fail(message: string): never {
    throw new AssemblyError(this.#statement.line, message);
  }

  text(index: number): string {
    return this.#statement.operands[index] ?? this.fail(`${this.#statement.name} needs operand ${index + 1}`);
  }

  register(index: number): number {
    const name = this.text(index);
    const number = /^x\d+$/.test(name) ? Number(name.slice(1)) : abiNames.indexOf(name === "fp" ? "s0" : name);
    return number >= 0 && number < 32 ? number : this.fail(`there is no register ${name}`);
  }

  /** A number or a label's address. */
  value(text: string): number {
    const value = this.#labels.get(text) ?? Number(text);
    return Number.isInteger(value) ? value : this.fail(`${text} is neither a number nor a label`);
  }

  immediate(index: number, min: number, max: number): number {
    const value = this.value(this.text(index));
    return value >= min && value <= max ? value : this.fail(`${value} does not lie between ${min} and ${max}`);
  }

  /** `offset(register)`. */
  memory(index: number): { offset: number; base: number } {
    const match = /^(.*)\((\w+)\)$/.exec(this.text(index));
    if (match === null) this.fail(`${this.text(index)} is not offset(register)`);
    const inner = new Operands(
      { ...this.#statement, operands: [match[2]!, match[1] === "" ? "0" : match[1]!] },
      this.#labels,
    );
    return { base: inner.register(0), offset: inner.immediate(1, -2048, 2047) };
  }

  /** The distance from this instruction to a label or address. */
  distance(index: number, bits: number): number {
    const distance = this.value(this.text(index)) - this.#statement.address;
    const limit = 2 ** (bits - 1);
    if (distance < -limit || distance >= limit || distance % 2 !== 0) this.fail(`${this.text(index)} is out of reach`);
    return distance;
  }
}

const field = (value: number, high: number, low: number): number => (value >>> low) & (2 ** (high - low + 1) - 1);

// The six instruction formats.
const rType = (opcode: number, f3: number, f7: number, rd: number, rs1: number, rs2: number): number =>
  opcode | (rd << 7) | (f3 << 12) | (rs1 << 15) | (rs2 << 20) | (f7 << 25);
const iType = (opcode: number, f3: number, rd: number, rs1: number, imm: number): number =>
  opcode | (rd << 7) | (f3 << 12) | (rs1 << 15) | (imm << 20);
const sType = (f3: number, rs1: number, rs2: number, imm: number): number =>
  0x23 | (field(imm, 4, 0) << 7) | (f3 << 12) | (rs1 << 15) | (rs2 << 20) | (field(imm, 11, 5) << 25);
const bType = (f3: number, rs1: number, rs2: number, imm: number): number =>
  0x63 |
  (field(imm, 11, 11) << 7) |
  (field(imm, 4, 1) << 8) |
  (f3 << 12) |
  (rs1 << 15) |
  (rs2 << 20) |
  (field(imm, 10, 5) << 25) |
  (field(imm, 12, 12) << 31);
const uType = (opcode: number, rd: number, upper: number): number => opcode | (rd << 7) | (upper << 12);
const jType = (rd: number, imm: number): number =>
  0x6f |
  (rd << 7) |
  (field(imm, 19, 12) << 12) |
  (field(imm, 11, 11) << 20) |
  (field(imm, 10, 1) << 21) |
  (field(imm, 20, 20) << 31);

const registerOperations: Readonly<Record<string, readonly [f3: number, f7: number]>> = {
  add: [0, 0],
  sub: [0, 0x20],
  sll: [1, 0],
  slt: [2, 0],
  sltu: [3, 0],
  xor: [4, 0],
  srl: [5, 0],
  sra: [5, 0x20],
  or: [6, 0],
  and: [7, 0],
};
const immediateOperations: Readonly<Record<string, number>> = { addi: 0, slti: 2, sltiu: 3, xori: 4, ori: 6, andi: 7 };
const shiftOperations: Readonly<Record<string, readonly [f3: number, f7: number]>> = {
  slli: [1, 0],
  srli: [5, 0],
  srai: [5, 0x20],
};
const loads: Readonly<Record<string, number>> = { lb: 0, lh: 1, lw: 2, lbu: 4, lhu: 5 };
const stores: Readonly<Record<string, number>> = { sb: 0, sh: 1, sw: 2 };
const branches: Readonly<Record<string, number>> = { beq: 0, bne: 1, blt: 4, bge: 5, bltu: 6, bgeu: 7 };

/** Instructions that stand for others. `li` always takes two, so that addresses do not depend on values. */
function expand(name: string, operands: readonly string[]): [string, readonly string[]][] {
  const [a = "", b = ""] = operands;
  switch (name) {
    case "nop":
      return [["addi", ["x0", "x0", "0"]]];
    case "mv":
      return [["addi", [a, b, "0"]]];
    case "j":
      return [["jal", ["x0", a]]];
    case "call":
      return [["jal", ["ra", a]]];
    case "ret":
      return [["jalr", ["x0", "0(ra)"]]];
    case "beqz":
      return [["beq", [a, "x0", b]]];
    case "bnez":
      return [["bne", [a, "x0", b]]];
    case "li":
    case "la":
      return [
        ["%hi", [a, b]],
        ["%lo", [a, b]],
      ];
    default:
      return [[name, operands]];
  }
}

function encode(name: string, at: Operands): number {
  const operation = registerOperations[name];
  if (operation) return rType(0x33, ...operation, at.register(0), at.register(1), at.register(2));
  const immediate = immediateOperations[name];
  if (immediate !== undefined)
    return iType(0x13, immediate, at.register(0), at.register(1), at.immediate(2, -2048, 2047));
  const shift = shiftOperations[name];
  if (shift) return iType(0x13, shift[0], at.register(0), at.register(1), at.immediate(2, 0, 31) | (shift[1] << 5));
  const load = loads[name];
  if (load !== undefined) {
    const { base, offset } = at.memory(1);
    return iType(0x03, load, at.register(0), base, offset);
  }
  const store = stores[name];
  if (store !== undefined) {
    const { base, offset } = at.memory(1);
    return sType(store, base, at.register(0), offset);
  }
  const branch = branches[name];
  if (branch !== undefined) return bType(branch, at.register(0), at.register(1), at.distance(2, 13));
  switch (name) {
    case "lui":
      return uType(0x37, at.register(0), at.immediate(1, 0, 0xfffff));
    case "auipc":
      return uType(0x17, at.register(0), at.immediate(1, 0, 0xfffff));
    case "jal":
      return jType(at.register(0), at.distance(1, 21));
    case "jalr": {
      const { base, offset } = at.memory(1);
      return iType(0x67, 0, at.register(0), base, offset);
    }
    case "%hi":
      // Half a page up, since the low twelve bits that follow are signed.
      return uType(0x37, at.register(0), ((at.value(at.text(1)) + 0x800) >>> 12) & 0xfffff);
    case "%lo":
      return iType(0x13, 0, at.register(0), at.register(0), field(at.value(at.text(1)), 11, 0));
    case "fence":
      return 0x0f;
    case "ecall":
      return 0x73;
    case "ebreak":
      return 0x100073;
    case ".word":
      return at.value(at.text(0));
    default:
      return at.fail(`there is no instruction ${name}`);
  }
}

/**
 * Translates RV32I assembly into 32-bit words, the first at address 0. One instruction, label or `.word` a line; `#`
 * begins a comment. @throws AssemblyError with the line of the first mistake.
 */
export function assemble(program: string): Uint32Array {
  const labels = new Map<string, number>();
  const statements: Statement[] = [];
  program.split("\n").forEach((text, i) => {
    let rest = text.replace(/#.*/, "").trim();
    const label = /^([A-Za-z_.][\w.]*):\s*/.exec(rest);
    if (label !== null) {
      if (labels.has(label[1]!)) throw new AssemblyError(i + 1, `the label ${label[1]} stands twice`);
      labels.set(label[1]!, 4 * statements.length);
      rest = rest.slice(label[0].length);
    }
    if (rest === "") return;
    const [name = ""] = rest.split(/\s+/, 1);
    const tail = rest.slice(name.length).trim();
    for (const [each, operands] of expand(name, tail === "" ? [] : tail.split(/\s*,\s*/))) {
      statements.push({ line: i + 1, address: 4 * statements.length, name: each, operands });
    }
  });
  return Uint32Array.from(statements, (statement) => encode(statement.name, new Operands(statement, labels)));
}
