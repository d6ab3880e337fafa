/** Longer texts are cut, at the end of a word: a name is to be read. */
const maxValueLength = 24;

/** The value of a parameter as part of a name: `64`, `minus3`, `half_up`, `1_2_3`. */
export function parameterValueText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint") return value < 0 ? `minus${-value}` : `${value}`;
  if (typeof value === "function") return value.name;
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .map(([key, entry]) => (Array.isArray(value) ? parameterValueText(entry) : `${key}_${parameterValueText(entry)}`))
      .join("_");
  }
  return `${value}`;
}

/**
 * A parameter as part of a module's name: `vectorSize32`, `rounding_half_up`, `signed_true`. Of a long value the first
 * words stay, followed by a short sum over all of it, so that values which differ only further on get other names.
 */
export function parameterText(key: string, value: unknown): string {
  const full = parameterValueText(value);
  const text = (full.length <= maxValueLength ? full : `${firstWords(full)}_x${checksum(full)}`).replace(
    /[^A-Za-z0-9_]+/g,
    "_",
  );
  return `${key.replace(/[^A-Za-z0-9_]+/g, "_")}${/^[0-9]/.test(text) ? "" : "_"}${text}`;
}

function firstWords(text: string): string {
  const most = maxValueLength - "_x0000".length;
  const end = text.lastIndexOf("_", most);
  return text.slice(0, end > 0 ? end : most);
}

/** Four hexadecimal digits (FNV-1a, folded). */
function checksum(text: string): string {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return ((sum ^ (sum >>> 16)) & 0xffff).toString(16).padStart(4, "0");
}
