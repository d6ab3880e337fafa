/** Makes something and gives it a name in the code. */
export type Name = <T>(make: () => T) => T;

const deep = <T>(make: () => T): T => make();
const deeper = <T>(make: () => T): T => make();

const ownNames: readonly Name[] = [
  (make) => {
    const count = make();
    return count;
  },
  (make) => {
    const value = make();
    return value;
  },
  (make) => {
    const words = make();
    return words;
  },
  (make) => {
    const level = make();
    return level;
  },
  (make) => {
    const data = make();
    return data;
  },
  (make) => {
    const state = make();
    return state;
  },
  (make) => {
    const queue = make();
    return queue;
  },
  (make) => {
    const interrupt = make();
    return interrupt;
  },
  (make) => {
    const list = make();
    return list;
  },
  (make) => {
    const total = make();
    return total;
  },
  (make) => {
    const unused = make();
    return unused;
  },
  (make) => {
    const logic = make();
    return logic;
  },
  (make) => {
    const small = make();
    return small;
  },
  (make) => {
    const $x = make();
    return $x;
  },
  (make) => {
    const élan = make();
    return élan;
  },
  (make) => {
    const 値 = make();
    return 値;
  },
  (make) => {
    const clock = make();
    return clock;
  },
  (make) => {
    const reset = make();
    return reset;
  },
  (make) => {
    const started_1 = make();
    return started_1;
  },
  (make) => {
    const count_is_3 = make();
    return count_is_3;
  },
  (make) => {
    const x_0 = make();
    return x_0;
  },
  (make) => {
    const index = make();
    return index;
  },
];

/**
 * Names that people give, as `const`s: what is inside children too, ports of others, words of Verilog and of C++, letters
 * that Verilog has not, and names that are made for nets and clocks.
 */
export const names: readonly Name[] = ownNames.map(
  // So many functions deep, the name of what the caller makes of it does not come before.
  (name) => (make) => deep(() => deeper(() => name(make))),
);

/** Names that a port may have: the same, but for those that are refused. */
export const portNames: readonly string[] = [
  "count",
  "value",
  "words",
  "level",
  "data",
  "state",
  "queue",
  "interrupt",
  "list",
  "total",
  "unused",
  "started_1",
  "count_is_3",
  "x_0",
  "index",
  "source",
  "sink",
  "register",
  "set",
  "vector",
  "y",
  "words_0",
];
