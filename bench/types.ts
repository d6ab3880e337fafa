import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Benchmark, below, type Figure, plain } from "./figure.ts";
import { median } from "./measure.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const work = join(root, "build", `types-bench-${process.pid}`);

const ports = 100;
const operations = 500;

/** A module of 100 ports of all kinds of types and 500 operators whose widths the checker works out. */
function largeModule(): string {
  const types = ["uint(W)", "sint(W)", "vec(4, uint(W))", "bundle({ valid: bit, data: uint(W) })", "State"];
  const typeOf = (i: number): string => types[i % types.length]!.replace("W", String(1 + ((i * 7) % 48)));
  const names = ["bit", "bundle", "enumeration", "input", "Module", "mux", "output", "sint", "uint", "vec"];
  const fields = Array.from({ length: ports }, (_, i) => {
    const direction = i < ports / 2 ? "input" : "output";
    return `  readonly p${i} = ${direction}(${typeOf(i % (ports / 2))});`;
  });
  const statements: string[] = [];
  const integers = Array.from({ length: ports / 2 }, (_, i) => i).filter((i) => i % types.length === 0);
  for (let i = 0; i < operations; i++) {
    const a = `this.p${integers[i % integers.length]}`;
    const b = i >= 10 && i % 3 === 0 ? `x${i - 10}` : `this.p${integers[(3 * i + 1) % integers.length]}`;
    const make = [
      `${a}.add(${b}).wrap(${1 + (i % 40)})`,
      `${a}.mul(${b}).truncate(${2 + (i % 30)})`,
      `${a}.and(${b}).xor(${a}).resize(${1 + (i % 50)})`,
      `mux(${a}.lt(${b}), ${a}, ${b}).wrap(${1 + (i % 20)})`,
      `${a}.sub(${b}).abs().resize(${8 + (i % 30)})`,
    ][i % 5]!;
    statements.push(`    const x${i} = ${make};`);
  }
  for (let i = 0; i < ports / 2; i++) statements.push(`    this.p${i + ports / 2}.value = this.p${i};`);
  return `import { ${names.join(", ")} } from "lodestone";
const State = enumeration("State", ["idle", "run", "done"]);
export class Large extends Module {
${fields.join("\n")}
  build() {
${statements.join("\n")}
    void [${Array.from({ length: operations }, (_, i) => `x${i}`).join(", ")}];
  }
}
`;
}

/** A file that only names the library, so that what reading it costs can be taken away. */
const emptyModule = `import { Module } from "lodestone";
export abstract class Empty extends Module {}
`;

interface CheckCost {
  readonly wallSeconds: number;
  readonly types: number;
}

/** Type checks a project and tells how long it took, median of the runs, and how many types the checker made. */
function check(project: string, runs: number): CheckCost {
  const walls: number[] = [];
  let types = 0;
  for (let i = 0; i < runs; i++) {
    const started = performance.now();
    const run = spawnSync(process.execPath, [tsc, "--noEmit", "--extendedDiagnostics", "-p", project], {
      cwd: root,
      encoding: "utf8",
      timeout: 600_000,
    });
    walls.push((performance.now() - started) / 1000);
    if (run.status !== 0) throw new Error(`the type checker ended with ${run.status}:\n${run.stdout}${run.stderr}`);
    types = Number(/^Types:\s+(\d+)/m.exec(run.stdout)?.[1] ?? 0);
  }
  return { wallSeconds: median(walls), types };
}

function project(name: string, text: string): string {
  const folder = join(work, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "module.ts"), text);
  const settings = { extends: join(root, "tsconfig.json"), include: ["*.ts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
  return folder;
}

/** What the editor and `npm run check` pay for widths in types. */
export const types: Benchmark = {
  name: "types",
  summary: "type checking: this repository, and a module of 100 ports and 500 operators; real time, whole process",
  async run(): Promise<Figure[]> {
    try {
      const empty = check(project("empty", emptyModule), 5);
      const large = check(project("large", largeModule()), 5);
      const all = check(root, 3);
      return [
        below("the whole repository", all.wallSeconds, "s", 10),
        plain("types made for it", all.types, ""),
        plain("a file that only imports the library", empty.wallSeconds, "s"),
        below("100 ports and 500 operators, above that", large.wallSeconds - empty.wallSeconds, "s", 1),
        plain("types made above that", large.types - empty.types, ""),
      ];
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  },
};
