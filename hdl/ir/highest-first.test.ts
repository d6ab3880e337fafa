import fc from "fast-check";
import { expect, test } from "vitest";
import { HighestFirst } from "./highest-first.ts";

test.each([1, 31, 32, 33, 1024, 1025, 40_000])("gives the highest of %i numbers first, each once", (bound) => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(bound - 1), { nil: undefined }), { maxLength: 300 }), (steps) => {
      const queue = new HighestFirst(bound);
      const model = new Set<number>();
      // A number is pushed, nothing takes the highest out.
      for (const step of [...steps, ...steps.map(() => undefined), undefined]) {
        if (step !== undefined) {
          queue.push(step);
          model.add(step);
        } else {
          const highest = model.size === 0 ? undefined : Math.max(...model);
          expect(queue.pop()).toBe(highest);
          if (highest !== undefined) model.delete(highest);
        }
      }
    }),
  );
});
