import { evaluate, type ModuleNetlist, type Node, operandsOf, postorder, rootsOf } from "../../ir/index.ts";

/** A module without children, memories or clocked loops left open, run cycle by cycle on the meaning of its nodes. */
export class Interpreter {
  readonly #module: ModuleNetlist;
  readonly #order: Node[] = [];
  readonly #state = new Map<number, bigint>();

  constructor(module: ModuleNetlist) {
    this.#module = module;
    for (const register of module.registers) this.#state.set(register.node.id, register.reset ?? 0n);
    const drivers = new Map(module.wires.map((wire) => [wire.node.id, wire.driver]));
    // Wires are ordered by walking from the ones that others read: a wire's driver is a root before its readers.
    const roots = [...module.wires.map((wire) => wire.driver), ...rootsOf(module)];
    postorder(roots, (node) => {
      this.#order.push(node);
    });
    this.#drivers = drivers;
  }

  readonly #drivers: ReadonlyMap<number, Node>;

  /** Values of all nodes for these inputs: by port, element 0 first. */
  settle(inputs: ReadonlyMap<string, readonly bigint[]>): Map<Node, bigint> {
    const values = new Map<Node, bigint>();
    for (const node of this.#order) values.set(node, this.#valueOf(node, inputs, values));
    return values;
  }

  #valueOf(node: Node, inputs: ReadonlyMap<string, readonly bigint[]>, values: Map<Node, bigint>): bigint {
    switch (node.kind) {
      case "constant":
        return node.value;
      case "input":
        return inputs.get(node.port)![node.element]!;
      case "register":
        return this.#state.get(node.id)!;
      case "wire":
        return values.get(this.#drivers.get(node.id)!)!;
      case "instance-output":
      case "memory-read":
        throw new Error(`${node.kind} is not interpreted`);
      default:
        return evaluate(
          node,
          operandsOf(node).map((operand) => values.get(operand)!),
        );
    }
  }

  /** One clock edge after `settle`. */
  step(values: ReadonlyMap<Node, bigint>, reset: boolean): void {
    for (const register of this.#module.registers) {
      const held = reset && register.reset !== undefined;
      this.#state.set(register.node.id, held ? register.reset! : values.get(register.next)!);
    }
  }
}
