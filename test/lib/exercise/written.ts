// Chapter 3's exercise with some of its rules written, as they stand in the chapter.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'tape';
import { exportedSource } from '../../../tools/source.ts';
import { chapterNamed } from '../../support.ts';

export const voting = chapterNamed('03-voting');

const stub = readFileSync('chapters/03-voting/exercise.ts', 'utf8');
const solution = readFileSync('chapters/03-voting/voting.ts', 'utf8');

/** The exports that belong to each rule. */
const exportsOf = {
  'adopt-newer-term': ['adoptNewerTerm'],
  'refuse-stale-candidate': ['refuseStaleCandidate'],
  'start-election': ['startElection'],
  'request-votes': ['requestVotes'],
  'grant-vote': ['grantVote'],
  'count-vote': ['countVote'],
  'become-leader': ['becomeLeader', 'majority'],
};

export type RuleName = keyof typeof exportsOf;

export const allRules = Object.keys(exportsOf) as RuleName[];

/** The text of the exercise with these rules written. */
export function written(...rules: readonly RuleName[]): string {
  return rules
    .flatMap((rule) => exportsOf[rule])
    .reduce((text, name) => {
      const gap = exportedSource(text, name, 'exercise.ts');
      return text.replace(gap, () => exportedSource(solution, name, 'voting.ts'));
    }, stub);
}

/** The same text after an edit, which must find what it replaces. */
export function edited(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`there is no ${from} to replace`);
  return text.replace(from, () => to);
}

/** All rules, but a node votes for everybody who asks. */
export const votesForAll = (): string =>
  edited(
    written(...allRules),
    'me.votedFor === null || me.votedFor === request.from',
    'request.from !== me.id',
  );

const folder = mkdtempSync(join(tmpdir(), 'raft-exercise-'));
test.onFinish(() => rmSync(folder, { recursive: true, force: true }));

/** A file with this text, in a folder of its own. */
export function saved(text: string): string {
  const file = join(mkdtempSync(join(folder, 'try-')), 'exercise.ts');
  writeFileSync(file, text);
  return file;
}
