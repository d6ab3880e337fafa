import type { Library } from "./library.ts";
import type { LibertyGroup } from "./parse-liberty.ts";

/**
 * Groups that neither Yosys nor ABC reads for area and delay: power, noise, current waveforms. They are most of a file,
 * and ABC reads the file again for every module of the hierarchy.
 */
const UNREAD_GROUPS: ReadonlySet<string> = new Set([
  "internal_power",
  "leakage_power",
  "leakage_current",
  "gate_leakage",
  "intrinsic_parasitic",
  "dynamic_current",
  "power_lut_template",
  "normalized_driver_waveform",
  "receiver_capacitance",
  "receiver_capacitance1_rise",
  "receiver_capacitance1_fall",
  "receiver_capacitance2_rise",
  "receiver_capacitance2_fall",
  "output_current_rise",
  "output_current_fall",
  "output_current_template",
  "ccsn_first_stage",
  "ccsn_last_stage",
  "noise_immunity_high",
  "noise_immunity_low",
  "noise_immunity_above_high",
  "noise_immunity_below_low",
  "electromigration",
  "em_lut_template",
  "rise_constraint",
  "fall_constraint",
  "test_cell",
  "user_parameters",
]);

/**
 * The library's text without the groups that area and delay do not need, and without the timing of sequential cells
 * (ABC skips those). Every cell keeps its name, area, pins, functions; every gate its delay and slew tables.
 */
export function trimLiberty(text: string, root: LibertyGroup, library: Library): string {
  const kept: string[] = [];
  let from = 0;
  const cut = (group: LibertyGroup): void => {
    kept.push(text.slice(from, group.start));
    from = group.end;
  };
  const visit = (group: LibertyGroup, sequential: boolean): void => {
    for (const child of group.groups) {
      if (UNREAD_GROUPS.has(child.kind) || (sequential && child.kind === "timing")) cut(child);
      else
        visit(child, sequential || (child.kind === "cell" && library.cells.get(child.names[0] ?? "")?.kind !== "gate"));
    }
  };
  visit(root, false);
  kept.push(text.slice(from, root.end));
  return `${kept.join("")}\n`;
}
