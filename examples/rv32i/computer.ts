import { bit, cat, input, instance, Module, memory, output, uint, when } from "../../hdl/index.ts";
import { Core } from "./core.ts";

/** The core with a memory for instructions, filled through `load…` before it runs, and one for data. */
export class Computer extends Module<{ instructionWords: number; dataWords: number }> {
  readonly loadAddress = input(uint(Math.log2(this.params.instructionWords)));
  readonly loadWord = input(uint(32));
  readonly load = input(bit);
  readonly retired = output(bit);
  readonly halted = output(bit);
  /** The word stored last at address 0xffff_fffc, the way out for programs. */
  readonly stored = output(bit);
  readonly storedWord = output(uint(32));

  build() {
    const { instructionWords, dataWords } = this.params;
    const instructionBits = Math.log2(instructionWords);
    const dataBits = Math.log2(dataWords);
    this.require(
      Number.isInteger(instructionBits) && Number.isInteger(dataBits),
      "both memories must be powers of two",
    );

    const core = instance(new Core({}));
    const program = memory(uint(32), instructionWords);
    when(this.load, () => {
      program.write(this.loadAddress, this.loadWord);
    });
    core.instruction.value = program.read(core.instructionAddress.slice(instructionBits + 1, 2));

    const isPort = core.dataAddress.eq(0xfffffffc);
    const word = core.dataAddress.slice(dataBits + 1, 2);
    const lanes = [0, 1, 2, 3].map((lane) => {
      const bytes = memory(uint(8), dataWords);
      when(core.dataMask.bit(lane).and(isPort.not()), () => {
        bytes.write(word, core.dataWritten.slice(8 * lane + 7, 8 * lane).extend(8));
      });
      return bytes.read(word);
    });
    core.dataRead.value = cat(...lanes.reverse());

    this.retired.value = core.retired;
    this.halted.value = core.halted;
    this.stored.value = isPort.and(core.dataMask.reduceOr());
    this.storedWord.value = core.dataWritten;
  }
}
