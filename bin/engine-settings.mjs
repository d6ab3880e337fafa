import { setFlagsFromString } from "node:v8";
const f = (process.env.ES ?? "--interrupt-budget=260000 --max-inlined-bytecode-size=200 --max-inlined-bytecode-size-cumulative=400").split(" ");
for (const x of f) setFlagsFromString(x);
