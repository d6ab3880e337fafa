import { assert, type ClockDomain, inDomain, past, type UInt } from "../../language/index.ts";
import { toGray } from "../gray.ts";

/** The counts of a queue between clock domains, all modulo twice its depth. */
export interface AsyncFifoCounts {
  readonly depth: number;
  /** The receiver's domain; the sender's is the present one. */
  readonly read: ClockDomain;
  /** Items that the sender has put in, and the same in Gray code. */
  readonly pushed: UInt;
  readonly pushedGray: UInt;
  /** Items that the receiver has taken out, and the same in Gray code. */
  readonly popped: UInt;
  readonly poppedGray: UInt;
  /** What has come of `pushed` to the receiver's side, the latest first. */
  readonly pushedOnTheWay: readonly UInt[];
  /** What has come of `popped` to the sender's side, the latest first. */
  readonly poppedOnTheWay: readonly UInt[];
}

/**
 * States what makes a queue between clock domains safe: each side's picture of the other is an older one, but never so old
 * that it is wrong, and codes change one bit at a time. Together these statements follow from themselves one step before,
 * so that proofs of designs with such a queue succeed for runs of any length.
 */
export function assertCounts(counts: AsyncFifoCounts): void {
  const { depth, read, pushed, pushedGray, popped, poppedGray, pushedOnTheWay, poppedOnTheWay } = counts;
  const inside = [pushed, ...pushedOnTheWay].map((count) => count.subWrap(popped));
  const room = [popped, ...poppedOnTheWay].map((count) => pushed.subWrap(count));
  // They speak of both domains, so they are looked at where either moves.
  const state = (): void => {
    assert(inside[0]!.le(depth), "no more items are inside than there is room for, and none is taken that is not");
    for (let i = 1; i < inside.length; i++) {
      assert(
        inside[i]!.le(inside[i - 1]!),
        "the receiver sees an older count of the sender, but none from before its own",
      );
    }
    for (let i = 1; i < room.length; i++) {
      assert(room[i]!.ge(room[i - 1]!), "the sender sees an older count of the receiver");
    }
    assert(room.at(-1)!.le(depth), "the sender sees no more items than there is room for");
  };
  state();
  assertGray("pushed", pushed, pushedGray);
  inDomain(read, () => {
    state();
    assertGray("popped", popped, poppedGray);
  });
}

function assertGray(name: string, count: UInt, gray: UInt): void {
  assert(gray.eq(toGray(count)), `the Gray code is that of ${name}`);
  const changed = gray.xor(past(gray));
  assert(changed.and(changed.subWrap(1)).eq(0), `one bit of the Gray code of ${name} changes at a time`);
}
