// What a majority is in chapter 11, and which configuration is in force.

import test from 'tape';
import { membership } from '../../../chapters/11-membership/membership.ts';
import type { MembershipState } from '../../../chapters/11-membership/state.ts';
import {
  commandOf,
  confirmedRound,
  foundedBy,
  isMajority,
  isSettled,
  latestConfiguration,
  majorityIndex,
  receivers,
} from '../../../chapters/11-membership/state.ts';
import { Log } from '../../../lib/log/log.ts';
import type { Configuration } from '../../../lib/log/configuration.ts';

const old = ['A', 'B', 'C'];

/** A as leader that knows how far the others store its log of five entries, and which round they answered. */
const leader = (
  configuration: Configuration,
  reached: Readonly<Record<string, number>>,
): MembershipState => ({
  ...membership.init('A', ['B', 'C', 'D', 'E']),
  role: 'leader',
  configuration,
  log: Log.of(Array.from({ length: 5 }, () => ({ term: 1, command: 'x=1' }))),
  round: 5,
  matchIndex: reached,
  roundAnswered: reached,
});

test('who has no vote does not count, the leader included', (t) => {
  t.ok(isMajority([old], ['A', 'B']));
  t.notOk(isMajority([old], ['A', 'D', 'E']));
  t.equal(majorityIndex(leader([old], { B: 3, C: 2, D: 5, E: 5 })), 3);
  t.equal(majorityIndex(leader([['B', 'C', 'D']], { B: 3, C: 2, D: 1 })), 2, 'without A');
  t.equal(confirmedRound(leader([['B', 'C']], { B: 4, C: 2 })), 2);
  t.equal(majorityIndex(leader([['A']], {})), 5, 'who is alone is a majority');
  t.end();
});

test('a joint configuration takes a majority of each group', (t) => {
  const joint = [old, ['C', 'D', 'E']];
  t.ok(isMajority(joint, ['A', 'C', 'D']));
  t.notOk(isMajority(joint, ['A', 'D', 'E']));
  t.equal(majorityIndex(leader(joint, { B: 1, C: 2, D: 4, E: 4 })), 2);
  t.equal(commandOf(joint), 'voters A B C and C D E');
  t.deepEqual(receivers(leader(joint, {})), ['B', 'C', 'D', 'E']);
  t.end();
});

test('the latest configuration in the log is in force, and settled once it is committed', (t) => {
  const change = { term: 1, command: 'voters A B', configuration: [['A', 'B']] };
  const me = { ...membership.init('A', ['B', 'C']), log: Log.of([{ term: 1, command: 'no-op' }]) };
  t.deepEqual(latestConfiguration(me), { index: 0, configuration: [old] });
  const changed = { ...me, log: me.log.append([change]), commitIndex: 1 };
  t.deepEqual(latestConfiguration(changed), { index: 2, configuration: [['A', 'B']] });
  t.deepEqual(latestConfiguration(changed, 1).configuration, [old]);
  t.notOk(isSettled(changed));
  t.ok(isSettled({ ...changed, commitIndex: 2 }));
  t.deepEqual(latestConfiguration({ ...changed, log: changed.log.upTo(1) }).configuration, [old]);
  t.end();
});

test('a node that starts again goes by its snapshot, also one that does not belong to the cluster', (t) => {
  const { D } = foundedBy(['C', 'A', 'B'], ['A', 'B', 'C', 'D']);
  t.deepEqual(D?.peers, old);
  const again = membership.init('D', old, { ...(D && { snapshot: D.snapshot }) });
  t.deepEqual([again.configuration, again.peers], [[old], old]);
  const { state } = membership.step(again, { type: 'ElectionTimeout' });
  t.equal(state.role, 'follower', 'it does not stand for election');
  t.end();
});
