import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { endOnExit, killGroup } from "../../tools/child-groups.ts";
import { runTool, seconds, ToolError, ToolTimeoutError } from "../../tools/run-tool.ts";

/** What a simulator sends once it has started and is ready for commands. */
export const greeting = "ready 1\n";

export interface ChannelOptions {
  readonly path: string;
  readonly args: readonly string[];
  /** Who the child is, for messages: `the Verilator simulation of counter`. */
  readonly title: string;
  /** A private folder for the pipes; they are gone from it when `openChannel` returns. */
  readonly folder: string;
  /** Time limit in milliseconds for the start and for every wait without a sign of life. */
  readonly timeoutMs: number;
  /** Room for replies that are not taken yet; the caller must never have more than that outstanding. */
  readonly inboxBytes: number;
}

/**
 * Starts a simulator that reads commands from file descriptor 3 and writes replies to 4, and waits for its greeting.
 *
 * Named pipes are used because their file descriptors, other than those of Node's own child pipes, can be read and
 * written synchronously. Both ends are opened here before the child starts, so that no open can block, and the names
 * are removed again at once.
 *
 * @throws ToolError when the child cannot be started, ends early or does not greet in time.
 */
export async function openChannel(options: ChannelOptions): Promise<ChildChannel> {
  const commandPath = join(options.folder, "commands");
  const replyPath = join(options.folder, "replies");
  const made = await runTool("mkfifo", ["-m", "600", commandPath, replyPath], { timeoutMs: 20_000 });
  if (made.status !== 0) throw new ToolError(`mkfifo failed in ${options.folder}: ${made.stderr.trim()}`);

  const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;
  const opened = new Set<number>();
  const open = (path: string, flags: number | string): number => {
    const fd = openSync(path, flags, 0o600);
    opened.add(fd);
    return fd;
  };
  try {
    // A reader can be opened without a writer when it does not block; the child's ends are then opened blocking.
    open(commandPath, O_RDONLY | O_NONBLOCK);
    const commands = open(commandPath, O_WRONLY | O_NONBLOCK);
    const childCommands = open(commandPath, O_RDONLY);
    const replies = open(replyPath, O_RDONLY | O_NONBLOCK);
    const childReplies = open(replyPath, O_WRONLY);
    const log = open(join(options.folder, "log"), "w+");
    const child = spawn(options.path, options.args, {
      stdio: ["ignore", log, log, childCommands, childReplies],
      cwd: options.folder,
      detached: true,
    });
    endOnExit(child);
    const channel = new ChildChannel(child, commands, replies, log, options);
    for (const fd of [commands, replies, log]) opened.delete(fd);
    // The child alone must hold its ends, so that reading sees the end of the file when it dies.
    for (const fd of opened) closeSync(fd);
    opened.clear();
    await channel.waitForGreeting();
    return channel;
  } catch (error) {
    for (const fd of opened) closeSync(fd);
    if (error instanceof ToolError) throw error;
    throw new ToolError(`${options.title} cannot be started: ${(error as Error).message}`);
  }
}

/** Two pipes to a running simulator, used synchronously: commands out, replies in. */
export class ChildChannel {
  readonly #child: ChildProcess;
  readonly #commands: number;
  readonly #replies: number;
  readonly #log: number;
  readonly #options: ChannelOptions;
  readonly #sleeper = new Int32Array(new SharedArrayBuffer(4));
  readonly #inbox: Buffer;
  #start = 0;
  #end = 0;
  #childClosed = false;
  #told = 0;
  #failure: ToolError | undefined;
  #closed = false;

  constructor(child: ChildProcess, commands: number, replies: number, log: number, options: ChannelOptions) {
    this.#child = child;
    this.#commands = commands;
    this.#replies = replies;
    this.#log = log;
    this.#options = options;
    // Twice the room, so that replies need moving to the front only now and then.
    this.#inbox = Buffer.alloc(2 * Math.max(options.inboxBytes, 65_536));
    child.on("error", (error) => {
      this.#failure ??= new ToolError(`${options.title} cannot be started: ${error.message}`);
    });
    // An engine that nobody disposed of must not keep this process from ending.
    child.unref();
  }

