import { z } from "zod";
import { InputError } from "./input-error.ts";
import { nearestNames } from "./nearest-names.ts";

/** A parameter's value: a whole number, one of several names, or yes and no. */
export type ParameterValue = number | string | boolean;

/** How a whole number is declared. */
export interface IntegerField {
  readonly default: number;
  /** Smallest value accepted. */
  readonly min: number;
  /** Largest value accepted. */
  readonly max: number;
  /** One line for the help text and the documentation. */
  readonly description: string;
}

/** How a choice among names is declared. */
export interface ChoiceField<C extends string = string> {
  readonly default: C;
  readonly choices: readonly C[];
  /** One line for the help text and the documentation. */
  readonly description: string;
}

/** How a yes or no is declared. */
export interface FlagField {
  readonly default: boolean;
  /** One line for the help text and the documentation. */
  readonly description: string;
}

/** How one parameter is declared: a number has `min` and `max`, a choice has `choices`, a flag has neither. */
export type ParameterField = IntegerField | ChoiceField | FlagField;

/** The declaration that fits a parameter of type `T`. */
export type FieldOf<T> = [T] extends [number]
  ? IntegerField
  : [T] extends [boolean]
    ? FlagField
    : [T] extends [string]
      ? ChoiceField<T>
      : never;

/** A parameter with its name, as help texts and manifests list it. */
export type ParameterDescription = ParameterField & { readonly name: string };

/** What a field accepts, in a few words: `1 to 256`, `exact, reciprocal`, `true, false`. */
export function acceptedValues(field: ParameterField): string {
  if ("choices" in field) return field.choices.join(", ");
  return "min" in field ? `${field.min} to ${field.max}` : "true, false";
}

/** A rule over several parameters: which it reads, and the reason it refuses a combination (nothing when it is content). */
export interface ParameterCheck<P> {
  readonly reads: readonly (keyof P & string)[];
  refuse(parameters: P): string | undefined;
}

/** What a design may be asked for: names, defaults, ranges, and the combinations it refuses. */
export interface ParameterSet<P> {
  /** Names in the order of their declaration. */
  readonly names: readonly (keyof P & string)[];
  /** Frozen; the published chip's figures unless the description says otherwise. */
  readonly defaults: Readonly<P>;
  /** Every parameter with default, range and a line of prose. */
  describe(): ParameterDescription[];
  /**
   * The parameters asked for, with defaults for those left out, frozen.
   * @throws InputError that lists every problem: unknown names, values of another kind or out of range,
   * combinations refused with their reason.
   */
  parse(input: Readonly<Record<string, unknown>>): Readonly<P>;
}

/** What `defineParameters` needs: the design's name for messages, its fields, its rules. */
export interface ParameterDeclaration<P> {
  readonly subject: string;
  readonly fields: { readonly [K in keyof P]: FieldOf<P[K]> };
  readonly checks: readonly ParameterCheck<P>[];
}

function show(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

function fieldSchema(field: ParameterField): z.ZodType {
  if ("choices" in field) return z.enum(field.choices).default(field.default);
  if ("min" in field) return z.int().min(field.min).max(field.max).default(field.default);
  return z.boolean().default(field.default);
}

/** What a value must be, for a message. */
function demand(field: ParameterField): string {
  if ("choices" in field) return `must be one of ${acceptedValues(field)}`;
  return "min" in field ? `must be an integer from ${field.min} to ${field.max}` : "must be true or false";
}

/** Declares the parameters of a design. The defaults themselves must satisfy every rule. */
export function defineParameters<P extends { readonly [K in keyof P]: ParameterValue }>(
  declaration: ParameterDeclaration<P>,
): ParameterSet<P> {
  const { subject, checks } = declaration;
  const fields = new Map<string, ParameterField>(Object.entries<ParameterField>(declaration.fields));
  const names = Object.freeze([...fields.keys()]) as readonly (keyof P & string)[];
  const schema = z.strictObject(Object.fromEntries([...fields].map(([name, field]) => [name, fieldSchema(field)])));

  function fieldProblem(name: string, value: unknown): string {
    const field = fields.get(name);
    if (!field) return `${name} is refused`;
    return `${name} is ${show(value)}; it ${demand(field)}`;
  }

  function parse(input: Readonly<Record<string, unknown>>): Readonly<P> {
    if (typeof input !== "object" || input === null || Array.isArray(input)) {
      throw new InputError(`${subject}: the parameters are ${show(input)}; give an object of names and values`);
    }
    const result = schema.safeParse(input);
    const problems: string[] = [];
    const faulty = new Set<string>();
    for (const issue of result.error?.issues ?? []) {
      if (issue.code === "unrecognized_keys") {
        for (const key of issue.keys) {
          problems.push(`${show(key)} is no parameter; known: ${nearestNames(key, names).join(", ")}`);
        }
        continue;
      }
      const name = String(issue.path[0]);
      if (faulty.has(name)) continue;
      faulty.add(name);
      problems.push(fieldProblem(name, input[name]));
    }
    const values = Object.fromEntries(
      names.map((name) => [name, input[name] === undefined ? fields.get(name)?.default : input[name]]),
    ) as P;
    for (const check of checks) {
      if (check.reads.some((name) => faulty.has(name))) continue;
      const reason = check.refuse(values);
      if (reason !== undefined) problems.push(reason);
    }
    if (problems.length === 1) throw new InputError(`${subject}: ${problems[0]}`, problems);
    if (problems.length > 1) {
      throw new InputError(
        `${subject}: ${problems.length} problems with the parameters:\n${problems.map((p) => `  - ${p}`).join("\n")}`,
        problems,
      );
    }
    return Object.freeze(values);
  }

  return Object.freeze({
    names,
    defaults: parse({}),
    describe: () => [...fields].map(([name, field]) => ({ name, ...field })),
    parse,
  });
}
