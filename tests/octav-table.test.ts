import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { octavDistanceTable } from "../tb/octav/distance-table.ts";
import { quantizerDistanceTable } from "../tb/octav/quantizer-distance-table.ts";

const page = readFileSync(fileURLToPath(new URL("../docs/octav.md", import.meta.url)), "utf8");

test("the table of docs/octav.md is what is computed today", () => {
  const written = page.match(/<!-- distances[^>]*-->\n\n([\s\S]*?)\n\n<!-- end of distances -->/)?.[1];
  expect(written).toBe(octavDistanceTable());
});

test("so is the table of the joined unit", () => {
  const written = page.match(/<!-- joined[^>]*-->\n\n([\s\S]*?)\n\n<!-- end of joined -->/)?.[1];
  expect(written).toBe(quantizerDistanceTable());
});
