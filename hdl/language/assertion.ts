import { captureSource } from "../diagnostics/index.ts";
import { bitwise, not, type PropertyKind } from "../ir/index.ts";
import { plainText } from "../ir/plain-name.ts";
import { requireContext } from "./context.ts";
import { type Condition, conditionNode, enableNode } from "./when.ts";

/** How a property is looked at. */
export interface PropertyOptions {
  /** Look at it while reset is active, too. Default false. */
  readonly duringReset?: boolean;
}

function property(kind: PropertyKind, condition: Condition, message: string, options: PropertyOptions): void {
  const what = `${kind}()`;
  const context = requireContext(what);
  const source = captureSource();
  if (typeof message !== "string" || message.trim() === "") {
    context.report(
      "LS0501",
      `${what} has no ${kind === "cover" ? "name" : "message"}`,
      kind === "cover"
        ? 'give it a name under which its count is read: cover(full, "buffer full")'
        : 'say in a sentence what holds: assert(count.le(9), "the count stays below ten")',
    );
    return;
  }
  const stated = conditionNode(condition, what);
  const enable = enableNode(context);
  let node = stated;
  if (enable) {
    node =
      kind === "cover"
        ? bitwise("and", enable, stated, { source })
        : bitwise("or", not(enable, { source }), stated, { source });
  }
  context.properties.push({
    kind,
    base: `${kind}_${words(message)}`,
    group: context.nextGroup(),
    message,
    condition: node,
    domain: context.domain,
    duringReset: options.duringReset ?? false,
    source,
  });
}

/** The longest name that is made from a message. */
const longestName = 40;

/** `the_count_stays_below_ten`: the first words of a message as part of a name. */
function words(message: string): string {
  const spoken = message.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? ["property"];
  const all = spoken.map(plainText);
  let text = all[0]!.slice(0, longestName);
  for (const word of all.slice(1)) {
    if (text.length + 1 + word.length > longestName) break;
    text += `_${word}`;
  }
  return text;
}

/**
 * States that `condition` is 1 in every cycle in which reset is not active; inside `when` only where that block is
 * reached. Simulation checks it at every rising clock edge, `lodestone prove` for all inputs. `message` says what holds.
 */
export function assert(condition: Condition, message: string, options: PropertyOptions = {}): void {
  property("assert", condition, message, options);
}

/**
 * States what a module relies upon, mostly about its inputs. In simulation it is checked like an assertion. In a proof it
 * restricts the inputs where it stands in the module that is proven, or below that where it is about inputs of that module
 * alone; else it is an obligation like an assertion.
 */
export function assume(condition: Condition, message: string, options: PropertyOptions = {}): void {
  property("assume", condition, message, options);
}

/** Counts the cycles in which `condition` is 1: the bench reads the count, a proof looks for a way to get there. */
export function cover(condition: Condition, name: string, options: PropertyOptions = {}): void {
  property("cover", condition, name, options);
}
