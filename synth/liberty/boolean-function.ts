/**
 * The truth table of a Liberty `function` string over the given inputs: bit i of the result is the function's value when
 * input number k has bit k of i. Operators, strongest first: `!` before or `'` behind, `^`, then AND (`*`, `&` or only a
 * blank), then OR (`+`, `|`). Returns undefined when a name is no input, or the string is no such function.
 *
 * @param inputs at most 5 names
 */
export function truthTable(text: string, inputs: readonly string[]): number | undefined {
  const tokens = text.match(/[A-Za-z_][\w[\].]*|[01]|\S/g) ?? [];
  const all = 2 ** (2 ** inputs.length) - 1;
  let at = 0;
  let broken = false;

  const not = (value: number): number => ~value & all;

  const primary = (): number => {
    const token = tokens[at++];
    let value = 0;
    if (token === "!") return not(primary());
    if (token === "(") {
      value = either();
      if (tokens[at++] !== ")") broken = true;
    } else if (token === "1") value = all;
    else if (token !== "0") {
      const input = token === undefined ? -1 : inputs.indexOf(token);
      if (input < 0) broken = true;
      else for (let row = 0; row < 2 ** inputs.length; row++) value |= ((row >> input) & 1) << row;
    }
    while (tokens[at] === "'") {
      at++;
      value = not(value);
    }
    return value & all;
  };

  const exclusive = (): number => {
    let value = primary();
    while (tokens[at] === "^") {
      at++;
      value ^= primary();
    }
    return value;
  };

  const both = (): number => {
    let value = exclusive();
    while (!broken) {
      const token = tokens[at];
      if (token === "*" || token === "&") at++;
      else if (token === undefined || !/^[A-Za-z_(!01]/.test(token)) break;
      value &= exclusive();
    }
    return value;
  };

  const either = (): number => {
    let value = both();
    while (!broken && (tokens[at] === "+" || tokens[at] === "|")) {
      at++;
      value |= both();
    }
    return value;
  };

  const value = either();
  return broken || at !== tokens.length ? undefined : value >>> 0;
}
