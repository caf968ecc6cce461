// The properties of membership notice what they are for.

import test from 'tape';
import { chapter } from '../../../chapters/11-membership/chapter.ts';
import * as properties from '../../../lib/check/membership-properties.ts';
import type { Property } from '../../../lib/check/property.ts';
import { groupsOf, isMajority, meetsMajorities, sayShare } from '../../../lib/check/quorums.ts';
import * as transfers from '../../../lib/check/transfer-properties.ts';
import { replayBehaviour } from '../../../lib/replay/behavioural.ts';
import { bugs } from '../../bugs/bugs.ts';
import { ownRuns } from '../../support.ts';

/** What a property says about a mistake in some run of chapter 11. */
function found(property: Property, bug: string): string {
  const node = bugs.find(({ name }) => name === bug)?.node;
  if (!node) throw new Error(`there is no bug named ${bug}`);
  for (const trace of ownRuns(chapter)) {
    const { violation } = replayBehaviour(trace, node, [property]);
    if (violation) return `${violation.earlier.says}; ${violation.later.says}`;
  }
  return 'nothing';
}

test('each property of membership names the mistake that it is for', (t) => {
  t.equal(
    found(properties.configurationIsLatest, 'no-way-back'),
    'A stores the voters A B C; A goes by the voters A B C and A B C D E',
  );
  t.equal(
    found(properties.configurationIsLatest, 'in-force-when-committed'),
    'A stores the voters A B C D; A goes by the voters A B C',
  );
  t.equal(
    found(properties.oneChangeAtATime, 'second-change-too-soon'),
    'A does not know 2 to be committed; A appends the voters A at 3',
  );
  t.equal(
    found(properties.oneChangeAtATime, 'change-before-an-own-entry'),
    'B knows of no committed entry of term 2; B appends the voters B C D at 3',
  );
  t.equal(
    found(properties.changesOverlap, 'two-nodes-at-once'),
    'the voters were A B C; A appends the voters A B C D E at 3',
  );
  t.equal(
    found(properties.leaderStaysUntilRemoved, 'removed-leader-goes-too-soon'),
    'A stores the voters B C at 3; A steps down, and has commitIndex 1',
  );
  t.equal(
    found(properties.snapshotTellsMembers, 'later-members-in-the-snapshot'),
    'B stores the voters A B C and A B C D E up to 4; B has a snapshot up to 4 with the voters A B C D E',
  );
  t.equal(
    found(properties.leaderIsLeftInPeace, 'disturbed-by-anybody'),
    'B hears from the leader of term 1; B adopts term 2 from a candidate',
  );
  t.equal(
    found(transfers.successorIsComplete, 'handed-over-too-soon'),
    'the log of A ends at 2; A tells B, whose log ends at 1, to stand for election',
  );
  t.equal(
    found(transfers.noLeaseAfterTransfer, 'lease-kept-in-a-transfer'),
    'A tells B to stand for election; A answers x? at once',
  );
  t.equal(
    found(transfers.standsForItsLeader, 'told-in-a-former-term'),
    'B is in term 2, and a leader of term 1 asks it; B starts term 3',
  );
  t.match(
    found(properties.followersOnlyLearn, 'only-voter-commits-as-follower'),
    /^B is follower and hears that \d is committed; B takes \d for committed$/,
  );
  t.end();
});

test('a majority of two groups is a majority of each', (t) => {
  const joint = [
    ['A', 'B', 'C'],
    ['C', 'D', 'E'],
  ];
  t.ok(isMajority(joint, new Set(['A', 'C', 'D'])));
  t.notOk(isMajority(joint, new Set(['C', 'D', 'E'])), 'one of three old voters');
  t.notOk(isMajority(joint, new Set(['A', 'B', 'X'])), 'no new voter');
  t.ok(meetsMajorities([['A', 'B']], new Set(['A'])), 'half of two share a node with both');
  t.notOk(meetsMajorities([['A', 'B', 'C']], new Set(['A'])));
  t.equal(sayShare(joint, 'nodes', new Set(['C', 'D'])), 'of 3 nodes, 1 and of 3, 2');
  t.deepEqual(
    groupsOf({ id: 'A', peers: ['B', 'C'], role: 'follower' }),
    [['A', 'B', 'C']],
    'without a configuration, everybody counts',
  );
  t.end();
});
