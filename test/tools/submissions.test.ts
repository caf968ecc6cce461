// Which exercises a path holds, and what is said when it holds none.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import test from 'tape';
import { chapters } from '../../chapters/chapters.ts';
import type { Submission } from '../../tools/submissions.ts';
import { submissionAt, submissionsIn } from '../../tools/submissions.ts';
import { chapterNamed } from '../support.ts';

const folder = mkdtempSync(join(tmpdir(), 'raft-submissions-'));
test.onFinish(() => rmSync(folder, { recursive: true, force: true }));

/** Makes these files, empty, in a folder of that name; gives the folder. */
function holding(name: string, ...files: string[]): string {
  const home = join(folder, name);
  for (const file of files) {
    mkdirSync(dirname(join(home, file)), { recursive: true });
    writeFileSync(join(home, file), '');
  }
  return home;
}

const voting = chapterNamed('03-voting');
const roles = chapterNamed('01-roles');
const every = chapters.map(({ name }) => name);

/** The chapters that count, and the exercises by chapter. */
const seen = ({ path, chapters: counting, exercises }: Submission) => ({
  counting: counting.map(({ name }) => name),
  found: [...exercises].map(([{ name }, file]) => `${name} ${relative(path, file)}`.trim()),
});

test('a file is of the chapter that its path names, or that was asked for', (t) => {
  const home = holding('files', '03-voting/exercise.ts', '03-voting.ts', 'mine.ts', 'plain.js');
  const one = { counting: ['03-voting'], found: ['03-voting'] };
  t.deepEqual(seen(submissionAt(join(home, '03-voting/exercise.ts'), [])), one);
  t.deepEqual(seen(submissionAt(join(home, '03-voting.ts'), [])), one);
  t.deepEqual(seen(submissionAt(join(home, 'mine.ts'), [voting])), one);
  t.deepEqual(seen(submissionAt(join(home, 'plain.js'), [voting])), one);
  t.equal(submissionAt(join(home, 'mine.ts'), [voting]).name, 'mine');
  t.throws(() => submissionAt(join(home, 'mine.ts'), []), /say of which chapter it is/);
  t.throws(() => submissionAt(join(home, 'mine.ts'), [roles, voting]), /say of which chapter/);
  t.end();
});

test('a folder is of all chapters, and what it lacks is missing', (t) => {
  const shapes = ['03-voting/exercise.ts', 'chapters/03-voting/exercise.ts', '03-voting.ts'];
  for (const shape of shapes) {
    const home = holding(`shape ${shape.replaceAll('/', ' ')}`, shape);
    t.deepEqual(seen(submissionAt(home, [])), { counting: every, found: [`03-voting ${shape}`] });
    t.deepEqual(seen(submissionAt(home, [voting])).counting, ['03-voting'], 'unless one is asked');
  }
  t.end();
});

test('a folder with a single exercise is that exercise', (t) => {
  const home = holding('alone', 'exercise.ts', '03-voting/exercise.ts');
  t.deepEqual(seen(submissionAt(home, [roles])), {
    counting: ['01-roles'],
    found: ['01-roles exercise.ts'],
  });
  t.deepEqual(seen(submissionAt(join(home, '03-voting'), [])), {
    counting: ['03-voting'],
    found: ['03-voting exercise.ts'],
  });
  t.end();
});

test('a path without an exercise says what was expected', (t) => {
  const home = holding('wrong', 'empty/notes.md', 'text.md', 'folder/03-voting/exercise.ts/x');
  t.throws(() => submissionAt(join(home, 'nowhere'), []), /There is no file or folder .*nowhere/);
  t.throws(
    () => submissionAt(join(home, 'empty'), [voting]),
    /empty holds no exercise; expected exercise\.ts, 03-voting\/exercise\.ts or 03-voting\.ts, found notes\.md\.$/,
  );
  t.throws(
    () => submissionAt(join(home, 'empty'), []),
    /expected 01-roles\/exercise\.ts or 01-roles\.ts, found/,
    'of one chapter among many, the file names it',
  );
  t.throws(() => submissionAt(join(home, 'text.md'), [voting]), /neither a \.ts nor a \.js file/);
  t.throws(
    () => submissionAt(join(home, 'folder'), []),
    /holds no exercise/,
    'a folder is no file',
  );
  t.end();
});

test('every folder and every file of a cohort is a submission, also one without an exercise', (t) => {
  const files = ['ada/exercise.ts', 'ben.ts', 'cy.js', 'dee/notes.md', '.git/x', 'readme.md'];
  const home = holding('cohort', ...files);
  const found = submissionsIn(home, [voting]);
  t.deepEqual(
    found.map(({ name, exercises, problem }) => [name, exercises.size, problem !== undefined]),
    [
      ['ada', 1, false],
      ['ben', 1, false],
      ['cy', 1, false],
      ['dee', 0, true],
    ],
  );
  const [dee] = submissionsIn(home, []).slice(-1);
  t.deepEqual(dee && seen(dee), { counting: every, found: [] });
  t.end();
});

test('a cohort that is none is refused', (t) => {
  const home = holding('clash', 'ada/exercise.ts', 'ada.ts', 'none/readme.md');
  t.throws(() => submissionsIn(home, [voting]), /holds two submissions named ada/);
  t.throws(() => submissionsIn(join(home, 'none'), [voting]), /holds no submissions/);
  t.throws(() => submissionsIn(join(home, 'ada.ts'), [voting]), /--all expects a folder/);
  t.end();
});
