import { type Design, type ModuleNetlist, type PropertyDefinition, propertiesOf } from "../../ir/index.ts";
import { wrapTo } from "../../types/index.ts";
import {
  AssertionFailure,
  type AssertionMode,
  type FailureValue,
  failureValue,
  type PropertyFailure,
} from "../property-failure.ts";
import { dutName } from "./bench-names.ts";

/** Failures kept in mode `collect`. */
const mostKept = 10_000;

/** One report of `$error` as a simulator prints it. */
interface Report {
  readonly time: number;
  /** Instances from the bench down to the module, separated by dots. */
  readonly scope: string;
  readonly text: string;
}

/** Verilator: `[7] %Error: Counter.v:52: Assertion failed in lodestone_bench.dut: text`. */
const verilatorLine = /^\[(\d+)\] %Error: [^:]*:\d+: Assertion failed in (\S+): (.*)$/;
/** Icarus: `ERROR: Counter.v:52: text`, and on the next line `Time: 7 Scope: lodestone_bench.dut`. */
const icarusLine = /^ERROR: [^:]*:\d+: (.*)$/;
const icarusPlace = /^\s+Time: (\d+) Scope: (\S+)$/;

/**
 * Turns what a simulator writes about failing properties into the failures that the engine in this process reports.
 * `cycleOf` tells the clock edge from the simulator's time and from how often resets were set before.
 */
export class PropertyLog {
  readonly failures: PropertyFailure[] = [];
  readonly #top: ModuleNetlist;
  readonly #mode: AssertionMode;
  readonly #cycleOf: (time: number, resets: number) => number;
  #rest = "";
  #waiting: string | undefined;

  constructor(design: Design, mode: AssertionMode, cycleOf: (time: number, resets: number) => number) {
    this.#top = design.top;
    this.#mode = mode;
    this.#cycleOf = cycleOf;
  }

  /**
   * Takes in what was written since the last call; `resets` counts how often resets were set up to here.
   * @throws AssertionFailure for the first failure, in mode `throw`
   */
  take(text: string, resets: number): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop()!;
    let first: PropertyFailure | undefined;
    for (const line of lines) {
      const report = this.#reportOn(line);
      const failure = report && this.#failureOf(report, resets);
      if (!failure) continue;
      first ??= failure;
      if (this.#mode === "collect" && this.failures.length < mostKept) this.failures.push(failure);
    }
    if (first && this.#mode === "throw") throw new AssertionFailure(first);
  }

  #reportOn(line: string): Report | undefined {
    const verilator = verilatorLine.exec(line);
    if (verilator) return { time: Number(verilator[1]), scope: verilator[2]!, text: verilator[3]! };
    const place = icarusPlace.exec(line);
    const waiting = this.#waiting;
    this.#waiting = icarusLine.exec(line)?.[1];
    if (!place || waiting === undefined) return undefined;
    return { time: Number(place[1]), scope: place[2]!, text: waiting };
  }

  #failureOf({ time, scope, text }: Report, resets: number): PropertyFailure | undefined {
    const names = scope.split(".");
    const instances = names.slice(names.indexOf(dutName) + 1);
    let module: ModuleNetlist | undefined = this.#top;
    let depth = 0;
    // Behind the instances the scope may name a block within the module.
    for (; depth < instances.length; depth++) {
      const child: ModuleNetlist | undefined = module.instances.find(({ name }) => name === instances[depth])?.module;
      if (!child) break;
      module = child;
    }
    const name = /^\w+/.exec(text)?.[0];
    const property = propertiesOf(module).find((each) => each.name === name);
    if (!property || property.kind === "cover") return undefined;
    const { kind, message, source } = property;
    const path = [this.#top.name, ...instances.slice(0, depth)];
    const values = valuesIn(text, property);
    return { kind, name: property.name, message, path, cycle: this.#cycleOf(time, resets), values, source };
  }
}

/** The values at the end of a report: ` [a = 3, b = -1]`. */
function valuesIn(text: string, { watches }: PropertyDefinition): FailureValue[] {
  if (watches.length === 0) return [];
  const told = text.slice(text.lastIndexOf(` [${watches[0]!.name} = `) + 2).replace(/\]$/, "");
  const texts = told.split(", ").map((each) => each.slice(each.lastIndexOf(" = ") + 3));
  return watches.map((watch, i) => {
    const { node } = watch;
    const digits = /^\s*(-?\d+)$/.exec(texts[i] ?? "")?.[1];
    return failureValue(watch, digits === undefined ? undefined : wrapTo(BigInt(digits), node.width, node.signed));
  });
}
