// Describes a design of a given size, checks it and emits its Verilog; measured as a whole process. Plain JavaScript, so
// that what is measured is the language and not the translation of this file.
//   node bench/describe-design.mjs counters|operators N
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import "../bin/engine-settings.mjs";
import { compiledTree } from "../bin/compiled-tree.mjs";

const tree = await compiledTree(fileURLToPath(new URL("..", import.meta.url)));
const hdl = await import(pathToFileURL(join(tree, "hdl", "index.js")).href);
const { bit, compile, emitVerilog, input, instance, Module, mux, output, register, uint, vec, when } = hdl;

class Counter extends Module {
  enable = input(bit);
  count = output(uint(8));
  build() {
    const value = register(uint(8), { reset: 0 });
    when(this.enable, () => {
      value.next = value.addWrap(1);
    });
    this.count.value = value;
  }
}

class Counters extends Module {
  enable = input(vec(this.params.size, bit));
  counts = output(vec(this.params.size, uint(8)));
  build() {
    for (let i = 0; i < this.params.size; i++) {
      const counter = instance(new Counter({}));
      counter.enable.value = this.enable.at(i);
      this.counts.at(i).value = counter.count;
    }
  }
}

/** One flat module of `size` operators: 64 chains of additions, exclusive ors, comparisons and multiplexers. */
class Operators extends Module {
  x = input(vec(64, uint(16)));
  y = output(vec(64, uint(16)));
  build() {
    const values = [...this.x];
    for (let made = 0; made < this.params.size; made += 4) {
      const i = (made >> 2) % 64;
      const other = values[(i * 7 + (made >> 8) + 1) % 64];
      const sum = values[i].addWrap(other);
      const mixed = sum.xor(values[(i + 17) % 64]);
      values[i] = mux(sum.lt(other), mixed, sum);
    }
    for (let i = 0; i < 64; i++) this.y.at(i).value = values[i];
  }
}

const [kind, count] = process.argv.slice(2);
const size = Number(count);
const design = compile(kind === "counters" ? new Counters({ size }) : new Operators({ size }));
const characters = emitVerilog(design).reduce((sum, file) => sum + file.text.length, 0);
if (characters < size) throw new Error("the design came out too small");
