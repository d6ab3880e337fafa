import {
  type Allowance,
  captureSource,
  codes,
  DesignError,
  type Diagnostic,
  type DiagnosticCode,
  type Place,
  type Source,
} from "../diagnostics/index.ts";
import {
  type Attributes,
  type DomainDefinition,
  type InstanceDefinition,
  type MemoryWrite,
  type ModuleNetlist,
  type Node,
  type PropertyKind,
  type RegisterNode,
  type StateMachineDefinition,
  sameNetlist,
  type WireNode,
} from "../ir/index.ts";
import type { Enumeration } from "../types/index.ts";
import type { Scope } from "./scope.ts";
import type { Target } from "./target.ts";

/** A declared wire while its module is being built. */
export interface WireDraft {
  readonly node: WireNode;
  readonly base: string;
  readonly suffix: string;
  readonly group: number;
  readonly target: Target;
  readonly enumeration: Enumeration | undefined;
  /** Of a latch: the register that remembers, and the condition. */
  readonly latch?: { readonly held: RegisterNode; readonly transparent: Node } | undefined;
}

/** A declared register while its module is being built. */
export interface RegisterDraft {
  readonly node: RegisterNode;
  readonly base: string;
  readonly suffix: string;
  readonly group: number;
  readonly reset: bigint | undefined;
  /** Changes only where this is 1; always when there is none. */
  readonly enable: Node | undefined;
  readonly domain: number;
  readonly crossing: string | undefined;
  /** The next value, known when all of the module is; in place of what is assigned. */
  readonly next?: (() => Node) | undefined;
  readonly enumeration: Enumeration | undefined;
  /** For the memory of a latch: the wire that is read of it. */
  readonly latch?: number | undefined;
  readonly target: Target;
  readonly source: Source;
}

/** A declared memory while its module is being built. */
export interface MemoryDraft {
  readonly id: number;
  readonly base: string;
  readonly group: number;
  readonly depth: number;
  readonly width: number;
  readonly signed: boolean;
  readonly writes: (MemoryWrite & { readonly domain: number })[];
  readonly init: readonly bigint[] | undefined;
  readonly readOnly: boolean;
  readonly crossing: string | undefined;
  /** Set by a read that does not care. */
  collision?: "undefined" | undefined;
  readonly source: Source;
}

/** A child while its parent is being built. */
export interface InstanceDraft {
  readonly id: number;
  readonly base: string;
  /** `_3` for one of several that were declared together. */
  readonly suffix: string;
  readonly group: number;
  readonly module: InstanceDefinition["module"];
  readonly targets: ReadonlyMap<string, readonly Target[]>;
  readonly domains: ReadonlyMap<number, number>;
  readonly source: Source;
}

/** A property while its module is being built. */
export interface PropertyDraft {
  readonly kind: PropertyKind;
  readonly base: string;
  readonly group: number;
  readonly message: string;
  readonly duringReset: boolean;
  readonly rangeCheck?: boolean;
  readonly domain: number;
  readonly source: Source;
  condition: Node;
  /** The condition as the user stated it, once `condition` holds more. */
  stated?: Node;
}

/** The registers of one clock domain that let properties look back. */
export interface DomainHistory {
  /** Past values by the node of the present one: one cycle ago, two, and so on. */
  readonly chains: Map<Node, Node[]>;
  /** Element i is 1 when more than i edges have passed since reset. */
  readonly started: Node[];
}

/** The registers that let properties look back. */
export interface History {
  readonly domains: Map<number, DomainHistory>;
  /** How many cycles back each register of all chains looks. */
  readonly depths: Map<Node, number>;
}

/** How many different netlists of one name a new one is compared with. */
const netlistsCompared = 4;

/** What is known of one run: the complaints so far. Shared by a module and all below it. */
export class Elaboration {
  readonly diagnostics: Diagnostic[] = [];
  /** The warnings that the code allows. */
  readonly allowances: Allowance[] = [];
  /** The module that had the most others around it so far. */
  deepest: ModuleContext | undefined;
  /** The latest netlists of each name that differ. */
  readonly #netlists = new Map<string, ModuleNetlist[]>();

