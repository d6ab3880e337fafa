import { dirname, join } from "node:path/posix";
import { describe, expect, test } from "vitest";
import { floorAllows, floors, hdlAllows, hdlOrder } from "./house.ts";
import { findImports, type ImportStatement } from "./imports.ts";
import { readRepositoryFile, sourceFiles } from "./repository-files.ts";
import { tokenize } from "./tokens.ts";

interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly ImportStatement[];
}

const files: readonly SourceFile[] = sourceFiles().map((path) => {
  const text = readRepositoryFile(path);
  return { path, text, imports: findImports(text) };
});
const paths: ReadonlySet<string> = new Set(files.map(({ path }) => path));

function isTest(path: string): boolean {
  return /\.test(-d)?\.ts$/.test(path) || path.includes("/testing/");
}

function floorOf(path: string): string {
  return path.includes("/") ? (path.split("/")[0] ?? "") : "";
}

/** The folder inside `hdl`, empty for `hdl/index.ts`. */
function hdlFolderOf(path: string): string {
  const parts = path.split("/");
  return parts.length > 2 ? (parts[1] ?? "") : "";
}

/** Every import of one of our own files, with the path it leads to. */
function ownImports(): { from: string; to: string; line: number; kind: ImportStatement["kind"] }[] {
  return files.flatMap(({ path, imports }) =>
    imports
      .filter(({ specifier }) => specifier.startsWith("."))
      .map(({ specifier, line, kind }) => ({ from: path, to: join(dirname(path), specifier), line, kind })),
  );
}

test("the house is there to be looked at", () => {
  for (const floor of ["hdl", "spec", "scripts", "tests"]) {
    expect(files.filter(({ path }) => floorOf(path) === floor).length, floor).toBeGreaterThan(3);
  }
  expect(ownImports().length).toBeGreaterThan(50);
});

describe("imports", () => {
  test("every folder has its floor", () => {
    const strangers = [...new Set(files.map(({ path }) => floorOf(path)))].filter((f) => f !== "" && !(f in floors));
    expect(strangers).toEqual([]);
    const inner = files.filter(({ path }) => floorOf(path) === "hdl").map(({ path }) => hdlFolderOf(path));
    expect([...new Set(inner)].filter((folder) => folder !== "" && !hdlOrder.includes(folder))).toEqual([]);
  });

  test("every import of our own names an existing file with its extension", () => {
    const lost = ownImports().filter(({ to }) => !paths.has(to) && !to.endsWith(".json"));
    expect(lost.map(({ from, line, to }) => `${from}:${line} imports ${to}`)).toEqual([]);
  });

  test("a folder imports only from floors below its own", () => {
    const upward = ownImports().filter(({ from, to }) => !floorAllows(floorOf(from), floorOf(to)));
    expect(upward.map(({ from, line, to }) => `${from}:${line} imports ${to}`)).toEqual([]);
  });

  test("inside hdl a folder imports only from earlier ones; tests may look anywhere in hdl", () => {
    const upward = ownImports().filter(
      ({ from, to }) =>
        floorOf(from) === "hdl" &&
        floorOf(to) === "hdl" &&
        !isTest(from) &&
        !hdlAllows(hdlFolderOf(from), hdlFolderOf(to)),
    );
    expect(upward.map(({ from, line, to }) => `${from}:${line} imports ${to}`)).toEqual([]);
  });

  test("no test is imported by what it tests", () => {
    const wrong = ownImports().filter(({ from, to }) => isTest(to) && !isTest(from) && floorOf(from) !== "tests");
    expect(wrong.map(({ from, line, to }) => `${from}:${line} imports ${to}`)).toEqual([]);
  });

  test("only packages that package.json names are imported, and the product needs no development package", () => {
    const manifest = JSON.parse(readRepositoryFile("package.json")) as Record<string, Record<string, string>>;
    const product = new Set(Object.keys(manifest.dependencies ?? {}));
    const development = new Set([...product, ...Object.keys(manifest.devDependencies ?? {})]);
    // By its own name, as its users would import it: only where users are shown how.
    const byOwnName = ["tests", "bench", "examples"];
    const wrong = files.flatMap(({ path, imports }) => {
      const forDevelopment = isTest(path) || ["tests", "bench", ""].includes(floorOf(path));
      const allowed = floorOf(path) === "scripts" ? new Set<string>() : forDevelopment ? development : product;
      return imports
        .filter(({ specifier }) => !specifier.startsWith(".") && !specifier.startsWith("node:"))
        .filter(({ specifier }) => !allowed.has(packageOf(specifier)))
        .filter(({ specifier }) => packageOf(specifier) !== "lodestone" || !byOwnName.includes(floorOf(path)))
        .map(({ specifier, line }) => `${path}:${line} imports ${specifier}`);
    });
    expect(wrong).toEqual([]);
  });

  test("no files import each other in a circle at run time", () => {
    const runtime = ownImports().filter(({ kind }) => kind === "value");
    expect(findCycles(runtime)).toEqual([]);
  });
});

