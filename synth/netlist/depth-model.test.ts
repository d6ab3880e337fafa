import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBlif } from "./blif.ts";
import type { CellArcs } from "./cell-arcs.ts";
import { type DepthModel, depthModel } from "./depth-model.ts";
import { hierarchyOf } from "./hierarchy.ts";

const arcs = (type: string): CellArcs | undefined =>
  type === "FF" ? { outputs: ["Q"], stops: true } : type === "GATE" ? { outputs: ["Y"], stops: false } : undefined;

function topModel(blif: string, top: string): DepthModel {
  const models = new Map<string, DepthModel>();
  for (const { model } of hierarchyOf(parseBlif(blif), top).adding)
    models.set(model.name, depthModel(model, models, arcs));
  return models.get(top) ?? expect.fail(`no module ${top}`);
}

/** A cell of a random module: output k is a gate, a register or an instance's output, fed by earlier nets. */
interface RandomCell {
  readonly kind: "GATE" | "FF" | "child";
  readonly a: number;
  readonly b: number;
}

const randomCells = fc.array(
  fc.record({
    kind: fc.constantFrom("GATE" as const, "GATE" as const, "FF" as const, "child" as const),
    a: fc.nat(),
    b: fc.nat(),
  }),
  { minLength: 1, maxLength: 12 },
);

/** A module with inputs i0, i1 and outputs o0, o1; nets n0, n1, ... are driven by the cells in turn. */
function moduleText(name: string, cells: readonly RandomCell[], child: string | undefined): string {
  const nets = ["i0", "i1"];
  const lines: string[] = [];
  cells.forEach(({ kind, a, b }, k) => {
    const pick = (n: number): string => nets[n % nets.length] ?? "";
    const out = `n${k}`;
    if (kind === "FF") lines.push(`.subckt FF D=${pick(a)} Q=${out}`);
    else if (kind === "GATE" || child === undefined) lines.push(`.subckt GATE A=${pick(a)} B=${pick(b)} Y=${out}`);
    else {
      lines.push(`.subckt ${child} i0=${pick(a)} i1=${pick(b)} o0=${out} o1=${out}x`);
      nets.push(`${out}x`);
    }
    nets.push(out);
  });
  lines.push(`.conn ${nets.at(-1)} o0`, `.conn ${nets[nets.length >> 1]} o1`);
  return `.model ${name}\n.inputs i0 i1\n.outputs o0 o1\n${lines.join("\n")}\n.end\n`;
}

/** The longest path by brute force: the hierarchy expanded, every path walked. */
function bruteForce(levels: readonly (readonly RandomCell[])[]): number {
  type Net = { readonly gates: number };
  let longest = 0;
  const end = (net: Net): void => {
    longest = Math.max(longest, net.gates);
  };
  const expand = (level: number, i0: Net, i1: Net): [Net, Net] => {
    const nets = [i0, i1];
    for (const { kind, a, b } of levels[level] ?? []) {
      const pick = (n: number): Net => nets[n % nets.length] ?? i0;
      if (kind === "FF") {
        end(pick(a));
        nets.push({ gates: 0 });
      } else if (kind === "GATE" || level === 0) nets.push({ gates: 1 + Math.max(pick(a).gates, pick(b).gates) });
      else {
        const [o0, o1] = expand(level - 1, pick(a), pick(b));
        nets.push(o1, o0);
      }
    }
    return [nets.at(-1) ?? i0, nets[nets.length >> 1] ?? i0];
  };
  const [o0, o1] = expand(levels.length - 1, { gates: 0 }, { gates: 0 });
  end(o0);
  end(o1);
  return longest;
}

describe("depthModel", () => {
  it("finds the longest path of random hierarchies, across boundaries, as walking every path does", () => {
    fc.assert(
      fc.property(fc.array(randomCells, { minLength: 1, maxLength: 3 }), (levels) => {
        const blif = levels.map((cells, i) => moduleText(`m${i}`, cells, i > 0 ? `m${i - 1}` : undefined)).join("");
        const { longest } = topModel(blif, `m${levels.length - 1}`);
        expect(longest).not.toBe("loop");
        expect(longest).toMatchObject({ gates: bruteForce(levels) });
      }),
      { numRuns: 300 },
    );
  });

  it("names the ends, and the modules they lie in", () => {
    const blif = `
.model child
.inputs i
.outputs o
.subckt FF D=i Q=kept
.subckt GATE A=kept B=kept Y=o
.end
.model top
.inputs x
.outputs y
.subckt child i=x o=middle
.subckt GATE A=middle B=middle Y=y
.end`;
    expect(topModel(blif, "top").longest).toEqual({ gates: 2, from: "child/kept", to: "y" });
  });

  it("tells a loop through two instances from a wire that goes through one instance twice", () => {
    const child = `
.model child
.inputs a b
.outputs p q
.subckt GATE A=a Y=p
.subckt GATE A=b Y=q
.end`;
    const top = (second: string): string => `${child}
.model top
.inputs x
.outputs y
.subckt child a=${second} b=n p=n q=y
.end`;
    expect(topModel(top("x"), "top").longest).toEqual({ gates: 2, from: "x", to: "y" });
    expect(topModel(top("y"), "top")).toMatchObject({ longest: "loop", loop: ["y", "n"] });
  });

  it("has no path where there are no ends", () => {
    expect(topModel(".model top\n.inputs\n.outputs y\n.names $false\n.conn $false y\n.end", "top").longest).toBeNull();
  });
});
