// Reads a Markdown page the way GitHub does: its headings get GitHub's anchors, and its links and
// images can be listed or rewritten.

import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';

export type Token = MarkdownIt.Token;

/** Code in a language that has colours becomes HTML; anything else gives an empty text. */
type Highlight = (text: string, language: string) => string;

/** A parser for the pages of this project. */
export function parser(highlight: Highlight = () => ''): MarkdownIt.MarkdownIt {
  const markdown = new MarkdownIt({ html: true, highlight });
  markdown.core.ruler.push('github-anchors', ({ tokens }) => addAnchors(tokens));
  return markdown;
}

/** Gives every heading the id that GitHub gives it. */
function addAnchors(tokens: Token[]): void {
  const slugger = new GithubSlugger();
  tokens.forEach((token, index) => {
    if (token.type !== 'heading_open') return;
    token.attrSet('id', slugger.slug(textOf(tokens[index + 1]?.children ?? [])));
  });
}

/** The words of a line without its markup. */
export const textOf = (tokens: readonly Token[]): string =>
  tokens
    .filter(({ type }) => type === 'text' || type === 'code_inline')
    .map(({ content }) => content)
    .join('');

/** The text of the first heading, for a page's title. */
export function titleOf(tokens: readonly Token[]): string {
  const at = tokens.findIndex(({ type }) => type === 'heading_open');
  return textOf(tokens[at + 1]?.children ?? []);
}

/** Every place that a link can lead to: the headings, and the ids written as HTML. */
export function anchorsOf(tokens: readonly Token[]): Set<string> {
  const ids = new Set<string>();
  for (const token of flat(tokens)) {
    const id = token.attrGet('id');
    if (id !== null) ids.add(String(id));
    if (!isHtml(token)) continue;
    for (const [, written = ''] of token.content.matchAll(/\bid="([^"]+)"/g)) ids.add(written);
  }
  return ids;
}

/** Every address in the page: of links, of images, and of those written as HTML. */
export function addressesOf(tokens: readonly Token[]): string[] {
  const found: string[] = [];
  rewriteAddresses(tokens, (address) => {
    found.push(address);
    return address;
  });
  return found;
}

/** Changes every address in the page. */
export function rewriteAddresses(
  tokens: readonly Token[],
  change: (address: string) => string,
): void {
  for (const token of flat(tokens)) {
    if (!token.attrs && !isHtml(token)) continue;
    for (const name of ['href', 'src']) {
      const address = token.attrGet(name);
      if (address !== null) token.attrSet(name, change(decodeURI(String(address))));
    }
    if (isHtml(token)) {
      token.content = token.content.replace(
        /\b(href|src)="([^"]+)"/g,
        (_: string, name: string, address: string) => `${name}="${change(address)}"`,
      );
    }
  }
}

const isHtml = ({ type }: Token) => type === 'html_inline' || type === 'html_block';

function flat(tokens: readonly Token[]): Token[] {
  const all: Token[] = [];
  for (const token of tokens) {
    all.push(token);
    if (token.children) all.push(...flat(token.children));
  }
  return all;
}
