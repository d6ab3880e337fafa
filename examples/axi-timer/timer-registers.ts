import { registerMap } from "../../hdl/index.ts";

/** What software sees of the timer. */
export const timerRegisters = registerMap({
  name: "Timer",
  description: "A counter with a prescaler that tells when it has reached a value.",
  registers: {
    control: {
      offset: 0x00,
      description: "How the timer runs.",
      fields: {
        enable: { bits: 0, access: "rw", description: "The timer counts while this is 1." },
        periodic: { bits: 1, access: "rw", description: "1: start again from 0 at `compare`; 0: stop there." },
        prescale: { bits: [23, 8], access: "rw", description: "A tick every prescale + 1 clocks." },
      },
    },
    compare: {
      offset: 0x04,
      fields: {
        value: { bits: [31, 0], access: "rw", reset: 0xffff_ffff, description: "The last value of a period." },
      },
    },
    count: {
      offset: 0x08,
      fields: {
        value: { bits: [31, 0], access: "rw", hardware: "writes", description: "Ticks since the start of the period." },
      },
    },
    command: {
      offset: 0x0c,
      fields: {
        restart: { bits: 0, access: "wo", description: "Writing 1 sets the count and the prescaler to 0." },
      },
    },
    interrupt: {
      offset: 0x10,
      description: "The interrupt line is 1 while a pending bit is 1 that is enabled.",
      fields: {
        pending: { bits: 0, access: "w1c", description: "The count has gone beyond `compare`." },
        enabled: { bits: 16, access: "rw", description: "Whether the line is raised." },
      },
    },
    status: {
      offset: 0x14,
      fields: {
        periods: { bits: [7, 0], access: "ro", description: "Periods that have ended, modulo 256." },
        ended: { bits: 31, access: "rc", description: "A period has ended since the last read." },
      },
    },
  },
});
