import { bit, clockDomain, input, Module, output, register, toGray, uint, when } from "../../hdl/index.ts";

/** Exercise 21. Pulse-width modulation, with its position in Gray code. */
export class PwmGray extends Module {
  readonly defaultDomain = clockDomain({ clockName: "clk", resetName: "rst_n", resetActive: "low" });
  readonly enable = input(bit);
  readonly duty = input(uint(8));
  readonly pwm = output(bit);
  readonly gray = output(uint(8));
  readonly wrap = output(bit);

  override get moduleName() {
    return "pwm_gray";
  }

  build() {
    const position = register(uint(8), { reset: 0, enable: this.enable });
    const level = register(uint(8), { reset: 0 });
    position.next = position.addWrap(1);
    const wraps = this.enable.and(position.eq(255));
    when(wraps, () => {
      level.next = this.duty;
    });
    this.pwm.value = position.lt(level);
    this.gray.value = toGray(position);
    this.wrap.value = wraps;
  }
}
