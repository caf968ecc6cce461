// Colours TypeScript for the website: keywords, strings, numbers and comments, as the compiler's own
// parser sees them.

import ts from 'typescript';

/** The code as HTML; what gets no colour is left plain. */
export function highlight(text: string): string {
  const source = ts.createSourceFile('page.ts', text, ts.ScriptTarget.Latest, true);
  const parts: string[] = [];
  let done = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(source);
    if (children.length > 0) return children.forEach(visit);
    const start = node.getStart(source);
    if (node.end <= start) return;
    parts.push(gap(text.slice(done, start)), word(node.kind, text.slice(start, node.end)));
    done = node.end;
  };
  visit(source);
  return [...parts, gap(text.slice(done))].join('');
}

/** Between two words of the language there is space, and perhaps a comment. */
const gap = (text: string) => (text.trim() === '' ? text : coloured('comment', text));

function word(kind: ts.SyntaxKind, text: string): string {
  const { FirstKeyword, LastKeyword, FirstTemplateToken, LastTemplateToken } = ts.SyntaxKind;
  if (kind >= FirstKeyword && kind <= LastKeyword) return coloured('keyword', text);
  if (kind === ts.SyntaxKind.NumericLiteral) return coloured('number', text);
  if (kind === ts.SyntaxKind.StringLiteral) return coloured('string', text);
  if (kind >= FirstTemplateToken && kind <= LastTemplateToken) return coloured('string', text);
  return escaped(text);
}

const coloured = (look: string, text: string) => `<span class="${look}">${escaped(text)}</span>`;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
