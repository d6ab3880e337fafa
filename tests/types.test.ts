import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const work = join(root, "build", `types-${process.pid}`);

const signals = `
import { bit as one, bundle, cat, connect, enumeration, flipped, input, match, Module, mux, muxOneHot, output, register, sint, type SInt, stateMachine, switchOn, uint, type UInt, vec, when, wire } from "lodestone";
const State = enumeration("State", ["idle", "run"]);
const Color = enumeration("Color", ["red", "green"]);
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
  readonly pair = input(bundle({ valid: one, data: uint(8) }));
  readonly pairOut = output(bundle({ valid: one, data: uint(8) }));
  readonly wide = input(bundle({ valid: one, data: uint(9) }));
  readonly lanes = output(vec(2, bundle({ low: uint(4), high: sint(4) })));
  readonly state = input(State);
  readonly stateOut = output(State);
  readonly color = input(Color);
  readonly from = input(bundle({ valid: one, ready: flipped(one) }));
  readonly to = output(bundle({ valid: one, ready: flipped(one) }));
  build() {
    const { a8, b8, c9, s8, any, bit, four, y8, y9, y16, z9, yAny, out, pair, pairOut, wide, lanes, from, to, state, stateOut, color } = this;
    void [state, stateOut, color];
    void [pair, pairOut, wide, lanes, from, to];
    void [a8, b8, c9, s8, any, bit, four, y8, y9, y16, z9, yAny, out];
STATEMENTS
  }
}
void [Signals, match, stateMachine, switchOn, bundle, cat, connect, mux, muxOneHot, register, when, wire];
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
  // Operators by signals.
  "y8.value = a8.shiftRight(c9.wrap(3));",
  "y8.value = a8.shiftLeftWrap(b8);",
  "y9.value = a8.shiftLeft(1);",
  "yAny.value = a8.shiftLeft(bit);",
  "y8.value = four.at(a8.wrap(2));",
  "four.at(0); const r = register(vec(4, uint(8))); r.at(a8.wrap(2)).next = b8;",
  "y8.value = a8.rotateLeft(3).rotateRight(b8);",
  "y8.value = a8.countOnes().extend(8);",
  "const n: UInt<4> = a8.leadingZeros(); const i: UInt<3> = a8.priorityIndex(); void [n, i];",
  "y8.value = a8.wrap(3).toOneHot(8);",
  "y8.value = a8.max(b8).min(7);",
  "z9.value = s8.divTrunc(3); y8.value = a8.remFloor(10);",
  "const n: UInt<3> = a8.sliceAt(b8.wrap(3), 3); void n;",
  "y8.value = muxOneHot(a8.wrap(4), four);",
  "pairOut.value = pair;",
  "pairOut.value = { valid: 1, data: a8 };",
  "pairOut.value = { valid: bit, data: any };",
  "pairOut.data.value = pair.data.addWrap(1);",
  "pairOut.value = mux(bit, pair, pair);",
  "const r = register(bundle({ a: uint(8), b: vec(2, bit8()) })); r.next = { a: 1, b: [a8, 2] }; function bit8() { return uint(8); }",
  "lanes.value = [{ low: 1, high: -1 }, { low: a8.wrap(4), high: s8.wrap(4) }];",
  "to.value = { valid: from.valid };",
  "connect(to, from);",
  "stateOut.value = state;",
  "switchOn(state, { idle: () => {}, run: () => { y8.value = a8; } });",
  "switchOn(state, { idle: () => {}, otherwise: () => {} });",
  "switchOn(a8, { 0: () => {}, 255: () => { y8.value = a8; }, otherwise: () => {} });",
  "y9.value = match(state, { idle: a8, run: c9 });",
  "y8.value = match(a8, { 3: a8, 4: 1, otherwise: b8 });",
  'stateOut.value = match(bit, { 0: "idle", 1: state });',
  "pairOut.value = match(state, { idle: pair, run: pair });",
  'stateMachine(State, { reset: "idle" }, { idle: (go) => go("run"), run: (go) => { when(bit, () => go("idle")); } });',

  'stateOut.value = "run";',
  'stateOut.value = mux(state.is("idle"), "run", state);',
  'const r = register(State, { reset: "idle" }); r.next = state; y8.value = r.asUint().resize(8);',
  'const r = register(vec(2, State), { reset: ["idle", "run"] }); r.next = [r.at(1), "idle"];',
  "const f = (x: UInt) => x.add(1); y9.value = f(a8);",
];

/** Statements that it refuses, with the beginning of what the editor says. */
const refused: readonly [string, string][] = [
  ["y8.value = c9;", "Type 'Input<UIntType<9>>' is not assignable to type 'UIntOfAtMost<8> | Literal'."],
  ["y8.value = a8.add(b8);", "Type 'UInt<9>' is not assignable to type 'UIntOfAtMost<8> | Literal'."],
  ["y8.value = a8.mul(2).truncate(9);", "Type 'UInt<9>' is not assignable to type 'UIntOfAtMost<8> | Literal'."],
  ["y16.value = a8.mul(c9);", "Type 'UInt<17>' is not assignable to type 'UIntOfAtMost<16> | Literal'."],
  ["y8.value = a8.shiftLeft(1);", "Type 'UInt<9>' is not assignable to type 'UIntOfAtMost<8> | Literal'."],
  ["bit.value = a8.countOnes();", "Type 'UInt<4>' is not assignable to type 'UIntOfAtMost<1> | Literal'."],
  ["y8.value = four.at(bit).toSint();", "Type 'SInt<9>' is not assignable to type 'UIntOfAtMost<8> | Literal'."],
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
  [
    "pairOut.value = { valid: 1 };",
    "Property 'data' is missing in type '{ valid: number; }' but required in type 'ValuesOf<",
  ],
  [
    "pairOut.value = { valid: 1, data: a8, last: 1 };",
    "Object literal may only specify known properties, and 'last' does not exist in type",
  ],
  [
    "pairOut.value = { valid: 1, data: c9 };",
    "Type 'Input<UIntType<9>>' is not assignable to type 'UIntOfAtMost<8> | Literal'.",
  ],
  [
    "pairOut.value = { valid: 1, data: s8 };",
    "Type 'Input<SIntType<8>>' is not assignable to type 'UIntOfAtMost<8> | Literal'.",
  ],
  [
    "pairOut.value = wide;",
    "Type 'Input<BundleType<{ readonly valid: UIntType<1>; readonly data: UIntType<9>; }>>' is not assignable to type 'ValuesOf<",
  ],
  ["pairOut.data.value = wide.data;", "Type 'UInt<9>' is not assignable to type 'UIntOfAtMost<8> | Literal'."],
  [
    "to.value = from;",
    "Type 'Input<BundleType<{ readonly valid: UIntType<1>; readonly ready: FlippedType<UIntType<1>>; }>>' is not assignable to type",
  ],
  [
    "to.value = { valid: 1, ready: 1 };",
    "Type 'number' is not assignable to type '\"this field flows the other way: drive it by itself, or use connect()\"'.",
  ],
  [
    "connect(pairOut, wide);",
    "Argument of type 'Input<BundleType<{ readonly valid: UIntType<1>; readonly data: UIntType<9>; }>>' is not assignable to parameter of type 'Connectable<",
  ],
  [
    "connect(to, pair);",
    "Argument of type 'Input<BundleType<{ readonly valid: UIntType<1>; readonly data: UIntType<8>; }>>' is not assignable to parameter of type 'Connectable<",
  ],
  [
    "lanes.value = [{ low: 1, high: a8 }, { low: 1, high: 1 }];",
    "Type '({ low: number; high: Input<UIntType<8>>; } | { low: number; high: number; })[]' is not assignable to type 'Elements<BundleSignal<",
  ],
  [
    "wire(bundle({ value: uint(8) }));",
    "Type 'UIntType<8>' is not assignable to type 'UIntType<8> & \"`value` assigns to the whole bundle, so no field can have that name\"'.",
  ],
  [
    "wire(flipped(uint(8)));",
    "Argument of type 'FlippedType<UIntType<8>>' is not assignable to parameter of type 'DataType'.",
  ],
  ['stateOut.value = "runs";', 'Type \'"runs"\' is not assignable to type \'EnumValue<"State", "idle" | "run">\'.'],
  ["stateOut.value = color;", 'Type \'Input<EnumType<"Color", '],
  ["stateOut.value = 1;", 'Type \'1\' is not assignable to type \'EnumValue<"State", "idle" | "run">\'.'],
  [
    "stateOut.value = bit;",
    'Type \'Input<UIntType<1>>\' is not assignable to type \'EnumValue<"State", "idle" | "run">\'.',
  ],
  [
    "y8.value = state;",
    'Type \'Input<EnumType<"State", "idle" | "run">>\' is not assignable to type \'UIntOfAtMost<8> | Literal\'.',
  ],
  ['state.is("done");', 'Argument of type \'"done"\' is not assignable to parameter of type \'"idle" | "run"\'.'],
  ["state.eq(color);", 'Argument of type \'Input<EnumType<"Color", '],
  [
    'register(State, { reset: "done" });',
    'Type \'"done"\' is not assignable to type \'"idle" | "run" | Literal | undefined\'.',
  ],
  [
    "switchOn(state, { idle: () => {} });",
    "Argument of type '{ idle: () => void; }' is not assignable to parameter of type 'Readonly<Record<\"idle\", () => void>> & {} & { readonly run: unknown; }'.",
  ],
  [
    "switchOn(state, { idle: () => {}, run: () => {}, stop: () => {} });",
    "Type '() => void' is not assignable to type '(() => void) & \"no member of the enumeration has this name\"'.",
  ],
  [
    "switchOn(a8, { zero: () => {}, otherwise: () => {} });",
    "Type '() => void' is not assignable to type '(() => void) & \"a case of an integer is a number\"'.",
  ],
  [
    "y8.value = match(state, { idle: a8, run: c9 });",
    "Type 'UInt<9>' is not assignable to type 'UIntOfAtMost<8> | Literal'.",
  ],
  [
    "y8.value = match(state, { idle: a8 });",
    "Argument of type '{ idle: Input<UIntType<8>>; }' is not assignable to parameter of type",
  ],
  [
    'stateMachine(State, { reset: "idle" }, { idle: (go) => go("stop"), run: () => {} });',
    'Argument of type \'"stop"\' is not assignable to parameter of type \'"idle" | "run"\'.',
  ],
  [
    'stateMachine(State, { reset: "idle" }, { idle: () => {} });',
    "Property 'run' is missing in type '{ idle: () => void; }' but required in type",
  ],
  [
    'stateMachine(State, { reset: "begin" }, { idle: () => {}, run: () => {} });',
    'Type \'"begin"\' is not assignable to type \'"idle" | "run"\'.',
  ],
  [
    'enumeration("E", { otherwise: 1 });',
    "Type 'number' is not assignable to type '\"`otherwise` stands for all other cases, so no member can have that name\"'.",
  ],
];

const statements = [...accepted, ...refused.map(([statement]) => statement)];
let said = new Map<number, string>();

// One program for all, a line for each: the library is checked once.
beforeAll(() => {
  mkdirSync(work, { recursive: true });
  const [before, after] = signals.split("STATEMENTS") as [string, string];
  writeFileSync(join(work, "all.ts"), before + statements.map((each) => `{ ${each} }`).join("\n") + after);
  const first = before.split("\n").length;
  const include = { extends: join(root, "tsconfig.json"), include: ["*.ts"] };
  writeFileSync(join(work, "tsconfig.json"), JSON.stringify(include));
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "--noEmit", "--pretty", "false", "-p", work], {
    encoding: "utf8",
    timeout: 120_000,
  });
  said = new Map();
  for (const [, line, message] of stdout.matchAll(/all\.ts\((\d+),\d+\): error TS\d+: (.*)/g)) {
    const i = Number(line) - first;
    if (!said.has(i)) said.set(i, message!);
  }
}, 60_000);
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