  /** Process number of the simulator. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  async waitForGreeting(): Promise<void> {
    const { title, timeoutMs } = this.#options;
    const deadline = Date.now() + timeoutMs;
    while (this.#end - this.#start < greeting.length) {
      this.#receive();
      // After a failed start the pipe is closed at once, but the reason arrives as an event.
      if (this.#childClosed) await new Promise((resolve) => setTimeout(resolve, 20));
      if (this.#failure !== undefined) throw this.#fail(this.#failure);
      if (this.#childClosed) throw this.#fail(new ToolError(`${title} ended at its start: ${this.#lastWords()}`));
      if (Date.now() > deadline) {
        throw this.#fail(new ToolTimeoutError(`${title} did not start within ${seconds(timeoutMs)} and was stopped`));
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const text = this.take(greeting.length).toString("latin1");
    if (text !== greeting) throw this.#fail(new ToolError(`${title} does not speak this program's protocol: ${text}`));
  }

  /** Sends bytes; takes in replies meanwhile, so that neither side waits for the other for ever. */
  send(bytes: Uint8Array, length: number): void {
    this.#check();
    let sent = 0;
    let idle = 0;
    let deadline = 0;
    while (sent < length) {
      const written = this.#write(bytes, sent, length - sent);
      sent += written;
      if (written > 0 || this.#receive() > 0) idle = 0;
      else if (this.#childClosed) throw this.#died();
      else deadline = this.#pause(idle++, deadline);
    }
  }

  /** Waits until `length` bytes of replies are there and hands them out; valid until the next call. */
  take(length: number): Buffer {
    this.#check();
    let idle = 0;
    let deadline = 0;
    while (this.#end - this.#start < length) {
      if (this.#receive() > 0) idle = 0;
      else if (this.#childClosed) throw this.#died();
      else deadline = this.#pause(idle++, deadline);
    }
    const bytes = this.#inbox.subarray(this.#start, this.#start + length);
    this.#start += length;
    return bytes;
  }

  /** What the simulator has written to standard output and standard error since the last call. */
  newOutput(): string {
    const size = fstatSync(this.#log).size;
    if (size <= this.#told) return "";
    const bytes = Buffer.alloc(size - this.#told);
    this.#told += readSync(this.#log, bytes, 0, bytes.length, this.#told);
    return bytes.toString("latin1");
  }

  /** Ends the simulator: first by the end of its commands, so that it can finish its files, then by force. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#commands);
    const deadline = Date.now() + (this.#failure === undefined ? Math.min(this.#options.timeoutMs, 10_000) : 0);
    while (!this.#childClosed && Date.now() < deadline) {
      this.#start = this.#end;
      if (this.#receive() === 0 && !this.#childClosed) this.#sleep(1);
    }
    this.#kill();
    closeSync(this.#replies);
    closeSync(this.#log);
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#closed) throw new Error(`${this.#options.title} was used after dispose()`);
  }

  /** Bytes written, 0 when the pipe is full. */
  #write(bytes: Uint8Array, offset: number, length: number): number {
    try {
      return writeSync(this.#commands, bytes, offset, length);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EAGAIN" || code === "EINTR") return 0;
      if (code === "EPIPE") throw this.#died();
      throw error;
    }
  }

  /** Bytes received, 0 when there are none at the moment or no more room for them. */
  #receive(): number {
    if (this.#start === this.#end) {
      this.#start = 0;
      this.#end = 0;
    } else if (this.#end > (this.#inbox.length / 4) * 3 && this.#start > 0) {
      this.#inbox.copy(this.#inbox, 0, this.#start, this.#end);
      this.#end -= this.#start;
      this.#start = 0;
    }
    const room = this.#inbox.length - this.#end;
    if (room === 0) return 0;
    try {
      const count = readSync(this.#replies, this.#inbox, this.#end, room, null);
      if (count === 0) this.#childClosed = true;
      this.#end += count;
      return count;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EAGAIN" || code === "EINTR") return 0;
      throw error;
    }
  }

  /** A wait that grows from nothing (the answer is often there within microseconds) to 1 ms. */
  #pause(idle: number, deadline: number): number {
    if (idle < 20) return deadline;
    this.#sleep(idle < 100 ? 0.05 : 1);
    const now = Date.now();
    if (idle === 20) return now + this.#options.timeoutMs;
    if (now > deadline) {
      const { title, timeoutMs } = this.#options;
      throw this.#fail(new ToolTimeoutError(`${title} gave no answer within ${seconds(timeoutMs)} and was stopped`));
    }
    return deadline;
  }

  #sleep(milliseconds: number): void {
    Atomics.wait(this.#sleeper, 0, 0, milliseconds);
  }

  #died(): ToolError {
    return this.#fail(new ToolError(`${this.#options.title} ended unexpectedly: ${this.#lastWords()}`));
  }

  #fail(error: ToolError): ToolError {
    this.#failure = error;
    this.close();
    return error;
  }

  #kill(): void {
    const { pid, exitCode, signalCode } = this.#child;
    // Once the exit was reported the number may belong to someone else.
    if (pid !== undefined && exitCode === null && signalCode === null) killGroup(pid);
  }

  /** The last lines the simulator wrote to standard output or standard error. */
  #lastWords(): string {
    const size = fstatSync(this.#log).size;
    const tail = Buffer.alloc(Math.min(size, 2000));
    readSync(this.#log, tail, 0, tail.length, size - tail.length);
    const lines = tail
      .toString("utf8")
      .split("\n")
      .filter((line) => line.trim() !== "");
    return lines.length === 0 ? "it left no message" : lines.slice(-3).join(" | ");
  }
}
