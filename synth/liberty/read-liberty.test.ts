import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tinyLiberty } from "../testing/tiny-liberty.ts";
import { libraryOf } from "./library.ts";
import { LibertyError, parseLiberty } from "./parse-liberty.ts";
import { readLiberty } from "./read-liberty.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lodestone-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** The one line that a refusal prints. */
async function refusal(path: string): Promise<string> {
  const error: unknown = await readLiberty(path).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LibertyError);
  const { message, exitCode } = error as LibertyError;
  expect(exitCode).toBe(2);
  expect(message).not.toContain("\n");
  // What zlib says differs between its versions.
  return message.replaceAll(folder, "").replace(/cut short \(.*\)/, "cut short (...)");
}

describe("readLiberty", () => {
  it("finds the cells, their kinds and areas, and the smallest NAND2", async () => {
    const { library, fileName } = await readLiberty(await file("cells.lib", tinyLiberty()));
    expect(fileName).toBe("cells.lib");
    expect(library.name).toBe("tiny");
    expect(library.nand2.name).toBe("TNAND2");
    expect(library.cells.size).toBe(9);
    expect(library.cells.get("TAOI21")).toMatchObject({
      area: 1.1,
      kind: "gate",
      inputs: ["A", "B", "C"],
      outputs: ["Y"],
    });
    expect(library.cells.get("TDFF")).toMatchObject({
      area: 4.4,
      kind: "flip-flop",
      inputs: ["D", "CK"],
      outputs: ["Q"],
    });
  });

  it("tells gzip by its content, not by its name, and hashes the file as it is", async () => {
    const packed = gzipSync(tinyLiberty());
    const { library, sha256 } = await readLiberty(await file("packed.lib", packed));
    expect(library.name).toBe("tiny");
    expect(sha256).toBe(createHash("sha256").update(packed).digest("hex"));
    expect((await readLiberty(await file("plain.lib.gz", tinyLiberty()))).library.cells.size).toBe(9);
  });

  it("drops power and the timing of registers, and nothing that area and delay need", async () => {
    const { trimmed, library } = await readLiberty(await file("cells.lib", tinyLiberty()));
    expect(trimmed).not.toMatch(/internal_power|setup_rising/);
    const again = libraryOf(parseLiberty(trimmed, "trimmed"), "trimmed");
    expect([...again.cells.keys()]).toEqual([...library.cells.keys()]);
    expect(trimmed.match(/cell_rise/g)).toHaveLength(tinyLiberty().match(/cell_rise/g)?.length ?? 0);
  });

  it("says what is wrong with a file in one line", async () => {
    const whole = tinyLiberty();
    const packed = gzipSync(whole);
    const bare = whole.slice(0, whole.indexOf("  cell (")).concat("}");
    expect({
      missing: await refusal(join(folder, "none.lib")),
      folder: await refusal(folder),
      verilog: await refusal(await file("a.v", "module a (input x);\nendmodule\n")),
      empty: await refusal(await file("empty.lib", "")),
      comment: await refusal(await file("comment.lib", "/* nothing */\n")),
      short: await refusal(await file("short.lib", whole.slice(0, 1500))),
      "short gzip": await refusal(await file("short.gz", packed.subarray(0, 200))),
      "broken gzip": await refusal(
        await file(
          "broken.gz",
          packed.map((byte, i) => (i > 60 ? byte ^ 0x55 : byte)),
        ),
      ),
      "other group": await refusal(await file("other.lib", "design (x) { }")),
      "no cells": await refusal(await file("bare.lib", bare)),
      "no areas": await refusal(await file("area.lib", whole.replace(/^ +area : .*$/gm, ""))),
      "no NAND2": await refusal(await file("nand.lib", tinyLiberty({ without: ["TNAND2", "TNAND2X2"] }))),
      "no flip-flop": await refusal(await file("dff.lib", tinyLiberty({ without: ["TDFF"] }))),
    }).toMatchInlineSnapshot(`
      {
        "broken gzip": "/broken.gz is compressed with gzip but damaged or cut short (...); fetch it again",
        "comment": "/comment.lib:2: not a Liberty library: it does not begin with library (...) {",
        "empty": "/empty.lib:1: not a Liberty library: it does not begin with library (...) {",
        "folder": "the Liberty file  cannot be read: it is a folder",
        "missing": "the Liberty file /none.lib cannot be read: no such file",
        "no NAND2": "/nand.lib: the library tiny has no two-input NAND, so no gate equivalent can be given; a file that holds the combinational cells is needed",
        "no areas": "/area.lib: no cell of the library tiny has an area, so there is no area to report",
        "no cells": "/bare.lib: the library tiny has no cells",
        "no flip-flop": "/dff.lib: the library tiny has no D flip-flop, so registers cannot be mapped; when the library is split over files, merge combinational and sequential cells into one",
        "other group": "/other.lib:1: not a Liberty library: it does not begin with library (...) {",
        "short": "/short.lib:35: not a Liberty library: the file ends inside pin (A)",
        "short gzip": "/short.gz is compressed with gzip but damaged or cut short (...); fetch it again",
        "verilog": "/a.v:1: not a Liberty library: it does not begin with library (...) {",
      }
    `);
  });
});
