// The manifest of points, as the grader reads it.

import test from 'tape';
import { chapters } from '../../chapters/chapters.ts';
import { testsOf } from '../../lib/grade/subject.ts';
import { manifest } from '../../tools/grading.ts';

test('the manifest lists the tests of every chapter, and no others', (t) => {
  t.deepEqual(
    [...manifest().chapters].map(([chapter, tests]) => [chapter, [...tests.keys()]]),
    chapters.map((chapter) => [chapter.name, testsOf(chapter)]),
    'otherwise: npm run points',
  );
  for (const [chapter, points] of manifest().chapters) {
    t.ok(
      [...points.values()].some((worth) => worth > 0),
      `${chapter} is worth something`,
    );
  }
  t.end();
});