  /** A netlist that says the same and was built before, or this one: then the same is checked and written once. */
  shared(netlist: ModuleNetlist): ModuleNetlist {
    const known = this.#netlists.get(netlist.name);
    if (known === undefined) {
      this.#netlists.set(netlist.name, [netlist]);
      return netlist;
    }
    const same = known.find((each) => sameNetlist(each, netlist));
    if (same !== undefined) return same;
    if (known.push(netlist) > netlistsCompared) known.shift();
    return netlist;
  }
}

/** The state of one module while its `build()` runs. */
export class ModuleContext {
  readonly elaboration: Elaboration;
  readonly parent: ModuleContext | undefined;
  readonly moduleName: string;
  readonly params: object;
  /** Where its instance stands; undefined for the top. */
  readonly source: Source | undefined;
  /** How many modules are around it. */
  readonly depth: number;
  readonly wires: WireDraft[] = [];
  readonly registers: RegisterDraft[] = [];
  readonly memories: MemoryDraft[] = [];
  readonly instances: InstanceDraft[] = [];
  readonly stateMachines: { readonly definition: StateMachineDefinition; readonly source: Source }[] = [];
  readonly properties: PropertyDraft[] = [];
  /** Attributes by what they are of: a node, a port handle, an instance, or the source of a memory. */
  readonly attributes = new Map<object, Attributes>();
  readonly history: History = { domains: new Map(), depths: new Map() };
  /** What asUint() gave: bits of signed values. */
  readonly readAsUnsigned = new WeakSet<Node>();
  /** Values in place of operands of the wrong sign, after the complaint. */
  readonly standIns = new WeakSet<Node>();
  readonly rootScope: Scope = { parent: undefined, branch: 0 };
  scope: Scope = this.rootScope;
  /** How many vectors and bundles are being assigned, one inside the other. */
  wholes = 0;
  /** Clock domains by number, the default one first. */
  readonly domains: DomainDefinition[] = [];
  /** Those in which every register must have a reset value. */
  readonly resetRequired = new Set<number>();
  /** Those whose kind of reset is that of the parent's domain, since the module says none. */
  readonly followed = new Set<number>();
  /** The domain of what is declared now. */
  domain = 0;
  #groups = 0;

  constructor(
    elaboration: Elaboration,
    parent: ModuleContext | undefined,
    { moduleName, params, source }: { moduleName: string; params: object; source: Source | undefined },
  ) {
    this.elaboration = elaboration;
    this.parent = parent;
    this.moduleName = moduleName;
    this.params = params;
    this.source = source;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
    if (this.depth >= (elaboration.deepest?.depth ?? 0)) elaboration.deepest = this;
  }

  /** A number for the things that one declaration makes together. */
  nextGroup(): number {
    return this.#groups++;
  }

  report(
    code: DiagnosticCode,
    message: string,
    hint: string,
    details: { signal?: string | undefined; places?: Place[] } = {},
  ): void {
    this.elaboration.diagnostics.push({
      code,
      severity: codes[code].severity,
      message,
      hint,
      signal: details.signal,
      module: this.moduleName,
      places: details.places ?? [{ source: captureSource() }],
    });
  }
}

// Elaboration is synchronous, so one stack serves: build() of a child runs inside build() of its parent.
let current: ModuleContext | undefined;

/** The module being built, if any. */
export function currentContext(): ModuleContext | undefined {
  return current;
}

/** The module being built; `what` names the call for the complaint when there is none (LS0303). */
export function requireContext(what: string): ModuleContext {
  if (current) return current;
  throw new DesignError([
    {
      code: "LS0303",
      severity: "error",
      message: `${what} was called while no module is being built`,
      places: [{ source: captureSource() }],
      hint: "call it inside build(), which elaborate(), simulate() and instance() run",
    },
  ]);
}

/** Runs `assign`, which gives the parts of a vector or bundle their values: what it drives may be overridden part by part. */
export function asWhole(assign: () => void): void {
  const context = requireContext("an assignment");
  context.wholes++;
  try {
    assign();
  } finally {
    context.wholes--;
  }
}

/** Runs `body` with `context` as the module being built. */
export function withContext<T>(context: ModuleContext, body: () => T): T {
  const previous = current;
  current = context;
  try {
    return body();
  } finally {
    current = previous;
  }
}
