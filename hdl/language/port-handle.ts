import type { Allowance, Source } from "../diagnostics/index.ts";
import type { Node } from "../ir/index.ts";
import type { Leaf, PackedType, Path } from "../types/index.ts";
import type { ClockDomain } from "./clock-domain.ts";
import { currentContext, type ModuleContext } from "./context.ts";
import type { Target } from "./target.ts";

/**
 * A port while modules are being built. Inside its module an input is read and an output driven; in the parent, through
 * the instance, it is the other way round. Which of the two holds is seen from the module being built.
 */
export class PortHandle {
  readonly direction: "input" | "output";
  readonly type: PackedType;
  readonly leaves: readonly Leaf[];
  readonly source: Source;
  /** Warnings that the code allows for it; they hold in its own module. */
  readonly allowances: Pick<Allowance, "code" | "reason" | "source">[] = [];
  /** The clock domain that the port is said to belong to. */
  readonly domain: ClockDomain | undefined;
  /** The way to it inside the bundle that its field holds; empty for a port that is a field itself. */
  readonly path: Path;
  /** Where it was made: outside of any module for the ports of the top, in the parent for those of a child. */
  readonly madeIn = currentContext();
  /** The way to it inside the array that its field holds; empty where that is none. */
  index: readonly number[] = [];
  /** The name of the field and, joined to its path, of the port. Set when the module's fields are read, before build(). */
  field: string | undefined;
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
    type: PackedType,
    leaves: readonly Leaf[],
    source: Source,
    path: Path = [],
    domain?: ClockDomain | undefined,
  ) {
    this.domain = domain;
    this.direction = direction;
    this.type = type;
    this.leaves = leaves;
    this.source = source;
    this.path = path;
  }

  /** `sum`, `sum[3]` for an element, `request.data` for a field of a bundle. */
  elementName(element: number): string {
    const field = this.field ?? this.source.name ?? "port";
    return `${field}${pathText(this.index)}${pathText(this.path)}${pathText(this.leaves[element]!.path)}`;
  }
}

/** A path as the user writes it: `[3][1]`, `.header.kind`. */
export function pathText(path: Path): string {
  return path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
}

/** A path as part of a Verilog name: `_3_1`, `_header_kind`. */
export function pathSuffix(path: Path): string {
  return path.map((i) => `_${i}`).join("");
}
