import { input, Module, match, output, uint } from "../../hdl/index.ts";

/** Exercise 01. Nine words, of which `sel` chooses one; all ones where there is none. */
export class Mux9v extends Module {
  readonly a = input(uint(16));
  readonly b = input(uint(16));
  readonly c = input(uint(16));
  readonly d = input(uint(16));
  readonly e = input(uint(16));
  readonly f = input(uint(16));
  readonly g = input(uint(16));
  readonly h = input(uint(16));
  readonly i = input(uint(16));
  readonly sel = input(uint(4));
  readonly out = output(uint(16));

  override get moduleName() {
    return "mux9v";
  }

  build() {
    const { a, b, c, d, e, f, g, h, i } = this;
    this.out.value = match(this.sel, { 0: a, 1: b, 2: c, 3: d, 4: e, 5: f, 6: g, 7: h, 8: i, otherwise: 0xffff });
  }
}
