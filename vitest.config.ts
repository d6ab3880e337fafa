import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    exclude: ["**/node_modules/**", "build/**"],
    testTimeout: 120_000,
    pool: "forks",
    // The simulators and Yosys keep one core busy while Node waits for them; two at a time use a small machine well.
    maxWorkers: 2,
  },
});
