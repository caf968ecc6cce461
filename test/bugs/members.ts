// Mistakes about who belongs to the cluster: when a configuration is in force, and who may vote and lead.

import type { Configuration } from '../../lib/log/configuration.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';
import { refine } from '../../lib/rules/rule.ts';
import { grantPreVote } from '../../chapters/07-prevote/prevote.ts';
import * as chapter10 from '../../chapters/10-snapshots/snapshots.ts';
import * as chapter11 from '../../chapters/11-membership/membership.ts';
import { changesAtOnce } from '../../chapters/11-membership/mistakes.ts';
import type { Membership, MembershipState } from '../../chapters/11-membership/state.ts';
import { isVoter, latestConfiguration } from '../../chapters/11-membership/state.ts';
import type { Bug } from './bug.ts';

const { membership: protocol } = chapter11;
const chapter = '11-membership';

type Me = Readonly<MembershipState>;

/** Uses another configuration than the latest in the log. */
const using = (which: (me: Me) => Configuration) =>
  replacing(
    protocol,
    edited<Membership>()(chapter11.useConfiguration, {
      when: {
        'the latest configuration is another': (me) =>
          JSON.stringify(which(me)) !== JSON.stringify(me.configuration),
      },
      then(me) {
        me.configuration = which(me);
        me.peers = me.configuration.flat().filter((node) => node !== me.id);
      },
    }),
  );

/** Takes a snapshot with another configuration than the one that belongs to it. */
const snapshotWith = (which: (me: Me) => Configuration | undefined) =>
  replacing(
    protocol,
    edited<Membership>()(chapter11.compactLog, {
      then(me, event, act) {
        const lastIncludedIndex = me.lastApplied;
        const lastIncludedTerm = me.log.termAt(lastIncludedIndex) ?? 0;
        const configuration = which(me);
        const { machine, sessions } = me;
        const content = { machine, sessions, ...(configuration && { configuration }) };
        me.snapshot = { lastIncludedIndex, lastIncludedTerm, ...content };
        me.log = me.log.compactedTo(lastIncludedIndex, lastIncludedTerm);
        act.persist({ snapshot: me.snapshot, log: { lastIncludedIndex, lastIncludedTerm } });
      },
    }),
  );

