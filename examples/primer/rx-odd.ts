import {
  bit,
  cat,
  clockDomain,
  enumeration,
  input,
  Module,
  output,
  register,
  stateMachine,
  uint,
  when,
} from "../../hdl/index.ts";

const Phase = enumeration("Phase", ["idle", "bits", "stop", "wait"]);

/** Exercise 16. Receives bytes with odd parity, a bit per clock. */
export class RxOdd extends Module {
  readonly defaultDomain = clockDomain({ clockName: "clk" });
  readonly in = input(bit);
  readonly data = output(uint(8));
  readonly done = output(bit);

  override get moduleName() {
    return "rx_odd";
  }

  build() {
    const received = register(uint(9)); // the parity bit highest, once all are there
    const count = register(uint(4), { reset: 0 });
    const done = register(bit, { reset: 0 });
    const phase = stateMachine(
      Phase,
      { reset: "idle" },
      {
        idle: (go) => {
          count.next = 0;
          when(this.in.not(), () => go("bits"));
        },
        bits: (go) => {
          received.next = cat(this.in, received.slice(8, 1));
          count.next = count.addWrap(1);
          when(count.eq(8), () => go("stop"));
        },
        stop: (go) => {
          when(this.in, () => go("idle")).otherwise(() => go("wait"));
        },
        wait: (go) => {
          when(this.in, () => go("idle"));
        },
      },
    );
    done.next = phase.is("stop").and(this.in).and(received.reduceXor());
    this.data.value = received.slice(7, 0);
    this.done.value = done;
  }
}
