// An administrator asks for other voters or another leader: what the search makes of that, counted by hand and in the chapter
// on membership.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'tape';
import { chapters } from '../../../chapters/chapters.ts';
import { counterexampleTrace } from '../../../lib/explore/route.ts';
import type { Bounds } from '../../../lib/explore/problem.ts';
import { explore } from '../../../lib/explore/search.ts';
import type { RaftNode } from '../../../lib/node/contract.ts';
import { replayBehaviour } from '../../../lib/replay/behavioural.ts';
import { readTrace, writeTrace } from '../../../lib/trace/format.ts';
import { readRequest } from '../../../tools/explore-request.ts';
import { chapterNamed } from '../../support.ts';
import { sameVerdictsForMembers, withoutOne } from './members.ts';

/** It does what it is told at once: it knows who votes, and who leads. */
const obedient: RaftNode = {
  init: (id, peers) => ({ id, peers, role: 'follower', leaderId: null, configuration: [] }),
  step(state, event) {
    if (event.type === 'ChangeConfiguration' && 'voters' in event) {
      return { state: { ...state, configuration: [event.voters] }, effects: [] };
    }
    if (event.type !== 'TransferLeadership' || !('target' in event)) return { state, effects: [] };
    return { state: { ...state, leaderId: event.target }, effects: [] };
  },
};

const count = (nodes: readonly string[], asked: Partial<Bounds>, symmetry: boolean): number => {
  const bounds = { terms: 0, log: 0, requests: 0, restarts: 0, depth: Infinity, ...asked };
  return explore({ node: obedient, nodes, properties: [], bounds, symmetry }).states;
};

test('one change: any node may be asked for any voters', (t) => {
  // Nobody is asked, or one of the nodes for one of 3, or of 7, sets of voters.
  t.equal(count(['A', 'B'], { changes: 1 }, false), 1 + 2 * 3);
  t.equal(count(['A', 'B', 'C'], { changes: 1 }, false), 1 + 3 * 7);
  // Without names: the node itself or not, and how many others.
  t.equal(count(['A', 'B', 'C'], { changes: 1 }, true), 1 + (2 * 3 - 1));
  t.end();
});

test('one transfer: any node may be asked to let any node lead', (t) => {
  t.equal(count(['A', 'B', 'C'], { transfers: 1 }, false), 1 + 3 * 3);
  t.equal(count(['A', 'B', 'C'], { transfers: 1 }, true), 1 + 2, 'itself, or another');
  t.end();
});

test('two changes: what was asked last counts, and how often', (t) => {
  // Of two nodes, one was asked once; or each once; or one twice, for the same again or not.
  t.equal(count(['A', 'B'], { changes: 2 }, false), 1 + 2 * 3 + 3 * 3 + 2 * 3);
  t.end();
});

test('without a bound on them, nobody asks for a change or a transfer', (t) => {
  t.equal(count(['A', 'B', 'C'], {}, false), 1);
  t.end();
});

/** What is tried here; `npm run test:long` tries all, and goes farther. */
const some = ['enter-joint', 'use-configuration'];

test('with members that change: the same verdict with symmetry and without, whatever rule is missing', (t) => {
  const nodes = withoutOne.filter(({ name }) => some.includes(name));
  t.equal(nodes.length, some.length);
  t.comment(`${sameVerdictsForMembers(t, nodes, 3)} break a property`);
  t.end();
});

test('a change that breaks a property is written as a trace, which drives a cluster to the same end', (t) => {
  const chapter = chapterNamed('11-membership');
  const { problem } = readRequest(chapters, [
    ...['11', '--variant', 'changes-at-once', '--from', '11/leads-from-outside:13'],
    ...['--changes', '1', '--requests', '0', '--most', 'round=0'],
  ]);
  const { node } = problem;
  const verdict = explore({ ...problem, filter: 'stale' });
  if (verdict.outcome !== 'violation') {
    t.fail(`${verdict.outcome} after ${verdict.states} states`);
    return t.end();
  }
  t.equal(verdict.counterexample.property, 'Leader Completeness');
  t.ok(verdict.counterexample.acts.some(({ type }) => type === 'change'));
  const folder = mkdtempSync(join(tmpdir(), 'explore-'));
  try {
    const file = join(folder, 'found.trace.jsonl');
    const about = { chapter: chapter.name, scenario: 'found', title: 'Found', about: 'Found.' };
    const outcome = { says: 'It is broken.', nodes: {}, violates: 'Leader Completeness' };
    const header = { format: 'raft-notebook-trace', version: 1, ...about, outcome } as const;
    writeTrace(counterexampleTrace(problem, verdict.counterexample, header), file);
    const trace = readTrace(file);
    const replayed = replayBehaviour(trace, node, chapter.properties);
    t.equal(replayed.violation?.property, 'Leader Completeness');
    t.equal(replayBehaviour(trace, chapter.node, chapter.properties).violation, undefined);
  } finally {
    rmSync(folder, { recursive: true });
  }
  t.end();
});
