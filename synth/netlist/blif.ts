/** A cell or an instance of a module, its pins by name. */
export interface BlifCell {
  readonly type: string;
  /** Pin and net, in the order of the file. */
  readonly pins: readonly (readonly [pin: string, net: number])[];
}

/** One module of a mapped netlist. Nets are numbers; nets joined by a connection have the same one. */
export interface BlifModel {
  readonly name: string;
  readonly inputs: readonly (readonly [name: string, net: number])[];
  readonly outputs: readonly (readonly [name: string, net: number])[];
  readonly cells: readonly BlifCell[];
  /** A name of each net, the one that reads best. */
  readonly netNames: readonly string[];
}

/**
 * Reads the BLIF that Yosys writes with `-icells -conn`: modules of `.subckt` cells, `.conn` for joined nets, `.names`
 * only for the constants.
 */
export function parseBlif(text: string): readonly BlifModel[] {
  const models: BlifModel[] = [];
  let model: ModelReader | undefined;
  for (const line of text.split("\n")) {
    const [head, ...words] = line.trim().split(/\s+/);
    switch (head) {
      case ".model":
        model = new ModelReader(words[0] ?? "");
        break;
      case ".inputs":
        model?.inputs.push(...words);
        break;
      case ".outputs":
        model?.outputs.push(...words);
        break;
      case ".subckt":
      case ".gate":
        model?.cells.push(words);
        break;
      case ".conn":
        model?.join(words[0] ?? "", words[1] ?? "");
        break;
      case ".end":
        if (model !== undefined) models.push(model.finish());
        model = undefined;
        break;
      default:
        break;
    }
  }
  return models;
}

class ModelReader {
  readonly name: string;
  readonly inputs: string[] = [];
  readonly outputs: string[] = [];
  /** Type and `pin=net` words of each cell. */
  readonly cells: string[][] = [];
  readonly #joined = new Map<string, string>();

  constructor(name: string) {
    this.name = name;
  }

  join(driver: string, driven: string): void {
    const a = this.#root(driver);
    const b = this.#root(driven);
    if (a !== b) this.#joined.set(b, a);
  }

  #root(net: string): string {
    let at = net;
    for (let next = this.#joined.get(at); next !== undefined; next = this.#joined.get(at)) at = next;
    return at;
  }

  finish(): BlifModel {
    const numbers = new Map<string, number>();
    const netNames: string[] = [];
    const number = (net: string): number => {
      const root = this.#root(net);
      let n = numbers.get(root);
      if (n === undefined) {
        n = numbers.size;
        numbers.set(root, n);
        netNames.push(root);
      }
      // Names of the source rather than those that Yosys made up.
      if (netNames[n]?.includes("$") === true && !net.includes("$")) netNames[n] = net;
      return n;
    };
    const ports = (names: readonly string[]): [string, number][] => names.map((name) => [name, number(name)]);
    const inputs = ports(this.inputs);
    const outputs = ports(this.outputs);
    const cells = this.cells.map((words): BlifCell => {
      const [type = "", ...pins] = words;
      return {
        type,
        pins: pins.map((word) => {
          const equals = word.indexOf("=");
          return [word.slice(0, equals), number(word.slice(equals + 1))];
        }),
      };
    });
    for (const net of this.#joined.keys()) number(net);
    return { name: this.name, inputs, outputs, cells, netNames };
  }
}
