/** One variable of a wave. */
export interface VcdVariable {
  readonly type: string;
  readonly width: number;
  readonly code: string;
}

/** The values of all variables at one moment, by path: bits at full width, or text. */
export type VcdMoment = ReadonlyMap<string, string>;

/** A wave as it was read from a file. */
export interface ReadVcd {
  /** By path, `Top.inner.state`. */
  readonly variables: ReadonlyMap<string, VcdVariable>;
  /** Just before and just after each rising edge of the variable at `clock`. */
  edges(clock: string): { readonly before: VcdMoment; readonly after: VcdMoment }[];
}

/** Reads a value change dump, as strictly as these tests need it. */
export function readVcd(text: string): ReadVcd {
  const end = text.indexOf("$enddefinitions $end");
  if (end < 0) throw new Error("the header of the wave does not end");
  const variables = new Map<string, VcdVariable>();
  const scopes: string[] = [];
  for (const line of text.slice(0, end).split("\n")) {
    const [kind, type, width, code, name] = line.trim().split(/\s+/);
    if (kind === "$scope") scopes.push(width!);
    if (kind === "$upscope") scopes.pop();
    if (kind !== "$var") continue;
    const path = [...scopes, name].join(".");
    if (variables.has(path)) throw new Error(`${path} is declared twice`);
    variables.set(path, { type: type!, width: Number(width), code: code! });
  }
  const values = new Map<string, string>();
  const moment = (): VcdMoment =>
    new Map(
      [...variables].map(([path, { type, width, code }]) => {
        const value = values.get(code) ?? "nothing";
        return [path, type === "string" ? value : value.padStart(width, /^[xz]/.test(value) ? value[0] : "0")];
      }),
    );
  const times = text
    .slice(end)
    .split(/^#\d+$/m)
    .slice(1);
  return {
    variables,
    edges(clock) {
      const { code: clockCode } = variables.get(clock)!;
      return times.flatMap((changes) => {
        const was = values.get(clockCode);
        const before = was === "0" && changes.includes(`\n1${clockCode}\n`) ? moment() : undefined;
        for (const line of changes.split("\n")) {
          const [, vector, code] = /^[bs](\S*) (\S+)$/.exec(line) ?? [];
          if (code !== undefined) values.set(code, vector!);
          else if (/^[01xz]\S+$/.test(line)) values.set(line.slice(1), line[0]!);
        }
        return before === undefined ? [] : [{ before, after: moment() }];
      });
    },
  };
}
