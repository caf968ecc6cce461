// Mistakes about handing over the leadership.

import { edited, replacing } from '../../lib/rules/edit.ts';
import { isUpToDate } from '../../chapters/04-replication/comparisons.ts';
import * as chapter11 from '../../chapters/11-membership/membership.ts';
import type { Membership } from '../../chapters/11-membership/state.ts';
import { stand } from '../../chapters/11-membership/state.ts';
import type { Bug } from './bug.ts';

const { membership: protocol } = chapter11;
const chapter = '11-membership';

export const transfer: readonly Bug[] = [
  {
    name: 'handed-over-too-soon',
    chapter,
    wrong: 'The other is told to stand for election before it stores the whole log.',
    origin: 'thesis §3.10; https://github.com/redpanda-data/redpanda/issues/2606',
    breaks: 'A successor stores the whole log',
    damages: ['send-timeout-now'],
    node: protocol.without('send-timeout-now', 'the other stores the whole log'),
  },
  {
    name: 'handed-over-for-ever',
    chapter,
    wrong:
      'A leader that has asked another to lead takes no command any more, whatever comes of it.',
    origin: 'thesis §3.10; https://github.com/canonical/raft/commit/31d4e4a',
    breaks: 'liveness',
    damages: ['abort-transfer'],
    node: protocol.without('abort-transfer'),
  },
  {
    name: 'led-without-votes',
    chapter,
    wrong: 'Who is told to stand for election leads at once, without asking anybody.',
    origin: 'thesis §3.10',
    breaks: 'A leader has a majority',
    damages: ['obey-timeout-now'],
    node: replacing(
      protocol,
      edited<Membership>()(chapter11.obeyTimeoutNow, {
        then(me, request, act) {
          stand(me, act, true);
          me.votesGranted = [me.id, ...me.peers].sort();
        },
      }),
    ),
  },
  {
    name: 'any-log-in-a-transfer',
    chapter,
    wrong: 'Who is asked for a vote because of a transfer does not compare the logs.',
    origin: 'thesis §3.10, §4.2.3',
    breaks: 'Leader Completeness',
    damages: ['grant-vote'],
    node: replacing(
      protocol,
      edited<Membership>()(chapter11.grantVote, {
        when: {
          "the candidate's log is at least as up to date": (me, request) =>
            request.transfer || isUpToDate(request, me.log),
        },
      }),
    ),
  },
  {
    name: 'lease-kept-in-a-transfer',
    chapter,
    wrong: 'A leader reads by its lease although it has told another to stand for election.',
    origin: 'thesis §6.4.1; https://github.com/etcd-io/raft/issues/99',
    breaks: 'A lease ends with a transfer',
    damages: ['read-by-lease'],
    node: protocol.without('read-by-lease', 'nobody was told to stand for election'),
  },
  {
    name: 'commands-in-a-transfer',
    chapter,
    wrong: 'A leader that hands over goes on taking commands, and the other never has all of them.',
    origin: 'thesis §3.10',
    breaks: 'liveness',
    damages: ['append-command'],
    node: protocol.without('append-command', 'leadership is not being transferred'),
  },
  {
    name: 'transfer-disregarded',
    chapter,
    wrong:
      'Who hears from a leader disregards even the candidate that this leader has asked to stand.',
    origin: 'thesis §4.2.3',
    breaks: 'liveness',
    damages: ['disregard-candidate'],
    node: protocol.without('disregard-candidate', 'the leader did not ask for this election'),
  },
  {
    name: 'told-in-a-former-term',
    chapter,
    wrong: 'A node stands for election because a leader of an older term once asked it to.',
    origin: '§5.1, thesis §3.10, §6.4.1',
    breaks: 'Linearizability',
    damages: ['obey-timeout-now'],
    node: protocol.without('obey-timeout-now', 'the leader of the current term asks'),
  },
  {
    name: 'handed-over-to-a-stranger',
    chapter,
    wrong: 'A leader hands over to a node that has no vote.',
    origin: 'thesis §3.10, §4.2.2',
    breaks: 'cost',
    damages: ['transfer-leadership'],
    node: protocol.without('transfer-leadership', 'the other has a vote'),
  },
];
