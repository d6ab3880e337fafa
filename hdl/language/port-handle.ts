import type { Allowance, Source } from "../diagnostics/index.ts";
import type { Node } from "../ir/index.ts";
import type { DataType, Leaf } from "../types/index.ts";
import type { ClockDomain } from "./clock-domain.ts";
import type { ModuleContext } from "./context.ts";
import type { Target } from "./target.ts";

/**
 * A port while modules are being built. Inside its module an input is read and an output driven; in the parent, through
 * the instance, it is the other way round. Which of the two holds is seen from the module being built.
 */
export class PortHandle {
  readonly direction: "input" | "output";
  readonly type: DataType;
  readonly leaves: readonly Leaf[];
  readonly source: Source;
  /** Warnings that the code allows for it; they hold in its own module. */
  readonly allowances: Pick<Allowance, "code" | "reason" | "source">[] = [];
  /** The clock domain that the port is said to belong to. */
  readonly domain: ClockDomain | undefined;
  /** Set when the module's fields are read, before build(). */
  name: string | undefined;
  inner: ModuleContext | undefined;
  /** For an output, while its own module is built. */
  outputTargets: readonly Target[] | undefined;
  /** For a port of a child, in the parent. */
  outer: { context: ModuleContext; instance: number; instanceName: string } | undefined;
  inputTargets: readonly Target[] | undefined;
  /** The nodes already made for its elements, as seen from inside and from the parent. */
  readonly innerNodes: Node[] = [];
  readonly outerNodes: Node[] = [];

  constructor(
    direction: "input" | "output",
    type: DataType,
    leaves: readonly Leaf[],
    source: Source,
    domain?: ClockDomain | undefined,
  ) {
    this.domain = domain;
    this.direction = direction;
    this.type = type;
    this.leaves = leaves;
    this.source = source;
  }

  /** `sum`, or `sum[3]` for an element. */
  elementName(element: number): string {
    return `${this.name ?? this.source.name ?? "port"}${pathText(this.leaves[element]!.path)}`;
  }
}

/** An index path as the user writes it: `[3][1]`. */
export function pathText(path: readonly number[]): string {
  return path.map((i) => `[${i}]`).join("");
}

/** An index path as part of a Verilog name: `_3_1`. */
export function pathSuffix(path: readonly number[]): string {
  return path.map((i) => `_${i}`).join("");
}
