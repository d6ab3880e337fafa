import { captureSource } from "../diagnostics/index.ts";
import { type BundleFields, type BundleType, type DataType, describeType, unflipped } from "../types/index.ts";
import { Bundle } from "./bundle.ts";
import { asWhole, requireContext } from "./context.ts";
import { rolesOf, type Value } from "./value.ts";
import { Vec } from "./vec.ts";

/** A scalar or vector, seen as something to drive. */
interface Drivable {
  value: unknown;
}

/** A scalar that stands for a signal without bundles in it: all its scalars have the same driver. */
function firstScalar(signal: unknown): Value {
  return signal instanceof Vec ? firstScalar(signal.elements[0]) : (signal as Value);
}

/** `uint(8)` against `uint(9)`: what to say when two fields do not have the same type; undefined when they do. */
function difference(one: DataType, other: DataType): string | undefined {
  const [ours, theirs] = [describeType(one), describeType(other)];
  return ours === theirs ? undefined : `${ours} on one side and ${theirs} on the other`;
}

/** What `connect` joins. */
type Connectable<F extends BundleFields> = Bundle<F> | Vec<Bundle<F>>;

/**
 * Joins two bundles, or vectors of bundles, of the same type: each field is driven from the side on which it is a source.
 * A port of this module or of a child knows which side that is; between two wires, fields flow from `from` to `to` and
 * flipped ones back. For fields in both directions, where `to.value = from` cannot serve. Complains (LS0112) about
 * bundles that differ, and (LS0204) about fields that neither side can drive.
 */
export function connect<F extends BundleFields>(to: Connectable<F>, from: Connectable<NoInfer<F>>): void {
  joinSignals(to as unknown as Connectable<BundleFields>, from as unknown as Connectable<BundleFields>);
}

function joinSignals(to: Connectable<BundleFields>, from: Connectable<BundleFields>): void {
  const context = requireContext("connect()");
  const source = captureSource();
  const complain = (message: string, hint: string): void => {
    context.report("LS0112", message, hint, { places: [{ source }] });
  };

  const joinFields = (path: string, one: Bundle, other: Bundle, flipped: boolean): void => {
    const [ours, theirs]: [BundleType, BundleType] = [Bundle.typeOf(one), Bundle.typeOf(other)];
    const names = new Set([...Object.keys(ours.fields), ...Object.keys(theirs.fields)]);
    for (const name of names) {
      const [a, b] = [ours, theirs].map(({ fields }) => (Object.hasOwn(fields, name) ? fields[name] : undefined));
      if (!a || !b) {
        complain(
          `connect() of bundles of which one alone has the field \`${path}${name}\``,
          "both sides need the same fields; connect the fields that both have one by one",
        );
        continue;
      }
      if ((a.kind === "flipped") !== (b.kind === "flipped")) {
        complain(
          `connect() of bundles whose field \`${path}${name}\` is flipped on one side only`,
          "both sides need the same type",
        );
        continue;
      }
      const differ = unflipped(a).kind === "bundle" ? undefined : difference(unflipped(a), unflipped(b));
      if (differ) {
        complain(`connect() of bundles whose field \`${path}${name}\` is ${differ}`, "both sides need the same type");
        continue;
      }
      const backward = flipped !== (a.kind === "flipped");
      join(`${path}${name}`, Bundle.fieldOf(one, name), Bundle.fieldOf(other, name), backward);
    }
  };

  const join = (path: string, one: unknown, other: unknown, flipped: boolean): void => {
    if (one instanceof Bundle && other instanceof Bundle) {
      joinFields(path === "" ? "" : `${path}.`, one, other, flipped);
      return;
    }
    if (one instanceof Vec && other instanceof Vec && !isPlain(one)) {
      if (one.length !== other.length) {
        complain(
          `connect() of a vector of ${one.length} with one of ${other.length}`,
          "both sides need the same number of elements",
        );
      }
      for (let i = 0; i < Math.min(one.length, other.length); i++) {
        join(`${path}[${i}]`, one.elements[i], other.elements[i], flipped);
      }
      return;
    }
    const [first, second] = flipped ? [other, one] : [one, other];
    const [a, b] = [rolesOf(firstScalar(first)), rolesOf(firstScalar(second))];
    // Where it only works the other way round the arguments came in the other order; where it works in neither, the
    // assignment says what is wrong.
    if (!(a.drivable && b.readable) && b.drivable && a.readable) (second as Drivable).value = first;
    else (first as Drivable).value = second;
  };
  asWhole(() => join("", to, from, false));
}

/** Whether a vector holds no bundles. */
function isPlain(vector: Vec<unknown>): boolean {
  const first = vector.elements[0];
  return first instanceof Vec ? isPlain(first) : !(first instanceof Bundle);
}
