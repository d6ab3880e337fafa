/** The file that the script leaves: the mapped netlist. */
export const NETLIST_NAME = "netlist.blif";
/** The gates as the script names their file. */
export const GENLIB_NAME = "gates.genlib";
/** The Liberty file as the script names it. */
export const LIBERTY_NAME = "library.lib";

/**
 * ABC without a library of real cells. `&nf` maps for the fewest gates in a row, then recovers area: on a 64-wide INT4
 * dot product half the depth of ABC's area mapper `amap` for 6 % more area, on a whole lane 10 %.
 */
const ABC_GENERIC = ["strash", "&get -n", "&dch -f -C 30", "&nf", "&put"];

/**
 * ABC with a Liberty file. `amap` gives the smallest area of the mappers tried (a fifth below `&nf` with Nangate 45),
 * buffers and sizes then win the delay back; `stime` prints it. Yosys's built-in script must not be used: on adder
 * trees its `&fraig -x` runs for minutes, on ASAP7 for ever.
 */
const ABC_LIBERTY = ["strash", "dch -f -C 100", "amap -m", "topo", "buffer -c", "topo", "upsize", "dnsize", "stime"];

/** A recipe as text. */
export interface SynthesisScript {
  readonly yosys: string;
  /** ABC's commands, `; ` between them; they are part of the Yosys script too. */
  readonly abc: string;
}

/**
 * The script that maps a design, its hierarchy kept, so that each distinct module is mapped once. It is `synth` written
 * out, without `alumacc` (its `$macc` cells sign-extend every partial product: a dot product grows by 43 %), without `share` and
 * `fsm`, and with registers reduced to plain D flip-flops: what a library has.
 *
 * @param files names of the Verilog files
 * @param top the top module, an identifier
 * @param withLiberty map to the cells of `LIBERTY_NAME` instead of the gates of `GENLIB_NAME`
 */
export function synthesisScript(files: readonly string[], top: string, withLiberty: boolean): SynthesisScript {
  const abc = withLiberty ? ABC_LIBERTY : ABC_GENERIC;
  // Yosys hands the string after + to ABC with commas turned into blanks.
  const inline = abc.map((command) => command.replaceAll(" ", ",")).join(";");
  const registers = withLiberty
    ? [`dfflibmap -liberty ${LIBERTY_NAME}`]
    : ["dfflegalize -cell $_DFF_?_ 01 -cell $_DFF_???_ 01 -cell $_DFFSR_???_ 01 -cell $_DLATCH_?_ 01", "simplemap"];
  const lines = [
    ...files.map((file) => `read_verilog ${file}`),
    `hierarchy -check -top ${top}`,
    "proc",
    "opt_expr",
    "opt_clean",
    "check",
    "opt -nodffe -nosdff",
    "wreduce",
    "opt_clean",
    "memory -nomap",
    "opt_clean",
    "memory_map",
    "opt -fast -nodffe -nosdff",
    "techmap",
    // Silicon does not start with a value.
    "setattr -unset init w:*",
    ...registers,
    "opt_expr",
    "opt_clean",
    `abc ${withLiberty ? `-liberty ${LIBERTY_NAME}` : `-genlib ${GENLIB_NAME}`} -script +${inline}`,
    "opt_clean",
    `write_blif -icells -conn ${NETLIST_NAME}`,
  ];
  return { yosys: `${lines.join("\n")}\n`, abc: abc.join("; ") };
}
