import type * as Lodestone from "../hdl/index.ts";
import { InputError, nearestNames } from "../spec/index.ts";
import { problemLine } from "./load-problem.ts";
import { divertOutput } from "./output.ts";
import { type UsedParameters, watchParameters } from "./used-parameters.ts";

/** A module's class as a user's file exports it. */
export type ModuleClass = (new (params: object) => Lodestone.Module) & { readonly prototype: Lodestone.Module };

const takesObject = "let its constructor take the parameters as one object, as that of Module does";

/**
 * @param where begins the message: `--file counter.ts: Counter`
 * @throws InputError for a class whose constructor takes several arguments
 */
export function refuseArguments(Class: ModuleClass, where: string): void {
  if (Class.length < 2) return;
  throw new InputError(`${where}: its constructor takes ${Class.length} arguments; ${takesObject}`);
}

/**
 * Builds a module of a user's class with these parameters and checks it. Faults of the design are returned; what the code
 * prints goes to standard error.
 * @param lodestone the copy that the class extends
 * @param where begins the messages: `--file counter.ts: Counter`
 * @throws InputError when its code fails otherwise, for a parameter that it does not know, and for one that it misses
 */
export function inspectClass(
  Class: ModuleClass,
  params: Readonly<Record<string, unknown>>,
  lodestone: typeof Lodestone,
  where: string,
): Lodestone.Elaborated {
  const used = watchParameters(params);
  /** One line on a build that failed, with what may be the reason. */
  const refusal = (said: string): InputError => {
    // The object with the parameters stands where one of them was expected.
    const argument = Class.length === 1 && said.includes("[object Object]") ? `; ${takesObject}` : "";
    return new InputError(`${where} cannot be built: ${said}${argument}${unsetText(used)}`);
  };
  const found = build(Class, used, lodestone, refusal);
  if (found.design !== undefined) refuseUnread(used, where);
  else {
    // A parameter that is not there is no fault of the design.
    const odd = used.missing().length > 0 ? /\b(undefined|NaN)\b|\[object Object\]/ : /\[object Object\]/;
    const about = found.diagnostics.find(({ message }) => odd.test(message));
    if (about) throw refusal(about.message);
  }
  return found;
}

function build(
  Class: ModuleClass,
  used: UsedParameters,
  lodestone: typeof Lodestone,
  refusal: (said: string) => InputError,
): Lodestone.Elaborated {
  const restore = divertOutput();
  try {
    const module = new Class(used.params);
    const build = module.build.bind(module);
    // Not enumerable: the fields of a module are looked through for ports.
    Object.defineProperty(module, "build", {
      value: () => {
        build();
        used.built();
      },
    });
    return lodestone.inspect(module);
  } catch (error) {
    if (!(error instanceof lodestone.DesignError)) throw refusal(problemLine(error));
    return { design: undefined, diagnostics: error.diagnostics, suppressed: [] };
  } finally {
    restore();
  }
}

/** Names that were read without being set, and those that were set and not read: perhaps the same ones, misspelt. */
function unsetText(used: UsedParameters): string {
  const missing = used.missing();
  if (missing.length === 0) return "";
  const unread = used.unread();
  const also = unread.length === 0 ? "" : `, and does not read ${unread.join(", ")}`;
  return `; it reads what is not set: ${missing.map((name) => `--set ${name}=...`).join(" ")}${also}`;
}

function refuseUnread(used: UsedParameters, where: string): void {
  const [name] = used.unread();
  if (name === undefined) return;
  const known = nearestNames(name, used.read()).join(", ");
  throw new InputError(`${where} has no parameter ${name}; ${known === "" ? "it reads none" : `it reads ${known}`}`);
}
