// How V8 runs the command. It optimises a function after so much code of it has run (66 KB of bytecode); a command of half
// a second ends before most of that work pays, on threads that cost as much processor time as the command itself.
import { setFlagsFromString } from "node:v8";

setFlagsFromString("--interrupt-budget=260000");
