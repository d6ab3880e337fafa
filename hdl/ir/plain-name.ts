/** Letters that are no base letter with marks: how they are written where there is only ASCII. */
const spelled: ReadonlyMap<string, string> = new Map(
  `ß:ss ẞ:SS æ:ae Æ:AE œ:oe Œ:OE ø:o Ø:O ł:l Ł:L đ:d Đ:D ð:d Ð:D þ:th Þ:TH ħ:h Ħ:H ŋ:ng Ŋ:NG ı:i
α:alpha β:beta γ:gamma δ:delta ε:epsilon ζ:zeta η:eta θ:theta ι:iota κ:kappa λ:lambda μ:mu ν:nu ξ:xi ο:omicron π:pi
ρ:rho σ:sigma ς:sigma τ:tau υ:upsilon φ:phi χ:chi ψ:psi ω:omega Α:Alpha Β:Beta Γ:Gamma Δ:Delta Ε:Epsilon Ζ:Zeta Η:Eta
Θ:Theta Ι:Iota Κ:Kappa Λ:Lambda Μ:Mu Ν:Nu Ξ:Xi Ο:Omicron Π:Pi Ρ:Rho Σ:Sigma Τ:Tau Υ:Upsilon Φ:Phi Χ:Chi Ψ:Psi Ω:Omega`
    .split(/\s+/)
    .map((pair): [string, string] => [pair.slice(0, pair.indexOf(":")), pair.slice(pair.indexOf(":") + 1)]),
);

function inAscii(letter: string): string {
  const known = spelled.get(letter);
  if (known !== undefined) return known;
  return /[\p{L}\p{N}]/u.test(letter) ? `u${letter.codePointAt(0)!.toString(16)}` : "";
}

/**
 * Part of a name of TypeScript in the letters that Verilog has: `é` becomes `e`, `α` `alpha`, another letter its number
 * (`値` `u5024`), and what is no letter, such as `$`, goes.
 */
export function plainText(text: string): string {
  if (/^\w*$/.test(text)) return text;
  return text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\W/gu, inAscii);
}

/** The nearest name that begins with a letter, or undefined when nothing of it remains: `_x$1` gives `x1`, `élan` `elan`. */
export function plainName(text: string): string | undefined {
  return plainText(text).replace(/^[_0-9]+/, "") || undefined;
}
