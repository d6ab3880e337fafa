import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeFileWhole, writeFolder } from "./atomic-folder.ts";

let scratch = "";
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "lodestone-folder-"));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

/** All files under a folder with their contents; temporary folders would show. */
function contents(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

const files = [
  { path: "a.v", content: "module a;" },
  { path: "tb/vectors.hex", content: new Uint8Array([48, 49]) },
];
const refused = expect.objectContaining({ exitCode: 2 });

test("a new folder, with the folders above it", () => {
  writeFolder(join(scratch, "x", "y"), files);
  expect(contents(scratch)).toEqual({ "x/y/a.v": "module a;", "x/y/tb/vectors.hex": "01" });
  expect(statSync(join(scratch, "x", "y")).mode & 0o777).toBe(0o777 & ~process.umask());
});

test("an existing folder keeps what is not ours", () => {
  const folder = join(scratch, "out");
  mkdirSync(join(folder, "tb"), { recursive: true });
  writeFileSync(join(folder, "notes.txt"), "mine");
  writeFileSync(join(folder, "a.v"), "old");
  writeFileSync(join(folder, "tb", "other"), "mine too");
  writeFolder(folder, files);
  expect(contents(scratch)).toEqual({
    "out/a.v": "module a;",
    "out/notes.txt": "mine",
    "out/tb/other": "mine too",
    "out/tb/vectors.hex": "01",
  });
});

test("a folder reached through a symbolic link is written where it lies", () => {
  mkdirSync(join(scratch, "real"));
  symlinkSync(join(scratch, "real"), join(scratch, "link"));
  writeFolder(join(scratch, "link"), files);
  expect(readFileSync(join(scratch, "real", "a.v"), "utf8")).toBe("module a;");
});

describe("names that lead elsewhere are refused before anything is written", () => {
  test.each([
    "",
    ".",
    "..",
    "../a",
    "/a",
    "a/../b",
    "a//b",
    "a\\b",
    "a\0b",
    "-rf",
    ".hidden",
    "a/",
    "ä.v",
    "x".repeat(300),
  ])("%j", (path) => {
    expect(() =>
      writeFolder(join(scratch, "out"), [
        { path: "good.v", content: "" },
        { path, content: "" },
      ]),
    ).toThrow(refused);
    expect(readdirSync(scratch)).toEqual([]);
  });

  test("two files of one name, a file and a folder of one name", () => {
    const twice = [...files, { path: "A.V", content: "" }];
    expect(() => writeFolder(join(scratch, "out"), twice)).toThrow(/two files.*"a\.v"/);
    const both = [...files, { path: "tb", content: "" }];
    expect(() => writeFolder(join(scratch, "out"), both)).toThrow(/"tb" would be both a file and a folder/);
  });
});

describe("obstacles are found before anything is renamed", () => {
  test.each([
    ["a folder where a file must go", () => mkdirSync(join(scratch, "out", "tb", "vectors.hex"), { recursive: true })],
    ["a file where a folder must go", () => writeFileSync(join(scratch, "out", "tb"), "")],
    ["a link to a folder elsewhere", () => symlinkSync(tmpdir(), join(scratch, "out", "tb"))],
    ["a link to a file elsewhere", () => symlinkSync("/etc/hostname", join(scratch, "out", "a.v"))],
  ])("%s", (_, prepare) => {
    mkdirSync(join(scratch, "out"));
    prepare();
    const before = readdirSync(join(scratch, "out"));
    expect(() => writeFolder(join(scratch, "out"), files)).toThrow(refused);
    expect(readdirSync(join(scratch, "out"))).toEqual(before);
  });
});

test("a target that is a file, lies under a file, or cannot be made", () => {
  const file = join(scratch, "file");
  writeFileSync(file, "mine");
  expect(() => writeFolder(file, files)).toThrow(/it is a file, not a folder/);
  expect(() => writeFolder(join(file, "out"), files)).toThrow(refused);
  expect(() => writeFolder("/proc/lodestone/out", files)).toThrow(refused);
  expect(contents(scratch)).toEqual({ file: "mine" });
});

describe("one file", () => {
  test("is replaced whole, nothing else is left", () => {
    const path = join(scratch, "x", "c.npy");
    writeFileWhole(path, "old");
    writeFileWhole(path, new Uint8Array([49]));
    expect(contents(scratch)).toEqual({ "x/c.npy": "1" });
  });

  test("a folder of that name, or a file above it, is an error", () => {
    mkdirSync(join(scratch, "folder"));
    expect(() => writeFileWhole(join(scratch, "folder"), "")).toThrow(/it is a folder/);
    writeFileSync(join(scratch, "file"), "");
    expect(() => writeFileWhole(join(scratch, "file", "c.npy"), "")).toThrow(refused);
    expect(existsSync(join(scratch, "folder"))).toBe(true);
  });
});
