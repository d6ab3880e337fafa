// How V8 runs the command. It optimises a function after so much code of it has run (66 KB of bytecode), and takes others
// into it up to a size. A command of a second ends before much of that work pays, which costs as much processor time on
// other threads as a fifth of the command itself. The loops that run for minutes are WebAssembly and heed none of this.
import { setFlagsFromString } from "node:v8";

setFlagsFromString("--interrupt-budget=260000");
setFlagsFromString("--max-inlined-bytecode-size=200");
setFlagsFromString("--max-inlined-bytecode-size-cumulative=400");
// A command's heap only grows for a second or two: it may become eight times as large before the collector goes through
// all of it, and not four times.
setFlagsFromString("--heap-growing-percent=700");
