import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the documentation. */
export const docsFolder = fileURLToPath(new URL("../docs", import.meta.url));

/** A fenced block of code in a page. */
export interface CodeBlock {
  /** The page, from docs/. */
  readonly page: string;
  /** The line of its first line of code. */
  readonly line: number;
  /** What stands behind the three backquotes. */
  readonly language: string;
  readonly code: string;
}

/** A program that the documentation shows. */
export interface DocsProgram {
  /** Where it stands, for a person. */
  readonly place: string;
  /** A name for its file. */
  readonly fileName: string;
  readonly code: string;
}

/** Every page, from docs/, in order. */
export function docsPages(): string[] {
  return readdirSync(docsFolder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".md"))
    .sort();
}

/** The fenced blocks of a page. */
export function codeBlocks(page: string): CodeBlock[] {
  const lines = readFileSync(join(docsFolder, page), "utf8").split("\n");
  const blocks: CodeBlock[] = [];
  let start = -1;
  lines.forEach((line, i) => {
    if (start < 0 && line.startsWith("```")) start = i;
    else if (start >= 0 && line === "```") {
      const code = `${lines.slice(start + 1, i).join("\n")}\n`;
      blocks.push({ page, line: start + 2, language: lines[start]!.slice(3), code });
      start = -1;
    }
  });
  return blocks;
}

const fileStem = (page: string): string => page.replace(".md", "").replaceAll("/", "-");

/** Pages whose blocks are parts of one program. */
const isOneProgram = (page: string): boolean =>
  page === "tour.md" || (page.startsWith("cookbook/") && page !== "cookbook/README.md");

/** The programs of a page: each `ts` block is one; all together in the tour and on the pages of recipes. */
export function programsOf(page: string): DocsProgram[] {
  const blocks = codeBlocks(page).filter(({ language }) => language === "ts");
  if (isOneProgram(page)) {
    const code = blocks.map((block) => block.code).join("\n");
    return blocks.length === 0 ? [] : [{ place: page, fileName: `${fileStem(page)}.mts`, code }];
  }
  return blocks.map(({ line, code }) => ({
    place: `${page}:${line}`,
    fileName: `${fileStem(page)}-${line}.mts`,
    code,
  }));
}
