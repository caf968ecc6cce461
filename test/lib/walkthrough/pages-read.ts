// The pages of the project as a reader's browser understands them, and what holds for each.

import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Test } from 'tape';
import { addressesOf, anchorsOf, parser } from '../../../tools/markdown.ts';
import { pageFiles } from '../../../tools/pages.ts';
import { root } from '../../../tools/root.ts';

/** What the tests need to know of a page. The rest of a parsed page is too much to keep. */
interface Page {
  readonly addresses: readonly string[];
  readonly anchors: ReadonlySet<string>;
  readonly tables: number;
  /** Markup that reads as text. */
  readonly left: readonly string[];
}

export const read = (file: string) => readFileSync(join(root, file), 'utf8');

const files: ReadonlySet<string> = new Set(pageFiles());
const markdown = parser();
const known = new Map<string, Page>();

/** The page in a file, read when it is first asked for; undefined when the file is none. */
function pageIn(file: string): Page | undefined {
  if (!files.has(file)) return undefined;
  const page = known.get(file) ?? parsed(read(file));
  known.set(file, page);
  return page;
}

function parsed(text: string): Page {
  const tokens = markdown.parse(text, {});
  return {
    addresses: addressesOf(tokens).filter((address) => !/^[a-z]+:/.test(address)),
    anchors: anchorsOf(tokens),
    tables: tokens.filter(({ type }) => type === 'table_open').length,
    left: tokens
      .flatMap(({ children }) => children ?? [])
      .filter(({ type, content }) => type === 'text' && /\*\*|~~|\]\(|<\/?[a-z]+>/.test(content))
      .map(({ content }) => content),
  };
}

/** Asserts that every link of these pages leads to a file, and to an anchor in it. */
export function leadSomewhere(t: Test, pages: readonly string[]): void {
  for (const file of pages) {
    const { addresses = [] } = pageIn(file) ?? {};
    const broken = addresses.filter((address) => !resolves(file, address));
    t.deepEqual(broken, [], file);
  }
}

function resolves(file: string, address: string): boolean {
  const [path = '', anchor] = address.split('#');
  const target = path === '' ? file : posix.join(posix.dirname(file), path);
  if (anchor === undefined) return files.has(target) || existsSync(join(root, target));
  return pageIn(target)?.anchors.has(anchor) ?? false;
}

/** Asserts that every table on these pages is a table, and that no markup is left over as text. */
export function readAsMeant(t: Test, pages: readonly string[]): void {
  for (const file of pages) {
    const written = read(file).match(/^\|( ?:?-+:? ?\|)+$/gm)?.length ?? 0;
    t.equal(pageIn(file)?.tables, written, `${file} has ${written} tables`);
    t.deepEqual(pageIn(file)?.left, [], file);
  }
}
