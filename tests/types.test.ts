import { beforeAll, describe, expect, test } from "vitest";
import { complaintsAbout } from "./testing/type-checker.ts";

const signals = `
import { andTree, bit as one, bundle, type Bundled, bundleOf, cat, connect, enumeration, flipped, input, instance, match, Module, mux, muxOneHot, orTree, output, register, risingEdge, sint, type SInt, stateMachine, Stream, switchOn, uint, type UInt, vec, when, wire } from "lodestone";
const State = enumeration("State", ["idle", "run"]);
const Color = enumeration("Color", ["red", "green"]);
class Child extends Module {
  readonly a = input(uint(8));
  readonly s = input(sint(8));
  readonly lanes = input(vec(2, uint(8)));
  readonly y = output(uint(8));
  build() { this.y.value = this.a; }
}
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
    const child = instance(new Child({}));
    void child;
    void [state, stateOut, color];
    void [pair, pairOut, wide, lanes, from, to];
    void [a8, b8, c9, s8, any, bit, four, y8, y9, y16, z9, yAny, out];
STATEMENTS
  }
}
void [Signals, andTree, bundleOf, orTree, Stream, risingEdge, match, stateMachine, switchOn, bundle, cat, connect, mux, muxOneHot, register, when, wire];
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
  // Numbers as operands.
  "y9.value = a8.add(1); y8.value = a8.and(0xff).min(200).addWrap(255).addSat(3n);",
  "z9.value = s8.add(-1); z9.value = a8.sub(255);",
  "y8.value = a8.add(this.params.bits); y8.value = a8.add(5000);",
  "let total: UInt = a8; for (const x of four) total = total.add(x); y16.value = total;",
  "const f = <W extends number>(x: UInt<W>, y: UInt<W>) => { y.value = x; y.value = x.addWrap(1); }; f(a8, y8);",
  // Known widths of parts and of signals side by side.
  "y8.value = cat(a8.slice(7, 4), a8.slice(3, 1), a8.bit(0)); y8.value = a8.bit(7).replicate(8);",
  "y8.value = c9.shiftRight(1); y8.value = a8.shiftRight(c9.slice(2, 0)); y8.value = c9.roundHalfEven(2);",
  "child.a.value = a8; child.s.value = s8; child.lanes.value = [a8, 1];",
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
  "y16.value = cat(a8, b8); yAny.value = cat(...four);",
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
  "const k: UInt<8> = a8.shiftRightKeep(2).subSat(3); const i: UInt<3> = a8.highestIndex(); void [k, i];",
  "const e: UInt<8> = risingEdge(a8); const t: UInt<9> = orTree([a8, c9]); y8.value = andTree(four); void [e, t];",
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
  // What is made of ports is no port, and goes where they do.
  "y8.value = [a8, b8].reduce((x, y) => x.xor(y)); y8.value = [child.y, child.y].reduce((x, y) => x.and(y));",
  // A record of signals as a bundle.
  "const pairOf: Bundled<{ valid: UInt<1>; data: UInt<8> }> = bundleOf({ valid: bit, data: a8 }); pairOut.value = mux(bit, pairOf, pair);",
  "pairOut.data.value = bundleOf({ inner: { list: [a8, b8] } }).inner.list.at(0);",
  "const s: Stream<typeof pair> = Stream.of(bit, { valid: bit, data: a8 }).map((x) => ({ ...x, data: x.data.not() })); void s;",
];

/** Where an unsigned value of w bits may be assigned, as the editor names it. */
const unsignedPlace = (w: number | string): string =>
  `UIntOfAtMost<${w}, "a wider value needs wrap(${w}), saturate(${w}) or a rounding by name; a signed one asUint(), abs() or max(0).asUint(), an enumeration asUint()"> | Literal`;

/** Where a signed one may be. */
const signedPlace = (w: number | string): string =>
  `SIntOfAtMost<${w}, "a wider value needs wrap(${w}), saturate(${w}) or a rounding by name; an unsigned one toSint() or asSint()"> | Literal`;

const unsignedOperand =
  'UIntOperand<number, "an operand of the same sign: asUint() keeps the bits of a signed value, abs() takes its magnitude"> | Literal';
const signedOperand =
  'SIntOperand<number, "an operand of the same sign: toSint() keeps the value of an unsigned one, asSint() its bits"> | Literal';
const condition = 'Condition<"a condition is one bit: compare with eq() or ne(0), or reduce with reduceOr()">';
const oneSign = '"both arms need the same sign: toSint(), asSint(), asUint() and abs() convert by name"';
const oneEnumeration = '"an enumeration goes with its own members and signals: asUint() gives the number of one"';

/** Statements that it refuses, with the beginning of what the editor says, and what it says further down. */
const refused: readonly [statement: string, start: string, further?: string][] = [
  ["y8.value = c9;", `Type 'Input<UIntType<9>>' is not assignable to type '${unsignedPlace(8)}'.`],
  ["y8.value = a8.add(b8);", `Type 'UInt<9>' is not assignable to type '${unsignedPlace(8)}'.`],
  ["y8.value = a8.mul(2).truncate(9);", `Type 'UInt<9>' is not assignable to type '${unsignedPlace(8)}'.`],
  ["y16.value = a8.mul(c9);", `Type 'UInt<17>' is not assignable to type '${unsignedPlace(16)}'.`],
  ["y8.value = a8.shiftLeft(1);", `Type 'UInt<9>' is not assignable to type '${unsignedPlace(8)}'.`],
  ["bit.value = a8.countOnes();", `Type 'UInt<4>' is not assignable to type '${unsignedPlace(1)}'.`],
  ["y8.value = four.at(bit).toSint();", `Type 'SInt<9>' is not assignable to type '${unsignedPlace(8)}'.`],
  ["y8.value = s8;", `Type 'Input<SIntType<8>>' is not assignable to type '${unsignedPlace(8)}'.`],
  ["z9.value = a8;", `Type 'Input<UIntType<8>>' is not assignable to type '${signedPlace(9)}'.`],
  ["z9.value = s8.add(s8).add(s8);", `Type 'SInt<10>' is not assignable to type '${signedPlace(9)}'.`],
  ["y8.value = mux(bit, c9, a8);", `Type 'UInt<9>' is not assignable to type '${unsignedPlace(8)}'.`],
  [
    "const r = register(uint(8)); r.next = r.add(1).truncate(9);",
    `Type 'UInt<9>' is not assignable to type '${unsignedPlace(8)}'.`,
  ],
  [
    "when(a8, () => {});",
    `Argument of type 'Input<UIntType<8>>' is not assignable to parameter of type '${condition}'.`,
  ],
  ["a8.add(s8);", `Argument of type 'Input<SIntType<8>>' is not assignable to parameter of type '${unsignedOperand}'.`],
  ["s8.min(c9);", `Argument of type 'Input<UIntType<9>>' is not assignable to parameter of type '${signedOperand}'.`],
  ["a8.lt(s8);", `Argument of type 'Input<SIntType<8>>' is not assignable to parameter of type '${unsignedOperand}'.`],
  ["s8.ne(a8);", `Argument of type 'Input<UIntType<8>>' is not assignable to parameter of type '${signedOperand}'.`],
  [
    "a8.add(state);",
    `Argument of type 'Input<EnumType<"State", "idle" | "run">>' is not assignable to parameter of type '${unsignedOperand}'.`,
  ],
  ["y8.value = a8.add(1);", `Type 'UInt<9>' is not assignable to type '${unsignedPlace(8)}'.`],
  ["y8.value = a8.and(0x1ff);", `Type 'UInt<9>' is not assignable to type '${unsignedPlace(8)}'.`],
  ["z9.value = s8.mul(-3);", `Type 'SInt<11>' is not assignable to type '${signedPlace(9)}'.`],
  ["bit.value = a8.slice(7, 4);", `Type 'UInt<4>' is not assignable to type '${unsignedPlace(1)}'.`],
  ["y16.value = cat(a8, c9);", `Type 'UInt<17>' is not assignable to type '${unsignedPlace(16)}'.`],
  ["const n: UInt<9> = a8.add(this.params.bits);", "Type 'UInt<number>' is not assignable to type 'UInt<9>'."],
  ["const n: UInt<9> = a8.add(5000);", "Type 'UInt<number>' is not assignable to type 'UInt<9>'."],
  // Ports of children and registers.
  ["child.a.value = c9;", `Type 'Input<UIntType<9>>' is not assignable to type '${unsignedPlace(8)}'.`],
  ["child.a.value = s8;", `Type 'Input<SIntType<8>>' is not assignable to type '${unsignedPlace(8)}'.`],
  ["child.s.value = a8.add(b8);", `Type 'UInt<9>' is not assignable to type '${signedPlace(8)}'.`],
  ["child.lanes.value = [a8, c9];", `Type 'Input<UIntType<9>>' is not assignable to type '${unsignedPlace(8)}'.`],
  [
    "const r = register(sint(8)); r.next = a8;",
    `Type 'Input<UIntType<8>>' is not assignable to type '${signedPlace(8)}'.`,
  ],
  [
    "const r = register(uint(8)); r.next = r.add(1);",
    `Type 'UInt<9>' is not assignable to type '${unsignedPlace(8)}'.`,
  ],
  [
    "const f = <W extends number>(x: UInt<W>, y: SInt<W>) => { y.value = x; }; f(a8, s8);",
    "Type 'UInt<W>' is not assignable to type 'SIntOfAtMost<W, ",
  ],
  // The arms of a choice.
  ["mux(bit, a8, s8);", "No overload matches this call.", oneSign],
  ["y8.value = mux(bit, s8, a8);", "No overload matches this call.", oneSign],
  ["mux(a8, a8, b8);", "No overload matches this call.", condition],
  [
    "mux(bit, 1, 2);",
    "No overload matches this call.",
    "one arm needs a width of its own: write it as constant(uint(4), 5)",
  ],
  ["mux(bit, state, a8);", "No overload matches this call.", oneEnumeration],
  ["mux(bit, state, color);", "No overload matches this call.", oneEnumeration],
  ['mux(bit, state, "runs");', "No overload matches this call.", oneEnumeration],
  ["mux(bit, pair, wide);", "No overload matches this call.", "both arms need the same type"],
  ["mux(bit, four, a8);", "No overload matches this call.", "both arms need the same type"],
  [
    "match(state, { idle: a8, run: s8 });",
    "Type 'Input<UIntType<8>>' is not assignable to type '(Input<SIntType<8>> | Input<UIntType<8>>) & \"all arms need the same sign: toSint(), asSint(), asUint() and abs() convert by name\"'.",
  ],
  [
    "register(uint(8), { enable: a8 });",
    `Type 'Input<UIntType<8>>' is not assignable to type '${condition} | undefined'.`,
  ],
  [
    "out.value = four.map((x) => x.add(1).truncate(9));",
    "Type 'UInt<9>[]' is not assignable to type 'Elements<UInt<8>>'.",
    `Type 'UInt<9>' is not assignable to type '${unsignedPlace(8)}'.`,
  ],
  ["out.value = [c9, a8, a8, a8];", `Type 'Input<UIntType<9>>' is not assignable to type '${unsignedPlace(8)}'.`],
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
    `Type 'Input<UIntType<9>>' is not assignable to type '${unsignedPlace(8)}'.`,
  ],
  [
    "pairOut.value = { valid: 1, data: s8 };",
    `Type 'Input<SIntType<8>>' is not assignable to type '${unsignedPlace(8)}'.`,
  ],
  [
    "pairOut.value = wide;",
    "Type 'Input<BundleType<{ readonly valid: UIntType<1>; readonly data: UIntType<9>; }>>' is not assignable to type 'ValuesOf<",
    `Type 'UInt<9>' is not assignable to type '${unsignedPlace(8)}'.`,
  ],
  ["pairOut.data.value = wide.data;", `Type 'UInt<9>' is not assignable to type '${unsignedPlace(8)}'.`],
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
    "Types of property 'data' are incompatible.",
  ],
  [
    "connect(to, pair);",
    "Argument of type 'Input<BundleType<{ readonly valid: UIntType<1>; readonly data: UIntType<8>; }>>' is not assignable to parameter of type 'Connectable<",
  ],
  [
    "lanes.value = [{ low: 1, high: a8 }, { low: 1, high: 1 }];",
    `Type 'Input<UIntType<8>>' is not assignable to type '${signedPlace(4)}'.`,
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
    `Type 'Input<EnumType<"State", "idle" | "run">>' is not assignable to type '${unsignedPlace(8)}'.`,
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
    `Type 'UInt<9>' is not assignable to type '${unsignedPlace(8)}'.`,
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
let said: readonly (string | undefined)[] = [];

// One program for all, a line for each: the library is checked once.
beforeAll(() => {
  const [before, after] = signals.split("STATEMENTS") as [string, string];
  said = complaintsAbout(before, statements, after);
}, 60_000);

describe("the type checker", () => {
  test.each(accepted.map((statement, i) => [statement, i] as const))("accepts %s", (_statement, i) => {
    expect(said[i]).toBeUndefined();
  });

  test.each(refused.map(([statement, start, further], i) => [statement, start, further, accepted.length + i] as const))(
    "refuses %s",
    (_statement, start, further, i) => {
      expect(said[i]?.slice(0, start.length)).toBe(start);
      if (further !== undefined) expect(said[i]).toContain(further);
    },
  );
});
