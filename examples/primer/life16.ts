import { bit, cat, clockDomain, input, Module, output, register, type UInt, uint, when } from "../../hdl/index.ts";

const size = 16;

/** Exercise 13. Conway's game of life on a torus of 16 by 16 cells. */
export class Life16 extends Module {
  readonly defaultDomain = clockDomain({ clockName: "clk", reset: "none" });
  readonly load = input(bit);
  readonly data = input(uint(size * size));
  readonly q = output(uint(size * size));

  override get moduleName() {
    return "life16";
  }

  build() {
    const q = register(uint(size * size));
    const cell = (row: number, column: number) => q.bit(size * ((row + size) % size) + ((column + size) % size));
    const generation: UInt<1>[] = []; // the highest cell first
    for (let row = size - 1; row >= 0; row--) {
      for (let column = size - 1; column >= 0; column--) {
        const around = [-1, 0, 1]
          .flatMap((dr) => [-1, 0, 1].map((dc) => [dr, dc] as const))
          .filter(([dr, dc]) => dr !== 0 || dc !== 0)
          .map(([dr, dc]) => cell(row + dr, column + dc));
        const neighbours = cat(...around).countOnes();
        generation.push(neighbours.eq(3).or(neighbours.eq(2).and(cell(row, column))));
      }
    }
    when(this.load, () => {
      q.next = this.data;
    }).otherwise(() => {
      q.next = cat(...generation);
    });
    this.q.value = q;
  }
}
