import { describe, expect, test } from "vitest";
import { distributionNames } from "../bench/distributions.ts";
import { postProcessDistance, postProcessTable } from "../bench/post-process-distance.ts";
import { distanceTable, quantizerDistances } from "../bench/quantizer-distance.ts";
import { readRepositoryFile } from "./repository-files.ts";

const page = readRepositoryFile("docs/quantizer.md");
const table = /<!-- distance[^>]*-->\n\n([\s\S]*?)\n\n<!-- end of distance -->/.exec(page)?.[1]?.split("\n") ?? [];

describe("the table of distances in docs/quantizer.md", () => {
  test("has what is measured today: four bits, 64 elements (npm run quantizer-table)", () => {
    const rows = quantizerDistances(({ elementBits, vectorSize }) => elementBits === 4 && vectorSize === 64);
    expect(rows.length).toBe(4);
    for (const row of distanceTable(rows).split("\n").slice(2)) expect(table).toContain(row);
    for (const { codesDiffer, reciprocalLoss } of rows) {
      expect(reciprocalLoss).toBeLessThan(0.01);
      expect(codesDiffer).toBeLessThan(0.01);
    }
  });

  test("says of every row that the reciprocal loses less than 0.01 dB", () => {
    const losses = table.slice(2).map((row) => Number.parseFloat(row.split("|")[7] ?? "x"));
    expect(losses.length).toBe(28);
    for (const loss of losses) expect(loss).toBeLessThan(0.01);
  });
});

describe("the table of post-process in docs/quantizer.md", () => {
  test("has what is measured today (npm run quantizer-table)", () => {
    expect(page).toContain(`-->\n\n${postProcessTable()}\n\n<!-- end of rounding -->`);
  });

  test.each(distributionNames)("%s: half a unit at most to nearest, less than one downward", (distribution) => {
    for (const rounding of ["half-up", "half-even", "half-away"] as const)
      expect(postProcessDistance(distribution, rounding).largest).toBeLessThanOrEqual(0.5);
    const down = postProcessDistance(distribution, "down");
    expect(down.largest).toBeLessThan(1);
    expect(down.mean).toBeLessThan(-0.2);
  });
});
