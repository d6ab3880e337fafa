/** Text that is safe inside HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/**
 * One HTML file that needs nothing else: no script, no network, light or dark as the reader's system is.
 * @param title plain text
 * @param lead plain text under the title
 * @param body HTML
 */
export function htmlPage(title: string, lead: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${escapeHtml(title)}</h1><p>${escapeHtml(lead)}</p></header>
<main>
${body}
</main>
<footer>Made by lodestone. SQNR is 10 log10 of signal over noise power, per tensor; a shared scale counts into the bits.</footer>
</body>
</html>
`;
}

/** A table of text cells; all columns but the first `labels` keep to the right. */
export function htmlTable(titles: readonly string[], rows: readonly (readonly string[])[], labels = 1): string {
  const cell = (tag: string, text: string, i: number): string =>
    `<${tag}${i < labels ? "" : ' class="n"'}>${escapeHtml(text)}</${tag}>`;
  const line = (tag: string, cells: readonly string[]): string =>
    `<tr>${cells.map((text, i) => cell(tag, text, i)).join("")}</tr>`;
  const body = rows.map((row) => line("td", row)).join("\n");
  return `<div class="wide"><table><thead>${line("th", titles)}</thead><tbody>\n${body}\n</tbody></table></div>`;
}

/** A plot with its heading and a sentence that says how to read it; a tall one takes the room of two beside it. */
export function htmlFigure(heading: string, svg: string, caption: string, legend = "", tall = false): string {
  return `<figure${tall ? ' class="tall"' : ""}><h3>${escapeHtml(heading)}</h3>${legend}${svg}<figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}

/** Names with the colours that plots give them, and the pattern of dashes of their lines. */
export function htmlLegend(
  items: readonly { readonly label: string; readonly colour: string; readonly dash: string }[],
): string {
  const entries = items.map(({ colour, dash: pattern, label }) => {
    const dash = pattern === "" ? "" : ` stroke-dasharray="${pattern}"`;
    const line = `<line x1="0" y1="5" x2="18" y2="5" stroke="${colour}" stroke-width="2.5"${dash}/>`;
    return `<li><svg width="18" height="10" aria-hidden="true">${line}</svg>${escapeHtml(label)}</li>`;
  });
  return `<ul class="legend">${entries.join("")}</ul>`;
}

/** The colours of series, by place; they come again after the last. */
export function seriesColour(place: number): string {
  return `var(--s${place % seriesColours})`;
}

const seriesColours = 8;

const style = `
:root { --ink: #1d2430; --soft: #5b6675; --line: #dfe3e8; --grid: #edf0f3; --page: #f6f7f9; --card: #ffffff; --fill: #b9c6d8;
  --s0: #2f6fb5; --s1: #d9782d; --s2: #2a9d74; --s3: #8a5cc2; --s4: #c8465a; --s5: #8f8222; --s6: #3fa3c4; --s7: #77808c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ee; --soft: #9aa5b4; --line: #343c48; --grid: #272e38; --page: #14181e; --card: #1c2129; --fill: #43536a;
    --s0: #6aa7ea; --s1: #f0a15f; --s2: #58c79c; --s3: #b493e6; --s4: #ee7f8f; --s5: #c9bb58; --s6: #7ccfe8; --s7: #a3adba; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
header, main, footer { max-width: 1080px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 32px; }
h1 { font-size: 26px; line-height: 1.2; margin: 0 0 4px; letter-spacing: -0.01em; }
header p { margin: 0 0 20px; color: var(--soft); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px 20px; margin: 0 0 20px; }
h2 { font-size: 18px; margin: 0; overflow-wrap: anywhere; }
h2 + p { margin: 0 0 14px; color: var(--soft); }
h3 { font-size: 14px; margin: 0 0 6px; font-weight: 600; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr)); gap: 22px 28px; margin: 0 0 18px; }
figure { margin: 0; min-width: 0; }
figcaption { color: var(--soft); font-size: 12.5px; line-height: 1.4; margin-top: 4px; }
svg text { font: 11.5px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--soft); }
svg text.v { fill: var(--ink); }
svg.plot { display: block; width: 100%; max-width: 640px; height: auto; }
.tall { grid-row: span 2; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; list-style: none; margin: 0 0 4px; padding: 0; font-size: 12.5px; color: var(--soft); }
.legend svg { margin-right: 6px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; font-variant-numeric: tabular-nums; }
th { text-align: left; color: var(--soft); font-weight: 600; border-bottom: 1px solid var(--line); padding: 4px 10px 4px 0; white-space: nowrap; }
td { border-bottom: 1px solid var(--grid); padding: 4px 10px 4px 0; white-space: nowrap; }
tbody tr:last-child td { border-bottom: 0; }
.n { text-align: right; }
th.n:last-child, td.n:last-child { padding-right: 0; }
.tiles { display: flex; flex-wrap: wrap; gap: 6px 30px; margin: 0 0 14px; }
.tiles div { min-width: 84px; }
.tiles dt { color: var(--soft); font-size: 12.5px; }
.tiles dd { margin: 0; font-size: 19px; font-weight: 600; font-variant-numeric: tabular-nums; }
footer { color: var(--soft); font-size: 12.5px; padding-bottom: 32px; }
`;
