import { codes, type DiagnosticCode, diagnosticCodes } from "./codes.ts";
import { explain } from "./explain.ts";

const head = `# Diagnostics

Every complaint Lodestone makes, by its code. Made from the records in \`hdl/diagnostics/codes/\` by \`npm run docs\`; the
tests run every example. \`lodestone explain LS0101\` shows the same in a terminal. How checking works and how a
warning is allowed: [language/checks.md](language/checks.md).

The examples leave out \`import { … } from "lodestone"\`. A cast such as \`as never\` stands for code that the type checker
cannot see: in ordinary code the editor refuses it before.
`;

/**
 * The page docs/diagnostics.md.
 * @param messageOf what a person is told of a code's bad example
 */
export function diagnosticsPage(messageOf: (code: DiagnosticCode) => string): string {
  const rows = diagnosticCodes.map((code) => {
    const { severity, title } = codes[code];
    return `| [${code}](#${code.toLowerCase()}) | ${severity} | ${title} |`;
  });
  const table = ["| code | severity | what it is about |", "| --- | --- | --- |", ...rows].join("\n");
  return `${[head, table, "", ...diagnosticCodes.map((code) => section(code, messageOf(code)))].join("\n")}`;
}

function section(code: DiagnosticCode, message: string): string {
  const { severity, title, meaning, why, bad, good, suppress } = explain(code);
  return `## ${code}

${severity === "error" ? "Error" : "Warning"}: **${title}.** ${meaning} ${why}

\`\`\`typescript
${bad}
\`\`\`

\`\`\`text
${message}
\`\`\`

Mended:

\`\`\`typescript
${good}
\`\`\`
${severity === "warning" || codes[code].suppress !== undefined ? `\n${suppress}\n` : ""}`;
}
