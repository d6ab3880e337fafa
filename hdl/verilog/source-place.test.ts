import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SourcePlaces } from "./source-place.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "places-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const at = (file: string, line: number) => ({ name: undefined, location: { file, line, column: 1 } });

describe("SourcePlaces", () => {
  it("tells files relative to the nearest folder with a package.json", () => {
    mkdirSync(join(folder, "inner", "rtl"), { recursive: true });
    writeFileSync(join(folder, "package.json"), "{}");
    const places = new SourcePlaces();
    expect(places.placeOf(at(join(folder, "inner", "rtl", "lane.ts"), 42))).toBe("inner/rtl/lane.ts:42");
    writeFileSync(join(folder, "inner", "package.json"), "{}");
    expect(new SourcePlaces().placeOf(at(join(folder, "inner", "rtl", "lane.ts"), 42))).toBe("rtl/lane.ts:42");
  });

  it("tells the bare file name where no package is, and nothing for an unknown place", () => {
    const places = new SourcePlaces();
    expect(places.placeOf(at("/no-such-folder/lane.ts", 7))).toBe("lane.ts:7");
    expect(places.placeOf({ name: "x", location: undefined })).toBeUndefined();
    expect(places.placeOf(undefined)).toBeUndefined();
  });
});
