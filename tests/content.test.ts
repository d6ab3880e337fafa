import { expect, test } from "vitest";
import { readRepositoryFile, repositoryFiles } from "./repository-files.ts";

// Put together from parts, so that this file does not hold what it looks for.
const registries = [
  ["registry", "npmjs", "org"],
  ["registry", "yarnpkg", "com"],
  ["npm", "pkg", "github", "com"],
  ["pypi", "org"],
  ["pythonhosted", "org"],
  ["crates", "io"],
  ["rubygems", "org"],
  ["proxy", "golang", "org"],
  ["deb", "debian", "org"],
  ["archive", "ubuntu", "com"],
].map((parts) => parts.join("."));
const machinePath = new RegExp(`(?<![\\w./-])/(${["work", "root", "home/\\w+", "tmp/bash_jobs"].join("|")})/`);
const neighbour = new RegExp(`\\.\\./${"shared"}/`);

/** Text files of the repository; vitest's and npm's own records name nothing of ours. */
const texts = repositoryFiles()
  .filter((path) => !/\.(npy|npz|safetensors|gz|png|wasm)$/.test(path))
  .map((path) => ({ path, text: readRepositoryFile(path) }));

test("no file names the host of a package registry", () => {
  const found = texts.flatMap(({ path, text }) =>
    registries.filter((host) => text.includes(host)).map((host) => `${path} names ${host}`),
  );
  expect(found).toEqual([]);
});

test("no file names a path of one machine", () => {
  const found = texts.filter(({ text }) => machinePath.test(text) || neighbour.test(text));
  expect(found.map(({ path }) => path)).toEqual([]);
  expect(machinePath.test(`see ${["", "work", "main"].join("/")}`)).toBe(true);
});
