// Puts plain text into Markdown, HTML and XML so that it reads as it was written.

/** Plain text as Markdown on one line: nothing in it is taken for markup. */
export function markdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|~$&]/g, '\\$&')
    .replace(/^([-+#=])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** Plain text as the content or an attribute of an HTML or XML element, on one line. */
export function markup(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A name in code type. */
export const code = (name: string) => `\`${name.replaceAll('`', "'")}\``;

/** `one`, `one and two`, `one, two and three`. */
export function list(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** A table with a head; cells are Markdown already. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** Text that opens on a click; the summary is plain text, the lines are Markdown. */
export function details(summary: string, lines: readonly string[]): readonly string[] {
  return ['<details>', `<summary>${markup(summary)}</summary>`, '', ...lines, '', '</details>'];
}

/** Paragraphs, lists and tables with an empty line between them. */
export const blocks = (...parts: readonly (readonly string[])[]): string[] =>
  parts.filter((lines) => lines.length > 0).flatMap((lines, at) => (at ? ['', ...lines] : lines));
