import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FieldDeclaration, RegisterDeclarations } from "./declaration.ts";
import { registerHeader } from "./register-header.ts";
import { registerJson } from "./register-json.ts";
import { registerMap } from "./register-map.ts";
import { RegisterMapError } from "./register-map-error.ts";
import { registerMarkdown } from "./register-markdown.ts";

/** What is wrong with a map of these registers. */
function faults(registers: RegisterDeclarations, others: { name?: string; dataBits?: 32 | 64 } = {}) {
  try {
    registerMap({ name: "Port", ...others, registers });
  } catch (error) {
    if (error instanceof RegisterMapError) return error.problems;
    throw error;
  }
  return [];
}

/** What is wrong with these fields in one register. */
const fieldFaults = (fields: Record<string, FieldDeclaration>) => faults({ control: { offset: 0, fields } });

const flag: FieldDeclaration = { bits: 0, access: "rw" };

describe("faults", () => {
  test("fields that share bits", () => {
    const fields = {
      mode: { bits: [7, 4], access: "rw" },
      start: { bits: 5, access: "wo" },
      rest: { bits: [31, 6], access: "ro" },
    } as const;
    expect(fieldFaults(fields)).toEqual([
      "fields `control.mode` (7:4) and `control.start` (5) overlap in bit 5",
      "fields `control.mode` (7:4) and `control.rest` (31:6) overlap in bits 7:6",
    ]);
  });

  test("places outside the word", () => {
    expect(fieldFaults({ a: { bits: 32, access: "rw" }, b: { bits: [1, 8], access: "rw" } })).toEqual([
      "field `control.a` has bit 32; the bits of a word are 31 to 0",
      "field `control.b` has bits [1, 8]; the higher one comes first: [8, 1]",
    ]);
    expect(faults({ wide: { offset: 0, fields: { a: { bits: [63, 0], access: "rw" } } } }, { dataBits: 64 })).toEqual(
      [],
    );
  });

  test("offsets that are misaligned, taken or no offsets", () => {
    const at = (offset: number) => ({ offset, fields: { flag } });
    expect(faults({ a: at(6), b: at(8), c: at(8), d: at(-4) })).toEqual([
      "register `a` at 0x06 is not aligned: words have 4 bytes, so it may lie at 0x04 or 0x08",
      "registers `b` and `c` both lie at 0x08",
      "register `d` has the offset -4; give a whole number of bytes from 0 on",
    ]);
    expect(faults({ a: at(4) }, { dataBits: 64 })).toEqual([
      "register `a` at 0x04 is not aligned: words have 8 bytes, so it may lie at 0x00 or 0x08",
    ]);
  });

  test("reset values that do not fit or have nothing to reset", () => {
    expect(
      fieldFaults({
        a: { bits: [2, 0], access: "rw", reset: 8 },
        b: { bits: 3, access: "rc", reset: -1 },
        c: { bits: 4, access: "ro", reset: 1 },
        d: { bits: [9, 5], access: "rw", reset: 31n },
        e: { bits: 10, access: "rw", reset: 0.5 },
      }),
    ).toEqual([
      "field `control.a` has the reset value 8, which 3 bits cannot hold",
      "field `control.b` has the reset value -1, which 1 bit cannot hold",
      "field `control.c` is ro and stores nothing, so it cannot have a reset value",
      "field `control.e` has the reset value 0.5; give a whole number",
    ]);
  });

  test("names that are one and the same in C", () => {
    const registers = {
      frameCount: { offset: 0, fields: { value: flag } },
      frame_count: { offset: 4, fields: { value: flag } },
      frame: { offset: 8, fields: { count_value: flag, countValue: { ...flag, bits: 1 } } },
      line: { offset: 12, fields: { a_mask: flag } },
      line_a: { offset: 16, fields: { mask: flag } },
    } satisfies RegisterDeclarations;
    expect(faults(registers)).toEqual([
      "register `frameCount` and register `frame_count` would both be `PORT_FRAME_COUNT` in C; rename one of them",
      "field `frameCount.value` and field `frame.count_value` would both be `PORT_FRAME_COUNT_VALUE_SHIFT` in C; rename one of them",
      "field `frameCount.value` and field `frame.count_value` would both be `PORT_FRAME_COUNT_VALUE_MASK` in C; rename one of them",
      "field `frame.count_value` and field `frame.countValue` would both be `PORT_FRAME_COUNT_VALUE` in C; rename one of them",
      "field `line.a_mask` and field `line_a.mask` would both be `PORT_LINE_A_MASK_SHIFT` in C; rename one of them",
      "field `line.a_mask` and field `line_a.mask` would both be `PORT_LINE_A_MASK_MASK` in C; rename one of them",
    ]);
  });

  test("names that are none, empty registers and maps, unknown kinds of access", () => {
    expect(faults({ "1st": { offset: 0, fields: {} } }, { name: "my port" })).toEqual([
      'the name "my port": a name has letters, digits and _, and begins with a letter',
      "register `1st`: a name has letters, digits and _, and begins with a letter",
      "register `1st` has no fields",
    ]);
    expect(faults({})).toEqual(["there are no registers"]);
    expect(
      fieldFaults({ a: { bits: 0, access: "rx" as "rw" }, b: { bits: 1, access: "ro", hardware: "writes" } }),
    ).toEqual([
      'field `control.a` has the access "rx"; there is rw, ro, wo, w1c, rc',
      'field `control.b` is ro; hardware: "writes" is for rw fields alone',
    ]);
    expect(faults({ control: { offset: 0, fields: { flag } } }, { dataBits: 16 as 32 })).toEqual([
      "words of 16 bits; AXI4-Lite has words of 32 or 64 bits",
    ]);
  });

  test("all are told at once", () => {
    const registers = { a: { offset: 2, fields: { flag } }, b: { offset: 4, fields: {} } };
    expect(() => registerMap({ name: "Port", registers })).toThrow(
      "register map `Port` has 2 faults:\n" +
        "  - register `a` at 0x02 is not aligned: words have 4 bytes, so it may lie at 0x00 or 0x04\n" +
        "  - register `b` has no fields",
    );
  });
});

