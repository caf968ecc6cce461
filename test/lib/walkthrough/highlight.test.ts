// The colours of code on the website.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'tape';
import { chapters } from '../../../chapters/chapters.ts';
import { highlight } from '../../../tools/highlight.ts';
import { root } from '../../../tools/root.ts';
import { topicFile } from '../../../tools/source.ts';
import { readXml } from './xml.ts';

test('keywords, strings, numbers and comments get a colour, and names do not', (t) => {
  const html = highlight("// say\nconst text: string = `a ${x} b` + 'c' + 1; /* end */");
  const coloured = [...html.matchAll(/<span class="(\w+)">([^<]*)<\/span>/g)].map(
    ([, look, text]) => `${look} ${text?.trim()}`,
  );
  t.deepEqual(coloured, [
    'comment // say',
    'keyword const',
    'keyword string',
    'string `a ${',
    'string } b`',
    "string 'c'",
    'number 1',
    'comment /* end */',
  ]);
  t.end();
});

test('code keeps every character', (t) => {
  for (const { name } of chapters) {
    const text = readFileSync(join(root, topicFile(name)), 'utf8');
    const { children } = readXml(`<a><b>${highlight(text)}</b></a>`);
    t.equal(children[0]?.children.length === 0, false, `${name} has colours`);
    const plain = highlight(text).replace(/<[^>]+>/g, '');
    const unescaped = plain
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
    t.equal(unescaped, text, name);
  }
  t.end();
});
