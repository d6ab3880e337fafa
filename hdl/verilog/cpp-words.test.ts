import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { compile, input, Module, output, register, type UInt, uint } from "../index.ts";
import { isIdentifier } from "../ir/reserved-words.ts";
import { cppWords } from "./cpp-words.ts";
import { emitVerilog } from "./index.ts";
import { inFolder, lint } from "./testing/tools.ts";

/** A port for every word, and one of an ordinary name. */
class Words extends Module {
  readonly ordinary = input(uint(2));
  readonly words = [...cppWords].map((word) => Object.assign(this, { [word]: input(uint(2)) }));
  readonly sum = output(uint(2));
  build() {
    const ports = this as unknown as Record<string, UInt<2>>;
    this.sum.value = [...cppWords].reduce<UInt<2>>((sum, word) => sum.xor(ports[word]!), this.ordinary);
  }
}

/** The names that Verilator's lint complains of. */
function complaints(text: string): string[] {
  return inFolder([{ module: "Words", fileName: "Words.v", text }], (folder) => {
    try {
      execFileSync("verilator", ["--lint-only", "-Wall", "Words.v"], { cwd: folder, encoding: "utf8", stdio: "pipe" });
      return [];
    } catch (error) {
      const { stderr } = error as { stderr: string };
      return [...stderr.matchAll(/SYMRSVDWORD: .*: '(\w+)'$/gm)].map((match) => match[1]!);
    }
  });
}

describe("words of C++ as port names", () => {
  const files = emitVerilog(compile(new Words({})));

  it("are kept, and pass Verilator's lint", () => {
    lint(files);
    for (const word of cppWords) expect(files[0]!.text).toContain(`  input wire [1:0] ${word},\n`);
  });

  it("are those that it complains of, no more", () => {
    const without = files[0]!.text.replace(/^ *\/\/ verilator lint_.*\n/gm, "");
    expect(complaints(without).sort()).toEqual([...cppWords].sort());
  });

  it("are names that nobody refuses", () => {
    expect([...cppWords].filter((word) => !isIdentifier(word))).toEqual([]);
  });

  it("stand between comments, neighbours together; the names of all else need none", () => {
    class Interrupts extends Module {
      readonly near = input(uint(2));
      readonly far = input(uint(2));
      readonly a = input(uint(2));
      readonly interrupt = output(uint(2));
      build() {
        const queue = register(uint(2), { reset: 0 });
        queue.next = this.near.xor(this.a);
        const vector = this.far.add(queue);
        this.interrupt.value = vector.wrap(2).xor(vector.wrap(2).shiftRight(1));
      }
    }
    const { text } = emitVerilog(compile(new Interrupts({})), { sourceComments: false })[0]!;
    expect(text).toContain(`  input wire reset,
  // verilator lint_off SYMRSVDWORD
  input wire [1:0] near,
  input wire [1:0] far,
  // verilator lint_on SYMRSVDWORD
  input wire [1:0] a,
  // verilator lint_off SYMRSVDWORD
  output wire [1:0] interrupt
  // verilator lint_on SYMRSVDWORD
);`);
    expect(text).toContain("reg [1:0] queue;");
    lint([{ module: "Interrupts", fileName: "Interrupts.v", text }]);
  });
});
