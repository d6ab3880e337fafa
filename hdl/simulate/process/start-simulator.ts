import { rm } from "node:fs/promises";
import { temporaryFolder } from "../../tools/temporary-folder.ts";
import { type ChildChannel, openChannel } from "./child-channel.ts";
import { replayReplyBytes } from "./process-engine.ts";

export interface StartOptions {
  readonly path: string;
  readonly args: readonly string[];
  /** Who it is, for messages: `the Verilator simulation of counter`. */
  readonly title: string;
  readonly timeoutMs: number;
  /** The longest reply to one command. */
  readonly replyBytes: number;
}

/** Starts a simulator in a private folder, which is gone again when this returns. */
export async function startSimulator(options: StartOptions): Promise<ChildChannel> {
  return withPrivateFolder((folder) =>
    openChannel({ ...options, folder, inboxBytes: Math.max(replayReplyBytes, 2 * options.replyBytes) }),
  );
}

/** Runs `action` with a fresh folder that only this user can enter, and removes it. */
export async function withPrivateFolder<T>(action: (folder: string) => Promise<T>): Promise<T> {
  const folder = temporaryFolder("sim");
  try {
    return await action(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
