const minimumNormal = 2 ** -1022;

/**
 * A reader of exponents: ⌊log2 value⌋ of a positive finite double, exactly, subnormals too. Each reader owns the eight
 * bytes that it reads bits through.
 */
export function exponentReader(): (value: number) => number {
  const double = new Float64Array(1);
  const words = new Uint32Array(double.buffer);
  double[0] = 1;
  const high = words[1] === 0 ? 0 : 1;
  const read = (value: number): number => {
    double[0] = value;
    return (((words[high] ?? 0) >>> 20) & 0x7ff) - 1023;
  };
  return (value) => (value < minimumNormal ? read(value * 2 ** 64) - 64 : read(value));
}
