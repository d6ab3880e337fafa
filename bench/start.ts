import { type Benchmark, below, plain } from "./figure.ts";
import { measureNode } from "./measure.ts";

/** The main job, with everything installed. */
export const start: Benchmark = {
  name: "start",
  summary: "npm start after the install",
  async run() {
    const cost = measureNode(["scripts/start.mjs"]);
    return [
      below("real time", cost.wallSeconds, "s", 60),
      plain("peak memory of the first process", cost.megabytes, "MB"),
    ];
  },
};
