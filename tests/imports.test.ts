import { expect, test } from "vitest";
import { findImports } from "./imports.ts";
import { tokenize } from "./tokens.ts";

function specifiers(source: string): string[] {
  return findImports(source).map(({ kind, specifier }) => `${kind} ${specifier}`);
}

test("every form of import is found", () => {
  const source = `
    import "a";
    import b from "b";
    import { c, type C } from 'c';
    import * as d from "d";
    import e, { f } from "e";
    import type { G } from "g";
    import { from } from "h";
    import type from "i";
    export * from "j";
    export * as k from "k";
    export { l } from "l";
    export type { M } from "m";
    const n = await import("n");
    type O = import("o").O;
  `;
  expect(specifiers(source)).toEqual([
    "value a",
    "value b",
    "value c",
    "value d",
    "value e",
    "types g",
    "value h",
    "value i",
    "value j",
    "value k",
    "value l",
    "types m",
    "dynamic n",
    "dynamic o",
  ]);
});

test("text that looks like an import is none", () => {
  const source = [
    '// import "a";',
    '/* import "b";\n import "c"; */',
    "const text = 'import \"d\";';",
    'const double = "import \\"e\\" from";',
    "const template = `import \"f\"; export * from 'g'`;",
    'const regex = /import "h"/;',
    'const inClass = /[/"]import "i"/;',
    'const half = total / 2; // import "j"',
    "const url = import.meta.url;",
    "object.import('k');",
    "export const from = 1;",
    "export { text };",
    "const l = 'from';",
    "export function from2(a: string) { return a; }",
    "import(variable);",
  ].join("\n");
  expect(specifiers(source)).toEqual([]);
});

/** A template's opening brace, which a checker would take for a mistake inside a plain string. */
const open = "$".concat("{");

test("code inside a template's braces is code, the text around it is not", () => {
  const source =
    'const a = `x #{await import("a")} import "b" #{`#{{ c: import("c") }} import "d"`} }`; import "e";'.replaceAll(
      "#{",
      () => open,
    );
  expect(specifiers(source)).toEqual(["dynamic a", "dynamic c", "value e"]);
});

test("lines are counted through comments, strings and templates", () => {
  const source = `#!/usr/bin/env node\n/*\n\n*/ \`\n${open}1}\n\`;\nimport "a";`;
  expect(findImports(source)).toEqual([{ specifier: "a", kind: "value", line: 7 }]);
});

test("an unfinished file ends", () => {
  for (const source of [
    "import",
    "import {",
    'import { a } from "',
    "export *",
    `\`${open}`,
    "/*",
    "/",
    "'\\",
    "import(",
  ]) {
    expect(() => findImports(source)).not.toThrow();
  }
  expect(tokenize("a / b / c").map(({ kind }) => kind)).toEqual(["word", "mark", "word", "mark", "word"]);
});
