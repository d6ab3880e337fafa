#!/usr/bin/env node
// `npx verilator ...` inside this repository: finds the installed Verilator, checks its version and becomes it.
import { spawn } from "node:child_process";
import { constants } from "node:os";

/** The tool, or undefined after one line on standard error that says what to do. */
async function find() {
  try {
    const { register } = await import("tsx/esm/api");
    const unregister = register();
    const { findTool } = await import("../hdl/tools/find-tool.ts");
    await unregister();
    return await findTool("verilator");
  } catch (error) {
    const missing = error.code === "ERR_MODULE_NOT_FOUND" && error.message.includes("tsx");
    if (!missing && error.exitCode !== 2) throw error;
    console.error(`verilator: ${missing ? "this project's packages are not installed; run npm ci" : error.message}`);
    return undefined;
  }
}

const tool = await find();
if (tool === undefined) {
  process.exitCode = 2;
} else {
  const child = spawn(tool.path, process.argv.slice(2), { stdio: "inherit" });
  // The terminal sends Ctrl-C to both of us; the child decides what it means. Other signals reach us alone.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`verilator: ${tool.path} cannot be started: ${error.message}`);
    process.exitCode = 2;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
  });
}
