// Mistakes about who counts for a majority when members change.

import { edited, replacing } from '../../lib/rules/edit.ts';
import * as chapter11 from '../../chapters/11-membership/membership.ts';
import type { Membership, MembershipState } from '../../chapters/11-membership/state.ts';
import {
  isMajority,
  isVoter,
  latestConfiguration,
  majorityIndex,
} from '../../chapters/11-membership/state.ts';
import type { Bug } from './bug.ts';

const { membership: protocol } = chapter11;
const chapter = '11-membership';

type Me = Readonly<MembershipState>;
type Enough = (me: Me, nodes: readonly string[]) => boolean;

/** The highest index that enough nodes store, for another idea of what is enough. */
const storedByEnough = (me: Me, isEnough: Enough): number => {
  const stored = (node: string) => (node === me.id ? me.log.lastIndex : (me.matchIndex[node] ?? 0));
  const nodes = [me.id, ...Object.keys(me.matchIndex)];
  for (let index = me.log.lastIndex; index > me.commitIndex; index--) {
    const holders = nodes.filter((node) => stored(node) >= index);
    if (isEnough(me, holders)) return index;
  }
  return me.commitIndex;
};

/** The commit rule for the index that `count` gives. */
const committingBy = (count: (me: Me) => number) =>
  edited<Membership>()(chapter11.advanceCommitIndex, {
    when: {
      'a majority stores a further entry of the current term': (me) =>
        count(me) > me.commitIndex && me.log.termAt(count(me)) === me.currentTerm,
    },
    then(me) {
      me.commitIndex = count(me);
    },
  });

/** Elections in which enough votes are something else than a majority of every group. */
const electing = (isEnough: Enough) => [
  edited<Membership>()(chapter11.startElection, {
    when: { 'a majority would vote for it': (me) => isEnough(me, me.preVotesGranted) },
  }),
  edited<Membership>()(chapter11.becomeLeader, {
    when: { 'has votes from a majority': (me) => isEnough(me, me.votesGranted) },
  }),
];

/** Elections and commits by another idea of what is enough. */
const goingBy = (isEnough: Enough) =>
  replacing(
    protocol,
    ...electing(isEnough),
    committingBy((me) => storedByEnough(me, isEnough)),
  );

const counting = ['start-election', 'become-leader', 'advance-commit-index'];

export const majorities: readonly Bug[] = [
  {
    name: 'joint-as-one-group',
    chapter,
    wrong: 'A joint configuration takes a majority of all its nodes together.',
    origin: '§6; https://github.com/microsoft/CCF/issues/3948',
    breaks: 'Election Safety',
    damages: counting,
    node: goingBy(({ configuration }, nodes) =>
      isMajority([[...new Set(configuration.flat())]], nodes),
    ),
  },
  {
    name: 'joint-as-the-new-group',
    chapter,
    wrong: 'A joint configuration takes a majority of the new voters only.',
    origin: '§6, thesis §4.3',
    breaks: 'Election Safety',
    damages: counting,
    node: goingBy(({ configuration }, nodes) => isMajority(configuration.slice(-1), nodes)),
  },
  {
    name: 'removed-leader-counts-itself',
    chapter,
    wrong: 'A leader without a vote counts its own log.',
    origin: 'thesis §4.2.2; https://github.com/canonical/raft/commit/7b500ab',
    breaks: 'What is committed is stored',
    damages: ['advance-commit-index'],
    node: replacing(
      protocol,
      committingBy((me) =>
        storedByEnough(me, ({ configuration, id }, nodes) =>
          configuration.every((group) => {
            const others = group.filter((voter) => voter !== id && nodes.includes(voter));
            return 2 * (others.length + 1) > group.length;
          }),
        ),
      ),
    ),
  },
  {
    name: 'votes-of-strangers-count',
    chapter,
    wrong: 'A candidate counts votes and does not ask whose they are; its own is one, in any case.',
    origin: 'thesis §4.2.2; https://github.com/tikv/raft-rs/issues/57, /221',
    breaks: 'A leader has a majority',
    damages: ['start-election', 'become-leader'],
    node: replacing(
      protocol,
      ...electing(({ configuration }, nodes) =>
        configuration.every((group) => 2 * nodes.length > group.length),
      ),
    ),
  },
  {
    name: 'stored-by-strangers-counts',
    chapter,
    wrong: 'What a new node stores while it catches up counts for a majority.',
    origin: 'thesis §4.2.1; https://github.com/tikv/raft-rs/issues/57',
    breaks: 'What is committed is stored',
    damages: ['advance-commit-index'],
    node: replacing(
      protocol,
      committingBy((me) =>
        storedByEnough(me, ({ configuration }, nodes) =>
          configuration.every((group) => 2 * nodes.length > group.length),
        ),
      ),
    ),
  },
  {
    name: 'majority-set-up-once',
    chapter,
    wrong: 'A majority is two nodes, as when the cluster was set up with three.',
    origin: 'https://github.com/ktoso/akka-raft/issues/58',
    breaks: 'Election Safety',
    damages: counting,
    node: goingBy(
      ({ configuration }, nodes) =>
        nodes.filter((node) => isVoter(configuration, node)).length >= 2,
    ),
  },
  {
    name: 'alone-a-little-longer',
    chapter,
    wrong:
      'A leader that was alone commits at once, even the entry that gives another node a vote.',
    origin: 'thesis §4.1; https://github.com/databendlabs/openraft/commit/beb0302b',
    breaks: 'What is committed is stored',
    damages: ['advance-commit-index'],
    harmless:
      'of two voters, one shares a node with every majority: who alone commits cannot be outvoted',
    node: replacing(
      protocol,
      committingBy((me) => {
        const before = latestConfiguration(me, me.commitIndex).configuration.flat();
        const alone = me.role === 'leader' && before.length === 1 && before.includes(me.id);
        return alone ? me.log.lastIndex : majorityIndex(me);
      }),
    ),
  },
  {
    name: 'only-voter-commits-as-follower',
    chapter,
    wrong: 'A follower that is the only voter takes what it stores for committed.',
    origin: 'derived',
    breaks: 'Only a leader counts answers',
    damages: ['advance-commit-index'],
    node: protocol.without('advance-commit-index', 'is the leader'),
  },
];