export const members: readonly Bug[] = [
  {
    name: 'two-nodes-at-once',
    chapter,
    wrong: 'Any change is made in one step, as if it were one node.',
    origin: '§6, Fig. 10, thesis Fig. 4.2',
    breaks: 'Leader Completeness',
    damages: ['change-one', 'enter-joint'],
    node: changesAtOnce,
  },
  {
    name: 'change-before-an-own-entry',
    chapter,
    wrong: 'A new leader changes the members before an entry of its own term is committed.',
    origin: 'raft-dev 2015; https://github.com/atomix/copycat/issues/23',
    breaks: 'Leader Completeness',
    damages: ['begin-change'],
    node: protocol.without('begin-change', 'an entry of its own term is committed'),
  },
  {
    name: 'second-change-too-soon',
    chapter,
    wrong: 'A change is begun while the one before is not committed.',
    origin: 'thesis §4.1, Fig. 4.1',
    breaks: 'One change at a time',
    damages: ['begin-change'],
    node: protocol.without('begin-change', 'the latest configuration is committed'),
  },
  {
    name: 'no-way-back',
    chapter,
    wrong: 'A configuration that is cut from the log stays in force.',
    origin: 'thesis §4.1; https://github.com/andrewjstone/rafter/issues/34',
    breaks: 'The latest configuration is in force',
    damages: ['use-configuration'],
    node: using((me) => {
      const { index, configuration } = latestConfiguration(me);
      return index > me.log.lastIncludedIndex ? configuration : me.configuration;
    }),
  },
  {
    name: 'in-force-when-committed',
    chapter,
    wrong: 'A configuration is used only once it is known to be committed.',
    origin: 'thesis §4.1; https://github.com/eBay/NuRaft/issues/67',
    breaks: 'The latest configuration is in force',
    damages: ['use-configuration'],
    node: using((me) => latestConfiguration(me, me.commitIndex).configuration),
  },
  {
    name: 'joint-left-again-and-again',
    chapter,
    wrong: 'The new configuration is appended at every event until it is committed.',
    origin: 'https://github.com/etcd-io/etcd/commit/bd3c759',
    breaks: 'One change at a time',
    damages: ['leave-joint'],
    node: replacing(
      protocol,
      edited<Membership>()(chapter11.leaveJoint, {
        when: {
          'the configuration is joint': (me) =>
            latestConfiguration(me, me.commitIndex).configuration.length > 1,
          'the latest configuration is committed': () => true,
        },
      }),
    ),
  },
  {
    name: 'joint-not-left',
    chapter,
    wrong: 'Nobody ends a joint configuration.',
    origin: '§6, thesis §4.3',
    breaks: 'liveness',
    damages: ['leave-joint'],
    node: protocol.without('leave-joint'),
  },
  {
    name: 'joint-left-too-soon',
    chapter,
    wrong: 'The new configuration is appended before the joint one is committed.',
    origin: '§6, Fig. 11',
    breaks: 'One change at a time',
    damages: ['leave-joint'],
    node: protocol.without('leave-joint', 'the latest configuration is committed'),
  },
  {
    name: 'removed-leader-goes-too-soon',
    chapter,
    wrong: 'A leader steps down when it appends its own removal, not when that is committed.',
    origin: 'thesis §4.2.2; https://github.com/microsoft/CCF/issues/5973',
    breaks: 'A leader stays until its removal is committed',
    damages: ['resign'],
    node: protocol.without('resign', 'the latest configuration is committed'),
  },
  {
    name: 'removed-leader-stays',
    chapter,
    wrong: 'A leader goes on leading a cluster to which it does not belong.',
    origin: 'thesis §4.2.2',
    breaks: 'liveness',
    damages: ['resign'],
    node: protocol.without('resign'),
  },
  {
    name: 'removed-node-keeps-still',
    chapter,
    wrong: 'A node that has no vote by its own log never stands, committed or not.',
    origin: 'thesis §4.2.2, Fig. 4.6; https://github.com/cowsql/raft/issues/150',
    breaks: 'liveness',
    damages: ['start-pre-vote'],
    node: replacing(
      protocol,
      edited<Membership>()(chapter11.startPreVote, {
        when: {
          'has a vote, or may still have one': (me) => isVoter(me.configuration, me.id),
        },
      }),
    ),
  },
  {
    name: 'removed-leader-sends-no-more',
    chapter,
    wrong: 'A leader stops sending when it appends its own removal.',
    origin: 'thesis §4.2.2; https://github.com/microsoft/CCF/issues/5919',
    breaks: 'liveness',
    damages: ['use-configuration', 'send-heartbeats'],
    node: replacing(
      protocol,
      edited<Membership>()(chapter11.useConfiguration, {
        then(me) {
          me.configuration = latestConfiguration(me).configuration;
          me.peers = me.configuration.flat().filter((node) => node !== me.id);
        },
      }),
      refine<Membership>()(chapter10.sendHeartbeats, {
        when: { 'has a vote': (me) => isVoter(me.configuration, me.id) },
      }),
    ),
  },
  {
    name: 'a-vote-at-once',
    chapter,
    wrong: 'A new node has a vote before it has caught up.',
    origin: 'thesis §4.2.1, Fig. 4.4',
    breaks: 'liveness',
    damages: ['change-one', 'enter-joint'],
    node: replacing(
      protocol,
      edited<Membership>()(chapter11.changeOne, {
        when: { 'the new nodes of a change have caught up': (me) => me.change !== null },
      }),
      edited<Membership>()(chapter11.enterJoint, {
        when: { 'the new nodes of a change have caught up': (me) => me.change !== null },
      }),
    ),
  },
  {
    name: 'no-members-in-the-snapshot',
    chapter,
    wrong:
      'A snapshot holds no configuration, so who starts from it goes by the one it was set up with.',
    origin: '§7; https://github.com/matrixorigin/matrixone/issues/23383',
    breaks: 'A snapshot tells who belonged to the cluster',
    damages: ['compact-log'],
    node: snapshotWith(() => undefined),
  },
  {
    name: 'later-members-in-the-snapshot',
    chapter,
    wrong:
      'A snapshot holds the latest configuration of the log, although that comes after its end.',
    origin: 'thesis §5.1; https://github.com/canonical/raft/issues/354',
    breaks: 'A snapshot tells who belonged to the cluster',
    damages: ['compact-log'],
    node: snapshotWith((me) => me.configuration),
  },
  {
    name: 'disturbed-by-anybody',
    chapter,
    wrong: 'A node that hears from a leader adopts the term of whoever asks for its vote.',
    origin: '§6, thesis §4.2.3',
    breaks: 'liveness',
    damages: ['disregard-candidate'],
    node: protocol.without('disregard-candidate'),
  },
  {
    name: 'no-vote-without-a-vote',
    chapter,
    wrong: 'A node that has no vote by its own log gives none, although others may count on it.',
    origin: 'thesis §4.1, how servers handle requests',
    breaks: 'liveness',
    damages: ['grant-pre-vote', 'grant-vote'],
    node: replacing(
      protocol,
      refine<Membership>()(grantPreVote, {
        when: { 'has a vote': (me) => isVoter(me.configuration, me.id) },
      }),
      refine<Membership>()(chapter11.grantVote, {
        when: { 'has a vote': (me) => isVoter(me.configuration, me.id) },
      }),
    ),
  },
];
