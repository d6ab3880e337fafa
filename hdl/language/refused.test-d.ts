// Read by the type checker (`npm run typecheck`) and run by nobody: each line that is expected to be an error is one, or the
// checker complains of the expectation. The words of the errors are in tests/types.test.ts.
import type { Enum, SInt, UInt, Vec } from "../index.ts";
import {
  bit,
  bundle,
  connect,
  enumeration,
  match,
  mux,
  register,
  sint,
  stateMachine,
  switchOn,
  uint,
  when,
  wire,
} from "../index.ts";

declare const a8: UInt<8>;
declare const c9: UInt<9>;
declare const s8: SInt<8>;
declare const one: UInt<1>;
declare const four: Vec<UInt<8>>;
declare const state: Enum<"State", "idle" | "run">;
declare const color: Enum<"Color", "red" | "green">;
const State = enumeration("State", ["idle", "run"]);
const pair = wire(bundle({ valid: bit, data: uint(8) }));
const wide = wire(bundle({ valid: bit, data: uint(9) }));

// @ts-expect-error a wider value
a8.value = c9;
// @ts-expect-error a sum has one bit more
a8.value = a8.add(a8);
// @ts-expect-error another sign
a8.value = s8;
// @ts-expect-error another sign
s8.value = a8;
// @ts-expect-error a register's next value is as wide as it is
register(uint(8)).next = a8.add(1);
// @ts-expect-error and of its sign
register(sint(8)).next = a8;
// @ts-expect-error one element is too wide
four.value = [a8, c9, a8, a8];

// @ts-expect-error operands of two signs
a8.add(s8);
// @ts-expect-error a comparison of two signs
s8.lt(a8);
// @ts-expect-error arms of two signs
mux(one, a8, s8);
// @ts-expect-error two numbers have no width
mux(one, 1, 2);
// @ts-expect-error a condition is one bit
when(a8, () => {});
// @ts-expect-error an enumeration is no number
a8.add(state);

// @ts-expect-error no member of that name
state.is("done");
// @ts-expect-error another enumeration
state.eq(color);
// @ts-expect-error a case is missing
switchOn(state, { idle: () => {} });
// @ts-expect-error a case is missing
match(state, { idle: a8 });
// @ts-expect-error no state of that name
stateMachine(State, { reset: "idle" }, { idle: (go) => go("stop"), run: () => {} });
// @ts-expect-error no state of that name
register(State, { reset: "done" });

// @ts-expect-error a field is missing
pair.value = { valid: 1 };
// @ts-expect-error a field is too wide
pair.value = { valid: 1, data: c9 };
// @ts-expect-error no field of that name
pair.value = { valid: 1, data: a8, last: 1 };
// @ts-expect-error bundles of two types
connect(pair, wide);
