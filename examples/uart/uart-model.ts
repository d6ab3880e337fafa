/** A frame in 8N1, bit by bit: start bit, data from the least significant bit on, stop bit (0 makes a framing error). */
export function frameBits(byte: number, stopBit = 1): number[] {
  return [0, ...Array.from({ length: 8 }, (_, i) => (byte >> i) & 1), stopBit];
}

/** The line, clock by clock, while a frame is sent; a bit lasts `bitTime` clocks, which need not be a whole number. */
export function waveform(bits: readonly number[], bitTime: number): number[] {
  return Array.from({ length: Math.round(bits.length * bitTime) }, (_, clock) => bits[Math.floor(clock / bitTime)]!);
}
