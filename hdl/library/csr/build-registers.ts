import { constant, type UInt, when } from "../../language/index.ts";
import { uint } from "../../types/index.ts";
import { buildField, joined, type RegisterAccess } from "./build-field.ts";
import type { RegisterDeclarations } from "./declaration.ts";
import type { RegisterHandles } from "./field-handles.ts";
import type { RegisterLayout, RegisterMap } from "./layout.ts";

/** The signals of a register bus at the front that drives it. */
export interface RegisterBus {
  readonly write: {
    readonly valid: UInt<1>;
    readonly word: UInt;
    readonly data: UInt;
    readonly strobe: UInt;
    readonly missing: { value: UInt<1> };
  };
  readonly read: {
    readonly valid: UInt<1>;
    readonly word: UInt;
    readonly data: { value: UInt };
    readonly missing: { value: UInt<1> };
  };
}

/** The word that software reads: the fields in their places, 0 between them and for those that cannot be read. */
function wordOf(layout: RegisterLayout, reads: readonly (UInt | undefined)[], dataBits: number): UInt {
  const parts: UInt[] = [];
  let filled = 0;
  const fill = (to: number): void => {
    if (to > filled) parts.push(constant(uint(to - filled), 0) as UInt);
    filled = Math.max(filled, to);
  };
  layout.fields.forEach(({ low, high }, i) => {
    const value = reads[i];
    if (value === undefined) return;
    fill(low);
    parts.push(value);
    filled = high + 1;
  });
  fill(dataBits);
  return joined(parts);
}

/**
 * Builds the registers of a map in the present module, behind a bus front. What is made takes the name of the `const` that
 * holds the result, and those of register and field: `registers_control_enable`.
 */
export function buildRegisters<R extends RegisterDeclarations>(
  map: RegisterMap<R>,
  { write, read }: RegisterBus,
): RegisterHandles<R> {
  const bytes = map.dataBits / 8;
  const handles: Record<string, Record<string, object>> = {};
  const words: { hit: UInt<1>; value: UInt }[] = [];
  let writeFound: UInt<1> | undefined;
  for (const layout of map.registers) {
    const index = layout.offset / bytes;
    const writeHit = write.word.eq(index).named(`${layout.name}_write_hit`);
    const readHit = read.word.eq(index).named(`${layout.name}_read_hit`);
    const access: RegisterAccess = {
      write: write.valid.and(writeHit).named(`${layout.name}_write`),
      data: write.data,
      strobe: write.strobe,
      read: read.valid.and(readHit).named(`${layout.name}_read`),
    };
    const built = layout.fields.map((field) => buildField(field, `${layout.name}_${field.name}`, access));
    handles[layout.name] = Object.fromEntries(layout.fields.map(({ name }, i) => [name, built[i]!.handle]));
    const reads = built.map((field) => field.reads);
    words.push({ hit: readHit, value: wordOf(layout, reads, map.dataBits) });
    writeFound = writeFound?.or(writeHit) ?? writeHit;
  }
  write.missing.value = writeFound!.not();
  read.data.value = constant(uint(map.dataBits), 0) as UInt;
  read.missing.value = constant(uint(1), 0) as UInt<1>;
  const [first, ...others] = words;
  const give = ({ value }: { value: UInt }) => {
    read.data.value = value;
  };
  let chain = when(first!.hit, () => give(first!));
  for (const word of others) chain = chain.elsewhen(word.hit, () => give(word));
  chain.otherwise(() => {
    read.missing.value = constant(uint(1), 1) as UInt<1>;
  });
  return handles as unknown as RegisterHandles<R>;
}
