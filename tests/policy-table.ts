import { formatDeclarations, formatNames, type PolicyDeclaration, policies } from "../spec/index.ts";

/** Formats in a few words: families where all of one are meant. */
function formatsText(formats: PolicyDeclaration["formats"]): string {
  if (formats.length === formatNames.length) return "all";
  const parts: string[] = [];
  for (const family of ["integer", "vsq", "mx", "nvfp4"] as const) {
    const members = formatNames.filter((name) => formatDeclarations[name].family === family);
    const meant = members.filter((name) => formats.includes(name));
    if (meant.length === 0) continue;
    const title = { integer: "integers", vsq: "VS-Quant", mx: "MX", nvfp4: "NVFP4" }[family];
    if (meant.length === members.length) parts.push(title);
    else if (members.length - meant.length === 1 && meant.length > 2) {
      parts.push(`${title} without \`${members.find((name) => !meant.includes(name))}\``);
    } else parts.push(meant.map((name) => `\`${name}\``).join(", "));
  }
  return parts.join(", ");
}

/** The table of policies as docs/numerics.md has it. */
export function policyTable(): string {
  const rows = policies.map(({ choices, decides, default: usual, exceptions, formats, name, source }) => {
    const others = Object.entries(exceptions).map(([format, choice]) => `; \`${format}\`: \`${choice}\``);
    const rest = choices.filter((choice) => choice !== usual).map((choice) => `\`${choice}\``);
    const cells = [
      `\`${name}\``,
      `\`${usual}\`${others.join("")}`,
      rest.join(", "),
      formatsText(formats),
      decides,
      source,
    ];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return [
    "| policy | default | other choices | formats | decides | source |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}
