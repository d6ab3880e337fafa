import {
  bit,
  cat,
  constant,
  input,
  instance,
  Module,
  memory,
  mux,
  output,
  register,
  type UInt,
  uint,
  Vec,
  when,
} from "../../hdl/index.ts";
import { Alu } from "./alu.ts";
import { decode, opcode } from "./instruction.ts";

/**
 * An RV32I processor of two stages: the first fetches a word, the second does all the rest. A taken branch or jump costs
 * one cycle, in which the word fetched behind it is dropped; every other instruction takes one.
 *
 * Both memories answer in the cycle in which they are asked. `dataMask` says which of the four bytes of the word at
 * `dataAddress` are written. Fences do nothing; ECALL and EBREAK set `halted`, and the processor stays there.
 */
export class Core extends Module {
  readonly instructionAddress = output(uint(32));
  readonly instruction = input(uint(32));

  readonly dataAddress = output(uint(32));
  readonly dataMask = output(uint(4));
  readonly dataWritten = output(uint(32));
  readonly dataRead = input(uint(32));

  /** 1 in a cycle that completes an instruction. */
  readonly retired = output(bit);
  readonly halted = output(bit);

  build() {
    // The first stage.
    const pc = register(uint(32), { reset: 0 });
    const fetched = register(uint(32));
    const fetchedPc = register(uint(32));
    const valid = register(bit, { reset: 0 });
    this.instructionAddress.value = pc;

    // The second stage: what the word asks for.
    const instruction = decode(fetched);
    const { function3, immediate } = instruction;
    const is = (code: number) => instruction.opcode.eq(code);
    const isLoad = is(opcode.load);
    const isStore = is(opcode.store);
    const isOperate = is(opcode.operate);
    const isImmediate = is(opcode.operateImmediate);
    const isLink = is(opcode.jal).or(is(opcode.jalr));
    const halt = valid.and(is(opcode.system));

    const registers = memory(uint(32), 32);
    const read = (number: UInt<5>): UInt<32> => mux(number.eq(0), 0, registers.read(number));
    const source1 = read(instruction.source1);
    const source2 = read(instruction.source2);

    const alu = instance(new Alu({}));
    alu.a.value = source1;
    alu.b.value = mux(isOperate, source2, immediate.i);
    alu.function3.value = function3;
    const shiftsRight = function3.eq(5);
    alu.alternative.value = instruction.alternative.and(isOperate.or(shiftsRight));

    // Where to go on.
    const equal = source1.eq(source2);
    const less = source1.asSint().lt(source2.asSint());
    const lessUnsigned = source1.lt(source2);
    const compared = mux(function3.bit(2), mux(function3.bit(1), lessUnsigned, less), equal);
    const taken = is(opcode.branch).and(compared.xor(function3.bit(0)));
    const jumps = valid.and(taken.or(isLink));
    const offset = mux(taken, immediate.b, immediate.j);
    const indirect = cat(source1.addWrap(immediate.i).slice(31, 1), bit0());
    const target = mux(is(opcode.jalr), indirect, fetchedPc.addWrap(offset));

    when(halt.not(), () => {
      pc.next = mux(jumps, target, pc.addWrap(4));
      fetched.next = this.instruction;
      fetchedPc.next = pc;
      valid.next = jumps.not();
    });

    // The data memory: bytes sit in the lanes that the low address bits name.
    const address = source1.addWrap(mux(isStore, immediate.s, immediate.i));
    const lane = address.slice(1, 0);
    const toLane = cat(lane, bit0().replicate(3));
    const width = function3.slice(1, 0);
    const bytes = new Vec([mask(1), mask(3), mask(15), mask(15)]).at(width);
    this.dataAddress.value = address;
    this.dataMask.value = mux(valid.and(isStore), bytes.shiftLeftWrap(lane), 0);
    this.dataWritten.value = source2.shiftLeftWrap(toLane);
    const aligned = this.dataRead.shiftRight(toLane);
    const unsigned = function3.bit(2);
    const extended = (bits: number): UInt<32> => {
      const part = aligned.slice(bits - 1, 0);
      return mux(unsigned, part.extend(32), part.asSint().extend(32).asUint());
    };
    const loaded = mux(width.eq(0), extended(8), mux(width.eq(1), extended(16), aligned));

    // The result.
    const result = mux(
      isLoad,
      loaded,
      mux(
        isLink,
        fetchedPc.addWrap(4),
        mux(is(opcode.lui), immediate.u, mux(is(opcode.auipc), fetchedPc.addWrap(immediate.u), alu.result)),
      ),
    );
    const hasResult = isLoad.or(isLink).or(isOperate).or(isImmediate).or(is(opcode.lui)).or(is(opcode.auipc));
    when(valid.and(hasResult), () => {
      registers.write(instruction.destination, result.extend(32));
    });
    this.retired.value = valid.and(halt.not());
    this.halted.value = halt;
  }
}

const bit0 = (): UInt<1> => constant(bit, 0);
const mask = (bytes: number): UInt<4> => constant(uint(4), bytes);
