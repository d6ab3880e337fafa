// Preloaded into a measured process: writes its processor time and peak memory to file descriptor 3 when it ends.
import { writeSync } from "node:fs";

process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  const { maxRSS } = process.resourceUsage();
  writeSync(3, JSON.stringify({ cpuSeconds: (user + system) / 1e6, megabytes: maxRSS / 1024 }));
});
