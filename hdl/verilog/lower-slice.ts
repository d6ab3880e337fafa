import type { BitsValue, Value } from "./value.ts";
import { castValue } from "./value.ts";

/** Bits `high` to `low` of a value, unsigned. Verilog selects from names only, so `toNet` names what has none. */
export function sliceValue(value: Value, high: number, low: number, toNet: (value: Value) => Value): Value {
  const width = high - low + 1;
  if (width === value.width) return castValue(value, false);
  switch (value.kind) {
    case "constant":
      return {
        kind: "constant",
        width,
        signed: false,
        value: BigInt.asUintN(width, BigInt.asUintN(value.width, value.value) >> BigInt(low)),
      };
    case "bits": {
      const bits: BitsValue = { ...value, high: value.low + high, low: value.low + low, width, signed: false };
      return bits;
    }
    case "extend":
      if (high < value.inner.width) return sliceValue(value.inner, high, low, toNet);
      if (low >= value.inner.width && !value.inner.signed) {
        return { kind: "constant", width, signed: false, value: 0n };
      }
      return sliceValue(toNet(value), high, low, toNet);
    default:
      return sliceValue(toNet(value), high, low, toNet);
  }
}
