import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const work = join(root, "build", `types-${process.pid}`);

const signals = `
import { cat, input, Module, mux, output, register, sint, type SInt, uint, type UInt, vec, when } from "lodestone";
class Signals extends Module<{ bits: number }> {
  readonly a8 = input(uint(8));
  readonly b8 = input(uint(8));
  readonly c9 = input(uint(9));
  readonly s8 = input(sint(8));
  readonly any = input(uint(this.params.bits));
  readonly bit = input(uint(1));
  readonly four = input(vec(4, uint(8)));
  readonly y8 = output(uint(8));
  readonly y9 = output(uint(9));
  readonly y16 = output(uint(16));
  readonly z9 = output(sint(9));
  readonly yAny = output(uint(this.params.bits));
  readonly out = output(vec(4, uint(8)));
  build() {
    const { a8, b8, c9, s8, any, bit, four, y8, y9, y16, z9, yAny, out } = this;
    void [a8, b8, c9, s8, any, bit, four, y8, y9, y16, z9, yAny, out];
    STATEMENT
  }
}
void [Signals, cat, mux, register, when];
export type Used = SInt | UInt;
`;

/** Statements that the checker accepts. */
const accepted: readonly string[] = [
  "y9.value = a8.add(b8);",
  "y9.value = a8;",
  "y8.value = 255;",
  "y16.value = a8.mul(b8);",
  "y8.value = c9.saturate(8);",
  "y8.value = a8.and(b8).xor(1);",
  "z9.value = a8.sub(b8);",
  "z9.value = s8.neg();",
  "z9.value = a8.toSint();",
  "y8.value = s8.abs();",
  "y9.value = mux(bit, c9, a8);",
  "y8.value = mux(a8.eq(b8), 1, a8);",
  "when(a8.lt(c9), () => { y8.value = a8; });",
  "const r = register(uint(8)); r.next = r.addWrap(1);",
  "out.value = four;",
  "out.value = four.map((x) => x.not());",
  "out.value = [a8, a8, 1, any];",
  // A width that is only a number is left to the elaboration, in either direction.
  "y8.value = any;",
  "yAny.value = c9;",
  "y8.value = any.add(c9);",
  "y8.value = a8.slice(3, 0);",
  "y8.value = cat(a8, b8);",
  "const f = (x: UInt) => x.add(1); y9.value = f(a8);",
];

/** Statements that it refuses, with the beginning of what the editor says. */
const refused: readonly [string, string][] = [
  ["y8.value = c9;", "Type 'Input<UIntType<9>>' is not assignable to type 'UIntOfAtMost<8> | Literal'."],
  ["y8.value = a8.add(b8);", "Type 'UInt<9>' is not assignable to type 'UIntOfAtMost<8> | Literal'."],
  ["y8.value = a8.mul(2).truncate(9);", "Type 'UInt<9>' is not assignable to type 'UIntOfAtMost<8> | Literal'."],
  ["y16.value = a8.mul(c9);", "Type 'UInt<17>' is not assignable to type 'UIntOfAtMost<16> | Literal'."],
  ["y8.value = s8;", "Type 'Input<SIntType<8>>' is not assignable to type 'UIntOfAtMost<8> | Literal'."],
  ["z9.value = a8;", "Type 'Input<UIntType<8>>' is not assignable to type 'SIntOfAtMost<9> | Literal'."],
  ["z9.value = s8.add(s8).add(s8);", "Type 'SInt<10>' is not assignable to type 'SIntOfAtMost<9> | Literal'."],
  ["y8.value = mux(bit, c9, a8);", "Type 'UInt<9>' is not assignable to type 'UIntOfAtMost<8> | Literal'."],
  [
    "const r = register(uint(8)); r.next = r.add(1).truncate(9);",
    "Type 'UInt<9>' is not assignable to type 'UIntOfAtMost<8> | Literal'.",
  ],
  ["when(a8, () => {});", "Argument of type 'Input<UIntType<8>>' is not assignable to parameter of type 'Condition'."],
  ["a8.add(s8);", "Argument of type 'Input<SIntType<8>>' is not assignable to parameter of type"],
  [
    "out.value = four.map((x) => x.add(1).truncate(9));",
    "Type 'UInt<9>[]' is not assignable to type 'Elements<UInt<8>>'.",
  ],
  [
    "out.value = [c9, a8, a8, a8];",
    "Type '(Input<UIntType<8>> | Input<UIntType<9>>)[]' is not assignable to type 'Elements<UInt<8>>'.",
  ],
];

const statements = [...accepted, ...refused.map(([statement]) => statement)];
let said = new Map<number, string>();

beforeAll(() => {
  mkdirSync(work, { recursive: true });
  statements.forEach((statement, i) => {
    writeFileSync(join(work, `s${i}.ts`), signals.replace("STATEMENT", statement));
  });
  const include = { extends: join(root, "tsconfig.json"), include: ["*.ts"] };
  writeFileSync(join(work, "tsconfig.json"), JSON.stringify(include));
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "--noEmit", "--pretty", "false", "-p", work], {
    encoding: "utf8",
    timeout: 120_000,
  });
  said = new Map();
  for (const [, file, message] of stdout.matchAll(/s(\d+)\.ts\(\d+,\d+\): error TS\d+: (.*)/g)) {
    if (!said.has(Number(file))) said.set(Number(file), message!);
  }
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe("the type checker", () => {
  test.each(accepted.map((statement, i) => [statement, i] as const))("accepts %s", (_statement, i) => {
    expect(said.get(i)).toBeUndefined();
  });

  test.each(refused.map(([statement, message], i) => [statement, message, accepted.length + i] as const))(
    "refuses %s",
    (_statement, message, i) => {
      expect(said.get(i)?.slice(0, message.length)).toBe(message);
    },
  );
});