const small = registerMap({
  name: "LedPanel",
  description: "Lamps.",
  registers: {
    status: { offset: 8, fields: { keyDown: { bits: 31, access: "w1c", description: "One | was */ pressed." } } },
    lamps: {
      offset: 0,
      description: "All lamps.",
      fields: {
        level: { bits: [15, 8], access: "rw", reset: 0x80, description: "Brightness." },
        on: { bits: 0, access: "rw", reset: 1 },
      },
    },
  },
});

test("the map knows its layout", () => {
  expect(small.addressBits).toBe(4);
  expect(small.registers.map(({ name, reset }) => [name, reset])).toEqual([
    ["lamps", 0x8001n],
    ["status", 0n],
  ]);
  expect(small.registers[0]!.fields.map(({ name, low, width }) => [name, low, width])).toEqual([
    ["on", 0, 1],
    ["level", 8, 8],
  ]);
});

test("as Markdown", () => {
  expect(registerMarkdown(small)).toMatchInlineSnapshot(`
    "# Registers of LedPanel

    Lamps.

    Words of 32 bits; offsets in bytes. Bits without a field read as 0 and ignore writes.

    | offset | register | reset | |
    | --- | --- | --- | --- |
    | 0x00 | \`lamps\` | 0x00008001 | All lamps. |
    | 0x08 | \`status\` | 0x00000000 |  |

    ## \`lamps\` at 0x00

    All lamps.

    | bits | field | access | reset | |
    | --- | --- | --- | --- | --- |
    | 15:8 | \`level\` | rw | 0x80 | Brightness. |
    | 0 | \`on\` | rw | 0x1 |  |

    ## \`status\` at 0x08

    | bits | field | access | reset | |
    | --- | --- | --- | --- | --- |
    | 31 | \`keyDown\` | w1c | 0x0 | One \\| was */ pressed. |

    | access | |
    | --- | --- |
    | rw | read and write |
    | w1c | read; writing 1 clears the bit |
    "
  `);
});

