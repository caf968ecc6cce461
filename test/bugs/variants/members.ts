// Variants of how a cluster changes its members and its leader.

import { edited, replacing } from '../../../lib/rules/edit.ts';
import { refine } from '../../../lib/rules/rule.ts';
import { stopLeading } from '../../../chapters/04-replication/state.ts';
import { knowsCommitted } from '../../../chapters/09-clients/clients.ts';
import * as chapter11 from '../../../chapters/11-membership/membership.ts';
import type { Membership, MembershipState } from '../../../chapters/11-membership/state.ts';
import { isSettled } from '../../../chapters/11-membership/state.ts';
import type { Variant } from '../bug.ts';

const { membership: protocol } = chapter11;
const chapter = '11-membership';

type Me = Readonly<MembershipState>;

const mayChange = {
  'an entry of its own term is committed': (me: Me) => knowsCommitted(me),
  'the latest configuration is committed': (me: Me) => isSettled(me),
};

export const members: readonly Variant[] = [
  {
    name: 'removed-leader-goes-later',
    chapter,
    allowed: 'A leader that has removed itself steps down at its next heartbeat, not at once.',
    origin: 'thesis §4.2.2; https://github.com/databendlabs/openraft/commit/0023cff1',
    node: replacing(
      protocol,
      refine<Membership>()(chapter11.resign, {
        when: { 'it is time for a heartbeat': (me, event) => event.type === 'HeartbeatTimeout' },
      }),
    ),
  },
  {
    name: 'removed-leader-hands-over',
    chapter,
    allowed: 'A leader that has removed itself tells a node that stores its whole log to stand.',
    origin: 'thesis §3.10, §4.2.2',
    node: replacing(
      protocol,
      edited<Membership>()(chapter11.resign, {
        then(me, event, act) {
          const next = me.peers.find((peer) => me.matchIndex[peer] === me.log.lastIndex);
          if (next !== undefined) act.send(next, { type: 'TimeoutNow', term: me.currentTerm });
          me.role = 'follower';
          stopLeading(me);
        },
      }),
    ),
  },
  {
    name: 'change-waits',
    chapter,
    allowed: 'A change that comes too soon is taken on, and waits until it may go into the log.',
    origin: 'thesis Fig. 4.1 AddServer 4, RemoveServer 3',
    node: replacing(
      protocol,
      edited<Membership>()(chapter11.beginChange, {
        when: {
          'an entry of its own term is committed': () => true,
          'the latest configuration is committed': () => true,
        },
      }),
      refine<Membership>()(chapter11.changeOne, { when: mayChange }),
      refine<Membership>()(chapter11.enterJoint, { when: mayChange }),
    ),
  },
  {
    name: 'always-by-a-joint-configuration',
    chapter,
    allowed: 'A change of one node goes by way of a joint configuration as well.',
    origin: '§6, thesis §4.3',
    node: protocol.without('change-one'),
  },
  {
    name: 'no-time-limit',
    chapter,
    allowed: 'A new node has caught up after one round, however long it took.',
    origin: 'thesis §4.2.1',
    node: replacing(
      protocol,
      ...[chapter11.changeOne, chapter11.enterJoint].map((each) =>
        edited<Membership>()(each, {
          when: {
            'the new nodes of a change have caught up': ({ change, configuration, matchIndex }) =>
              change !== null &&
              change.voters.every(
                (voter) =>
                  configuration.some((group) => group.includes(voter)) ||
                  (matchIndex[voter] ?? 0) >= change.upTo,
              ),
          },
        }),
      ),
    ),
  },
  {
    name: 'disregards-aloud',
    chapter,
    allowed: 'Who disregards a candidate says no to it, in its own term.',
    origin: 'thesis §4.2.3',
    node: replacing(
      protocol,
      edited<Membership>()(chapter11.disregardCandidate, {
        then(me, request, act) {
          act.reply({ type: 'RequestVoteReply', term: me.currentTerm, voteGranted: false });
        },
      }),
    ),
  },
];
