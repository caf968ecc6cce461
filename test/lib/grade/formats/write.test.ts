// A results file is whole at every moment, also while a grader is still at work.

import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'tape';
import { writeGradescope } from '../../../../lib/grade/formats/gradescope.ts';
import { writeWhole } from '../../../../lib/grade/formats/write.ts';
import type { Unscored } from '../../../../lib/grade/manifest.ts';
import { readManifest, settle } from '../../../../lib/grade/manifest.ts';

function inFolder(use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'results-'));
  try {
    use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('results written after each test are whole each time, and what has not run is missing', (t) => {
  const manifest = readManifest('{ "03-voting": { "a": 1, "b": 2, "c": 3 } }', 'points.json');
  const result = (id: string): Unscored => ({
    id,
    name: id,
    chapter: '03-voting',
    status: 'passed',
    verdict: 'as recorded',
    details: '',
    milliseconds: 1,
  });
  inFolder((folder) => {
    const file = join(folder, 'results.json');
    const results: Unscored[] = [];
    const scores = ['', '03-voting/a', '03-voting/b', '03-voting/c'].map((id) => {
      if (id !== '') results.push(result(id));
      const tests = settle(manifest, ['03-voting'], results);
      writeWhole(file, writeGradescope({ submission: 'ada', tests }));
      const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
      return typeof read === 'object' && read !== null && 'score' in read ? read.score : undefined;
    });
    t.deepEqual(scores, [0, 1, 3, 6]);
    t.deepEqual(readdirSync(folder), ['results.json'], 'nothing else is left behind');
  });
  t.end();
});

test('a file that cannot be written is left as it was, and nothing is left beside it', (t) => {
  inFolder((folder) => {
    mkdirSync(join(folder, 'taken'));
    t.throws(() => writeWhole(join(folder, 'taken'), 'text'));
    t.throws(() => writeWhole(join(folder, 'no-such-folder', 'file'), 'text'), /ENOENT/);
    t.deepEqual(readdirSync(folder), ['taken']);
  });
  t.end();
});
