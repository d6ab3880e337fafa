import { bit, cat, clockDomain, input, Module, memory, output, register, uint, vec, when } from "../../hdl/index.ts";

/** Exercise 19. Guesses whether a branch is taken, from counters that the branches before have trained, and where it leads. */
export class Bpred extends Module {
  readonly defaultDomain = clockDomain({ clockName: "clk", resetName: "areset", reset: "asynchronous" });
  readonly pc = input(uint(5));
  readonly taken = output(bit);
  readonly target = output(uint(16));
  readonly history = output(uint(5));
  readonly train = input(bit);
  readonly train_pc = input(uint(5));
  readonly train_taken = input(bit);
  readonly train_target = input(uint(16));

  override get moduleName() {
    return "bpred";
  }

  build() {
    const history = register(uint(5), { reset: 0 });
    const counters = register(vec(32, uint(2)), { reset: 1 });
    const targets = memory(uint(16), 32);

    this.taken.value = counters.at(this.pc.xor(history)).bit(1);
    const trained = counters.at(this.train_pc.xor(history));
    when(this.train, () => {
      history.next = cat(history.slice(3, 0), this.train_taken);
      when(this.train_taken, () => {
        trained.next = trained.addSat(1);
        targets.write(this.train_pc, this.train_target);
      }).otherwise(() => {
        trained.next = trained.subSat(1);
      });
    });
    this.target.value = targets.readSync(this.pc);
    this.history.value = history;
  }
}
