import { bit, register, type UInt } from "../../hdl/index.ts";

/** A valid bit as it was `cycles` ago; 0 after reset, so that nothing comes out that never came in. */
export function validDelay(valid: UInt<1>, cycles: number): UInt<1> {
  let late = valid;
  for (let cycle = 0; cycle < cycles; cycle++) {
    const valid = register(bit, { reset: 0 });
    valid.next = late;
    late = valid;
  }
  return late;
}
