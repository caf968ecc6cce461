// The picture of the stepper is the one that the stepper would draw today.

import { readFileSync } from 'node:fs';
import test from 'tape';
import { pictures } from '../../../tools/picture.ts';

test('the committed picture is up to date; otherwise: npm run walkthroughs', (t) => {
  for (const [path, text] of pictures()) {
    t.ok(readFileSync(path, 'utf8') === text, path);
    t.ok(
      /<title id="title">.+<\/title>\s+<desc id="words">[^<]+grant-vote did not fire/.test(text),
    );
  }
  t.equal(pictures().size, 1);
  t.end();
});
