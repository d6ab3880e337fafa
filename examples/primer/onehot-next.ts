import { bit, input, Module, orTree, output, type UInt, uint } from "../../hdl/index.ts";

/** Where each state goes with `in` 0 and 1, while `stop` is 0. */
const arcs = [
  [0, 1],
  [2, 1],
  [0, 3],
  [2, 4],
  [5, 1],
  [6, 6],
  [7, 6],
  [0, 1],
] as const;

/** Exercise 15. The logic between the states of a machine whose states are bits. */
export class OnehotNext extends Module {
  readonly in = input(bit);
  readonly stop = input(bit);
  readonly state = input(uint(8));
  readonly next_state = output(uint(8));
  readonly out1 = output(bit);
  readonly out2 = output(bit);

  override get moduleName() {
    return "onehot_next";
  }

  build() {
    const { state, stop } = this;
    const low = this.in.not().and(stop.not());
    const high = this.in.and(stop.not());
    arcs.forEach((_, target) => {
      const terms: UInt<1>[] = target === 0 ? [stop.and(state.reduceOr())] : [];
      arcs.forEach(([onLow, onHigh], from) => {
        if (onLow === target) terms.push(state.bit(from).and(low));
        if (onHigh === target) terms.push(state.bit(from).and(high));
      });
      this.next_state.bit(target).value = orTree(terms);
    });
    this.out1.value = state.bit(5).or(state.bit(6));
    this.out2.value = state.bit(7).and(this.in.not());
  }
}
