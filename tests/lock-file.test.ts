import { expect, test } from "vitest";
import { readRepositoryFile } from "./repository-files.ts";

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readRepositoryFile("package-lock.json")) as { packages: Record<string, LockedPackage> };

test("the lock file holds every package that another one names, those of other platforms too", () => {
  // Without them npm ci refuses the whole file; npm leaves them out when a registry does not have them.
  const missing = Object.entries(lock.packages).flatMap(([place, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter(
        (name) => !(`node_modules/${name}` in lock.packages) && !(`${place}/node_modules/${name}` in lock.packages),
      )
      .map((name) => `${place || "package.json"} names ${name}`),
  );
  expect(missing).toEqual([]);
});

test("it names no registry, and what every platform installs is checked by content", () => {
  const packages = Object.entries(lock.packages).filter(([place]) => place !== "");
  expect(packages.length).toBeGreaterThan(20);
  for (const [place, { integrity, optional, resolved }] of packages) {
    expect(resolved, place).toBeUndefined();
    if (optional !== true) expect(integrity, place).toMatch(/^sha512-/);
  }
});
