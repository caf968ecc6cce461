// The properties of snapshots notice what they are for, and say nothing of the rules themselves.

import test from 'tape';
import { chapter } from '../../../chapters/10-snapshots/chapter.ts';
import { answersAreTrue } from '../../../lib/check/apply-properties.ts';
import { executedOnce } from '../../../lib/check/client-properties.ts';
import { stateMachineSafety } from '../../../lib/check/log-properties.ts';
import type { Property } from '../../../lib/check/property.ts';
import * as properties from '../../../lib/check/snapshot-properties.ts';
import type { RaftNode } from '../../../lib/node/contract.ts';
import { replayBehaviour } from '../../../lib/replay/behavioural.ts';
import { mustHold } from '../../../lib/scenario/scenario.ts';
import { bugs } from '../../bugs/bugs.ts';
import { variants } from '../../bugs/variants/variants.ts';
import { ownRuns } from '../../support.ts';

/** What a property says about a node in a scenario of chapter 10. */
function breach(property: Property, scenario: string, node: RaftNode): string {
  const trace = ownRuns(chapter).find(({ header }) => header.scenario === scenario);
  if (!trace) throw new Error(`there is no run ${scenario}`);
  const { violation } = replayBehaviour(trace, node, [property]);
  return violation ? `${violation.earlier.says}; ${violation.later.says}` : 'nothing';
}

const nodeNamed = (name: string): RaftNode => {
  const found = [...bugs, ...variants].find((each) => each.name === name);
  if (!found) throw new Error(`there is no bug or variant named ${name}`);
  return found.node;
};

const found = (property: Property, bug: string, scenario: string) =>
  breach(property, scenario, nodeNamed(bug));

test('each property of snapshots names the mistake that it is for', (t) => {
  t.equal(
    found(properties.snapshotCoversLog, 'log-gone-before-its-snapshot', 'crash-before-snapshot'),
    'on B, the log begins after 4; on B, the snapshot ends at 0',
  );
  t.equal(
    found(properties.snapshotIsApplied, 'installed-and-not-committed', 'snapshot-instead'),
    'C has a snapshot up to 4 of term 2; C has commitIndex 0 and lastApplied 0',
  );
  t.equal(
    found(properties.snapshotNeverGoesBack, 'older-snapshot-installed', 'old-snapshot'),
    'C has applied 5; C has applied 4',
  );
  t.equal(
    found(properties.snapshotEndIsTrue, 'end-of-the-current-term', 'end-of-an-old-term'),
    'A has a snapshot up to 4 of term 2; B has a snapshot up to 4 of term 3',
  );
  t.match(
    found(properties.snapshotIsTrue, 'chunks-of-two-snapshots', 'mixed-chunks'),
    /^A has a snapshot up to 8 with .*"z":"7".*; C has a snapshot up to 8 with .*"z":"3"/,
  );
  t.equal(
    found(properties.snapshotKeepsWhatFollows, 'suffix-discarded', 'suffix-stays'),
    'the log of C ends at 5; C has a snapshot, and its log ends at 4',
  );
  t.match(
    found(properties.chunkIsSignOfLife, 'no-sign-of-life', 'snapshot-instead'),
    /; C does not restart its election timer$/,
  );
  t.match(
    found(properties.chunkIsSignOfLife, 'campaigns-while-receiving', 'sign-of-life'),
    /; C is pre-candidate$|; C does not restart/,
  );
  t.end();
});

test('a session that is not in the snapshot is missed', (t) => {
  t.match(
    found(properties.snapshotIsTrue, 'snapshot-without-sessions', 'retry-after-snapshot'),
    /Ann/,
  );
  t.end();
});

test('the properties of logs go on judging what was discarded', (t) => {
  t.match(
    found(stateMachineSafety, 'log-gone-before-its-snapshot', 'crash-before-snapshot'),
    /^A applies x=1 of term 1 at 1; B applies nothing at 1$|^A applies x=1 at 1; B applies nothing at 1$/,
    'a node that applies what it does not have',
  );
  t.match(
    found(stateMachineSafety, 'applied-after-installing', 'at-the-edge'),
    /C applies nothing at 1$/,
    'a node that applies once more what its snapshot covers',
  );
  t.end();
});

test('a correct node with snapshots breaks nothing, whenever it takes them', (t) => {
  const mustKeep = [...mustHold(chapter), answersAreTrue, executedOnce];
  const nodes = [chapter.node, nodeNamed('compacts-later'), nodeNamed('keeps-the-last-entries')];
  for (const trace of ownRuns(chapter)) {
    for (const node of nodes) {
      const { violation } = replayBehaviour(trace, node, mustKeep);
      if (violation) t.fail(`${trace.header.scenario}: ${violation.property}`);
    }
  }
  t.pass('in all recorded runs');
  t.end();
});