test("as a header for C", () => {
  expect(registerHeader(small)).toMatchInlineSnapshot(`
    "/* Registers of LedPanel: Lamps. */

    #ifndef LED_PANEL_REGISTERS_H
    #define LED_PANEL_REGISTERS_H

    /* lamps: All lamps. */
    #define LED_PANEL_LAMPS_OFFSET 0x00u
    #define LED_PANEL_LAMPS_RESET 0x00008001u
    /* bits 0, rw */
    #define LED_PANEL_LAMPS_ON_SHIFT 0
    #define LED_PANEL_LAMPS_ON_MASK 0x00000001u
    /* bits 15:8, rw: Brightness. */
    #define LED_PANEL_LAMPS_LEVEL_SHIFT 8
    #define LED_PANEL_LAMPS_LEVEL_MASK 0x0000ff00u

    /* status */
    #define LED_PANEL_STATUS_OFFSET 0x08u
    #define LED_PANEL_STATUS_RESET 0x00000000u
    /* bits 31, w1c: One | was * / pressed. */
    #define LED_PANEL_STATUS_KEY_DOWN_SHIFT 31
    #define LED_PANEL_STATUS_KEY_DOWN_MASK 0x80000000u

    #endif /* LED_PANEL_REGISTERS_H */
    "
  `);
});

test("as JSON", () => {
  const { registers, ...rest } = JSON.parse(registerJson(small));
  expect(rest).toEqual({ name: "LedPanel", description: "Lamps.", dataBits: 32, addressBits: 4 });
  expect(registers[0].fields[1]).toEqual({
    name: "level",
    description: "Brightness.",
    high: 15,
    low: 8,
    access: "rw",
    hardwareWrites: false,
    reset: "0x80",
  });
});

test.each([32, 64] as const)(
  "a C compiler takes the header for words of %i bits and sees the same numbers",
  (dataBits) => {
    const map = registerMap({
      name: "Unit2",
      dataBits,
      registers: {
        HTTPMode: {
          offset: 0,
          fields: { all: { bits: [dataBits - 1, 0], access: "rw", reset: 2n ** BigInt(dataBits) - 2n } },
        },
        second: {
          offset: 0x100,
          fields: { top: { bits: dataBits - 1, access: "rc", reset: 1 }, mid: { bits: [20, 5], access: "ro" } },
        },
      },
    });
    const values = [
      "UNIT2_HTTP_MODE_OFFSET",
      "UNIT2_HTTP_MODE_RESET",
      "UNIT2_HTTP_MODE_ALL_MASK",
      "UNIT2_SECOND_OFFSET",
      "UNIT2_SECOND_RESET",
      "UNIT2_SECOND_TOP_SHIFT",
      "UNIT2_SECOND_TOP_MASK",
      "UNIT2_SECOND_MID_SHIFT",
      "UNIT2_SECOND_MID_MASK",
    ];
    const top = 1n << BigInt(dataBits - 1);
    const all = 2n * top - 1n;
    const folder = mkdtempSync(join(tmpdir(), "header-"));
    try {
      writeFileSync(join(folder, "unit2.h"), registerHeader(map));
      const prints = values.map((value) => `  printf("%llu\\n", (unsigned long long)(${value}));`).join("\n");
      // Twice, for the guard.
      const program = `#include <stdio.h>\n#include "unit2.h"\n#include "unit2.h"\nint main(void) {\n${prints}\n  return 0;\n}\n`;
      writeFileSync(join(folder, "main.c"), program);
      const options = { cwd: folder, encoding: "utf8", timeout: 60_000, stdio: "pipe" } as const;
      execFileSync("gcc", ["-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror", "-o", "main", "main.c"], options);
      const printed = execFileSync(join(folder, "main"), [], options).trim().split("\n").map(BigInt);
      const mid = 0xffffn << 5n;
      expect(printed).toEqual([0n, all - 1n, all, 0x100n, top, BigInt(dataBits - 1), top, 5n, mid]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
