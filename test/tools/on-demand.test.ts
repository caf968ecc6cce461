// Chapters that are loaded when they are asked for are those of the book.

import test from 'tape';
import { chapters } from '../../chapters/chapters.ts';
import { chapterNamed, chapterNames } from '../../tools/on-demand.ts';

test('the chapters that are found by their folders are those of the book, in its order', (t) => {
  t.equal(chapterNames.length, chapters.length);
  for (const [place, chapter] of chapters.entries()) {
    t.equal(chapterNamed(chapterNames[place] ?? ''), chapter, chapter.name);
  }
  t.end();
});
