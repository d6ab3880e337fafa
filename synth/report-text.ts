import type { ModuleReport, SynthesisReport } from "./report.ts";

/**
 * The report as lines of text without colour: a table that lines up, what its columns mean, warnings, the recipe.
 * Numbers of a module are those of one instance with all that it contains.
 */
export function reportLines(report: SynthesisReport): readonly string[] {
  const { recipe } = report;
  const timed = recipe.library !== null;
  const header = ["module", "instances", "cells", "flip-flops", "GE"];
  if (timed) header.push("um2");
  header.push("path, gates");
  if (timed) header.push("own delay, ps");
  const rows = report.modules.map((module) => rowOf(module, timed));
  const lines = [...tableLines([header, ...rows]), ""];

  lines.push(
    "Each row is one instance with all that it contains. GE: gate equivalents, the area of a two-input NAND.",
    "Path: cells in a row between ports and registers; it crosses the boundaries of contained modules, not the module's own.",
  );
  if (timed)
    lines.push(
      "Own delay: longest path through the module's own gates alone; without contained modules, wires, clock-to-output and set-up.",
    );
  const top = report.modules[0];
  if (top?.path.from != null) lines.push(`Longest path: from ${top.path.from} to ${top.path.to}.`);
  if (report.warnings.length > 0) lines.push("", ...report.warnings.map((warning) => `warning: ${warning}`));

  lines.push("", `Recipe: ${recipe.yosys}, ${recipe.seconds.toFixed(1)} s`);
  if (recipe.library !== null) {
    const { name, fileName, sha256, nand2, nand2Area } = recipe.library;
    lines.push(`  library  ${name}, 1 GE = ${nand2} = ${nand2Area} um2`, `  file     ${fileName}, SHA-256 ${sha256}`);
  }
  lines.push(`  areas    ${recipe.areas}`);
  lines.push(...wrapped(recipe.yosysScript.trim().split("\n")));
  return lines;
}

function rowOf(module: ModuleReport, timed: boolean): string[] {
  const { total, path } = module;
  const row = [
    "  ".repeat(module.level) + module.name,
    grouped(module.instances),
    grouped(total.cells),
    grouped(total.flipFlops),
    grouped(total.gateEquivalents),
  ];
  if (timed) row.push(grouped(total.squareMicrometres ?? 0));
  row.push(path.gates === null ? "-" : grouped(path.gates));
  if (timed) row.push(path.picoseconds === null ? "-" : grouped(path.picoseconds));
  return row;
}

/** Columns padded to their widest cell, two blanks between; the first to the left, numbers to the right. */
function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
}

/** The script's commands, several to a line, in the order they run. */
function wrapped(commands: readonly string[]): string[] {
  const lines: string[] = [];
  for (const command of commands) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + command.length < 110) lines[lines.length - 1] = `${last}; ${command}`;
    else lines.push(`${last === undefined ? "  script   " : "           "}${command}`);
  }
  return lines;
}

/** `12345.6` as `12,346`; numbers below 100 that are no integers keep one decimal. */
export function grouped(value: number): string {
  const text = Number.isInteger(value) || value >= 100 ? String(Math.round(value)) : value.toFixed(1);
  const [whole = "", fraction] = text.split(".");
  const withCommas = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? withCommas : `${withCommas}.${fraction}`;
}
