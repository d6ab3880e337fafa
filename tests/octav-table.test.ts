import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { octavDistanceTable } from "../tb/octav/distance-table.ts";

test("the table of docs/octav.md is what is computed today", () => {
  const page = readFileSync(fileURLToPath(new URL("../docs/octav.md", import.meta.url)), "utf8");
  const written = page.match(/<!-- distances[^>]*-->\n\n([\s\S]*?)\n\n<!-- end of distances -->/)?.[1];
  expect(written).toBe(octavDistanceTable());
});
