import { expect, test } from "vitest";
import { elaborate } from "../hdl/index.ts";
import { DotAccumulate } from "./readme/dot-accumulate.ts";
import { readRepositoryFile, repositoryFiles } from "./repository-files.ts";

test("the example in the README is a file that is checked and built", () => {
  const example = /```ts\n([\s\S]*?)```/.exec(readRepositoryFile("README.md"))?.[1];
  expect(example).toBe(readRepositoryFile("tests/readme/dot-accumulate.ts"));
  const { top } = elaborate(new DotAccumulate({ size: 4, bits: 4, sumBits: 12 }));
  expect(top.ports.map(({ name }) => name)).toEqual(["a", "b", "clear", "sum"]);
});

test("every link in the documentation leads to a file", () => {
  const all = new Set(repositoryFiles());
  const broken = [...all]
    .filter((path) => path.endsWith(".md"))
    .flatMap((path) => {
      const links = [...readRepositoryFile(path).matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)].map(
        (match) => match[1] ?? "",
      );
      return links
        .map((link) => new URL(link, `file:///${path}`).pathname.slice(1).replace(/\/$/, ""))
        .filter((target) => !all.has(target) && ![...all].some((file) => file.startsWith(`${target}/`)))
        .map((target) => `${path} links to ${target}`);
    });
  expect(broken).toEqual([]);
});
