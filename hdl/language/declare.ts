import { captureDeclaration, type Source } from "../diagnostics/index.ts";
import type { Node } from "../ir/index.ts";
import { type DataType, type Enumeration, enumerationOf, type Path } from "../types/index.ts";
import { type ModuleContext, requireContext } from "./context.ts";
import { pathSuffix, pathText } from "./port-handle.ts";
import { checkedLeaves, type SignalOf, signalOf } from "./signal-of.ts";
import type { Target, TargetWords } from "./target.ts";

/** One scalar of a declaration, with what its draft needs. */
export interface Declared {
  readonly context: ModuleContext;
  readonly target: Target;
  readonly source: Source;
  /** The name in the code, and what an element adds to it. */
  readonly base: string;
  readonly suffix: string;
  readonly group: number;
  /** The way to it inside the declared signal. */
  readonly path: Path;
  /** The names of its values, for an enumeration. */
  readonly enumeration: Enumeration | undefined;
}

/** What a declaration may say of itself. */
export interface DeclareOptions {
  /** Its name, in place of the one in the code. */
  readonly name?: string | undefined;
  /** Tells apart what a helper declares for its caller: it stands behind the caller's name. */
  readonly part?: string | undefined;
  /** What complaints say of it, by the name of what the caller has of it. */
  readonly words?: ((name: string | undefined) => TargetWords) | undefined;
  /** For a register: false when no condition around its declaration holds it back. */
  readonly gated?: boolean | undefined;
}

/**
 * Declares a wire or register of a type: names it after the code, checks the type, and has `define` note each scalar in
 * the module and return its node.
 */
export function declare<T extends DataType>(
  kind: "wire" | "register",
  type: T,
  define: (scalar: Declared) => Node,
  { name, part, words, gated = true }: DeclareOptions = {},
): SignalOf<T> {
  const context = requireContext(`${kind}()`);
  const { source, name: found } = captureDeclaration({ name, part }, declare, 1);
  const base = found ?? kind;
  checkedLeaves(type, `${kind} \`${base}\``);
  const group = context.nextGroup();
  return signalOf(type, ({ type: scalar, path }) => {
    const target: Target = {
      kind,
      name: base + pathText(path),
      width: scalar.width,
      signed: scalar.kind === "sint",
      context,
      source,
      words: words?.(source.name),
      // A register declared under a condition is one all the same, and changes only when the condition holds, unless it
      // says otherwise.
      scope: kind === "wire" || !gated ? context.scope : undefined,
      assignments: [],
    };
    const node = define({
      context,
      target,
      source,
      base,
      suffix: pathSuffix(path),
      group,
      path,
      enumeration: enumerationOf(scalar),
    });
    return { kind: "node", node, context, target };
  });
}
