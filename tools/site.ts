// `npm run site`: builds the pages as a plain website in site/, which opens from a disk as well.

import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { chapters } from '../chapters/chapters.ts';
import {
  chapterNumber,
  lessonFile,
  mythsFile,
  pathBetween,
  rulebookFile,
  whyFile,
} from '../lib/walkthrough/links.ts';
import { markup } from '../lib/walkthrough/text.ts';
import { highlight } from './highlight.ts';
import { parser, rewriteAddresses, titleOf } from './markdown.ts';
import { pageFiles } from './pages.ts';
import { root } from './root.ts';

const stylesheet = 'site.css';

/** Builds the website into a folder, which is emptied first. */
export function buildSite(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const pages = pageFiles();
  const others = new Set<string>();
  for (const file of pages) {
    const text = readFileSync(join(root, file), 'utf8');
    write(folder, addressOf(file), render(text, file, pages, others));
  }
  for (const file of others) {
    if (isCode(file)) write(folder, addressOf(file), renderCode(file));
    else copy(join(root, file), join(folder, file));
  }
  copy(join(__dirname, stylesheet), join(folder, stylesheet));
}

/** Where a file of the project is in the website. A folder's README is its index. */
function addressOf(file: string): string {
  if (isCode(file)) return `${file}.html`;
  return file.replace(/README\.md$/, 'index.html').replace(/\.md$/, '.html');
}

/** Code is shown as a page, since a browser would offer to save it; pictures are copied. */
const isCode = (file: string) => !/\.(md|svg|png)$/.test(file);

const markdown = parser((text, language) => (language === 'ts' ? highlight(text) : ''));
markdown.renderer.rules.table_open = () => '<div class="table"><table>\n';
markdown.renderer.rules.table_close = () => '</table></div>\n';

/** A page as HTML. Files that it links to and that are no pages are added to `others`. */
function render(text: string, file: string, pages: readonly string[], others: Set<string>): string {
  const tokens = markdown.parse(text, {});
  rewriteAddresses(tokens, (address) => {
    if (/^([a-z]+:|#)/.test(address)) return address;
    const [path = '', anchor] = address.split('#');
    const target = posix.join(posix.dirname(file), path);
    if (!pages.includes(target)) {
      if (!isFile(target)) throw new Error(`${file} links to ${target}, which is no file`);
      others.add(target);
    }
    const there = pathBetween(addressOf(file), addressOf(target));
    return anchor === undefined ? there : `${there}#${anchor}`;
  });
  return frame(file, titleOf(tokens), markdown.renderer.render(tokens, markdown.options, {}));
}

function renderCode(file: string): string {
  const text = readFileSync(join(root, file), 'utf8');
  const shown = file.endsWith('.ts') ? highlight(text) : markdown.utils.escapeHtml(text);
  return frame(file, file, `<h1>${file}</h1>\n<pre><code>${shown}</code></pre>\n`);
}

/** The whole page around its content, with links to every chapter. */
function frame(file: string, title: string, content: string): string {
  const here = addressOf(file);
  const link = (target: string, label: string) => {
    const current = target === file ? ' aria-current="page"' : '';
    return `<a href="${pathBetween(here, addressOf(target))}"${current}>${markup(label)}</a>`;
  };
  const links = [
    link('README.md', 'The Raft notebook'),
    ...chapters.map(({ name, title }) => link(lessonFile(name), `${chapterNumber(name)} ${title}`)),
    link(rulebookFile, 'Rulebook'),
    link(whyFile, 'Why each rule'),
    link(mythsFile, 'Myths'),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${markup(title)}</title>
<link rel="stylesheet" href="${pathBetween(here, stylesheet)}">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<nav aria-label="Chapters">
${links.join('\n')}
</nav>
</header>
<main id="content">
${content}</main>
</body>
</html>
`;
}

function isFile(file: string): boolean {
  return statSync(join(root, file), { throwIfNoEntry: false })?.isFile() ?? false;
}

function write(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

if (require.main === module) buildSite(join(root, 'site'));