describe("files", () => {
  test("none is longer than 600 lines", () => {
    const long = files.filter(({ text }) => text.split("\n").length > 601);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  test("names are in kebab-case", () => {
    const wrong = files.filter(({ path }) => {
      const name = path.split("/").at(-1) ?? "";
      return !/^[a-z0-9]+(-[a-z0-9]+)*((\.[a-z0-9-]+)?\.test(-d)?|\.config)?\.(ts|mjs)$/.test(name);
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test("the checker is not switched off", () => {
    const directives = ["ignore", "nocheck"].map((word) => `@ts-${word}`);
    const wrong = files.flatMap(({ path, text }) =>
      directives.filter((directive) => text.includes(directive)).map((directive) => `${path}: ${directive}`),
    );
    expect(wrong).toEqual([]);
  });

  test("no type is `any`", () => {
    const wrong = files
      .filter(({ path }) => path.endsWith(".ts"))
      .flatMap(({ path, text }) => anyTypes(text).map((line) => `${path}:${line}`));
    expect(wrong).toEqual([]);
    expect(anyTypes("const a: any = b as any; let c: Array<any>; f<any>(x); type D = any[] | string")).toHaveLength(5);
    expect(anyTypes("const any = vec.any(); reduce({ any }); // any\nconst s = ': any';")).toHaveLength(0);
  });
});

/** Lines on which the word `any` stands where a type is meant. */
function anyTypes(source: string): number[] {
  const tokens = tokenize(source);
  return tokens.flatMap(({ kind, text, line }, i) => {
    if (kind !== "word" || text !== "any") return [];
    const before = tokens[i - 1]?.text ?? "";
    const after = tokens[i + 1]?.text ?? "";
    const isType = [":", "as", "<", "|", "&", "extends"].includes(before) || (after === "[" && before === "=");
    return isType ? [line] : [];
  });
}

function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
}

/** One circle per group of files that reach each other, written as a path. */
function findCycles(imports: readonly { from: string; to: string }[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const state = new Map<string, "open" | "done">();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === "done") return;
    if (state.get(path) === "open") {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(" -> "));
      return;
    }
    state.set(path, "open");
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    state.set(path, "done");
  };
  for (const path of targets.keys()) visit(path, []);
  return cycles;
}

test("a circle is found", () => {
  const circle = [
    { from: "a", to: "b" },
    { from: "b", to: "c" },
    { from: "c", to: "b" },
    { from: "d", to: "a" },
  ];
  expect(findCycles(circle)).toEqual(["b -> c -> b"]);
});

test("the rule of the house", () => {
  expect(floorAllows("golden", "hdl")).toBe(false);
  expect(floorAllows("generators", "golden")).toBe(false);
  expect(floorAllows("spec", "hdl")).toBe(false);
  expect(floorAllows("tb", "golden")).toBe(true);
  expect(hdlAllows("ir", "language")).toBe(false);
  expect(hdlAllows("simulate", "ir")).toBe(true);
  expect(hdlAllows("", "simulate")).toBe(true);
  expect(hdlAllows("ir", "")).toBe(false);
});
