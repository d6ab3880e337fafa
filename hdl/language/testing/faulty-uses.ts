import { bit, sint, uint } from "../../types/index.ts";
import { bundleOf, constant, input, Module, output, type UInt, when } from "../index.ts";

// More modules with mistakes, for the snapshots of what a person is told: of statements, literals and counts.

class TwoOtherwise extends Module {
  readonly a = input(bit);
  readonly y = output(uint(4));
  build() {
    const chain = when(this.a, () => {
      this.y.value = 1;
    });
    chain.otherwise(() => {
      this.y.value = 2;
    });
    chain.elsewhen(this.a.not(), () => {
      this.y.value = 3;
    });
    chain.otherwise(() => {
      this.y.value = 4;
    });
  }
}

class BranchElsewhere extends Module {
  readonly a = input(bit);
  readonly b = input(bit);
  readonly y = output(uint(4));
  build() {
    this.y.value = 0;
    const chain = when(this.a, () => {
      this.y.value = 1;
    });
    when(this.b, () => {
      chain.otherwise(() => {
        this.y.value = 2;
      });
    });
  }
}

class NeverReached extends Module {
  readonly n = input(uint(2));
  readonly y = output(uint(4));
  build() {
    this.y.value = 0;
    when(constant(bit, 1), () => {
      this.y.value = 1;
    });
    when(this.n.eq(1), () => {
      when(this.n.eq(2), () => {
        this.y.value = 2;
      });
      when(this.n.ne(2), () => {
        this.y.value = 3;
      }).otherwise(() => {
        this.y.value = 4;
      });
    });
  }
}

class MinusOne extends Module {
  readonly y = output(uint(4));
  readonly z = output(uint(4));
  build() {
    this.y.value = -1;
    this.z.value = -9;
  }
}

class NoNumbers extends Module {
  readonly x = output(bit);
  readonly y = output(bit);
  readonly z = output(bit);
  build() {
    // The type checker refuses these too; casts stand for code that it cannot see.
    this.x.value = true as never;
    this.y.value = "1" as never;
    this.z.value = 2 ** 60;
  }
}

class NextOfAnOutput extends Module {
  readonly y = output(bit);
  build() {
    (this.y as unknown as { next: number }).next = 1;
  }
}

class PortInNoField extends Module {
  readonly io = {
    a: input(bit),
  };
  readonly y = output(bit);
  build() {
    this.y.value = this.io.a;
  }
}

class CountsOfOperators extends Module {
  readonly a = input(sint(4));
  readonly y = output(sint(4));
  build() {
    const left = this.a.shiftLeft(-1);
    const right = this.a.shiftRight(4);
    const rounded = this.a.roundHalfUp(4);
    this.y.value = left.xor(right).xor(rounded).wrap(4);
  }
}

class FieldWithoutType extends Module {
  readonly a = input(uint(4));
  readonly y = output(uint(4));
  build() {
    this.y.value = bundleOf({ tag: this.a, count: 3 as never }).tag;
  }
}

class ElementsOfTwoTypes extends Module {
  readonly a = input(uint(4));
  readonly y = output(uint(4));
  build() {
    this.y.value = bundleOf({ pair: [this.a, this.a.add(1)] })
      .pair.at(0)
      .resize(4);
  }
}

class FieldCalledNext extends Module {
  readonly a = input(uint(4));
  readonly y = output(uint(4));
  build() {
    this.y.value = (bundleOf({ next: this.a }) as unknown as { next: UInt<4> }).next;
  }
}

class SignsMixedOnTheWay extends Module {
  readonly a = input(uint(8));
  readonly s = input(sint(8));
  readonly y = output(sint(9));
  build() {
    const sum = this.a.add(this.s as never) as unknown as UInt<9>;
    this.y.value = sum as never;
  }
}

/** A module with a mistake in how it uses the language, by the name of its class. */
export const faultyUses: readonly (new (params: Record<string, never>) => Module)[] = [
  TwoOtherwise,
  BranchElsewhere,
  NeverReached,
  MinusOne,
  NoNumbers,
  NextOfAnOutput,
  PortInNoField,
  CountsOfOperators,
  FieldWithoutType,
  ElementsOfTwoTypes,
  FieldCalledNext,
  SignsMixedOnTheWay,
];
