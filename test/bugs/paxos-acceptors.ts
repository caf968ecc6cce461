// Mistakes of the acceptors of Paxos, who forget or break a promise, and of those who count acceptances.

import { nodeFromRules } from '../../lib/rules/node.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';
import { promiseNotWritten } from '../../chapters/12-paxos/mistakes.ts';
import * as chapter12 from '../../chapters/12-paxos/paxos.ts';
import type { Paxos } from '../../chapters/12-paxos/state.ts';
import { majority } from '../../chapters/12-paxos/state.ts';
import type { Bug } from './bug.ts';

const { paxos: protocol } = chapter12;
const chapter = '12-paxos';
const edit = edited<Paxos>();

export const paxosAcceptors: readonly Bug[] = [
  {
    name: 'promise-tells-nothing',
    chapter,
    wrong: 'An acceptor promises and does not tell what it has accepted.',
    origin: 'Paxos Made Simple §2.2, phase 1b',
    breaks: 'One value is chosen',
    damages: ['promise'],
    node: replacing(
      protocol,
      edit(chapter12.promise, {
        then(me, { ballot }, act) {
          me.role = 'acceptor';
          me.promised = ballot;
          act.persist({ promised: ballot });
          act.restartElectionTimer();
          act.reply({ type: 'Promise', ballot, accepted: null });
        },
      }),
    ),
  },
  {
    name: 'promise-not-written',
    chapter,
    wrong: 'An acceptor keeps its promise in memory only, and forgets it in a crash.',
    origin: 'Paxos Made Simple §2.5',
    breaks: 'One value is chosen',
    damages: ['promise'],
    node: promiseNotWritten,
  },
  {
    name: 'promise-said-before-written',
    chapter,
    wrong: 'An acceptor answers, and writes its promise afterwards.',
    origin: 'Paxos Made Simple §2.5',
    breaks: 'What an acceptor says is on its disk',
    damages: ['promise'],
    node: replacing(
      protocol,
      edit(chapter12.promise, {
        then(me, { ballot }, act) {
          me.role = 'acceptor';
          me.promised = ballot;
          act.reply({ type: 'Promise', ballot, accepted: me.accepted });
          act.persist({ promised: ballot });
          act.restartElectionTimer();
        },
      }),
    ),
  },
  {
    name: 'acceptance-not-written',
    chapter,
    wrong: 'An acceptor writes the ballot in which it accepts, and not the value.',
    origin: 'Paxos Made Simple §2.5',
    breaks: 'One value is chosen',
    damages: ['accept'],
    node: replacing(
      protocol,
      edit(chapter12.accept, {
        then(me, { ballot, value }, act) {
          me.role = 'acceptor';
          me.promised = ballot;
          me.accepted = { ballot, value };
          act.persist({ promised: ballot });
          act.restartElectionTimer();
          act.reply({ type: 'Accepted', ballot });
        },
      }),
    ),
  },
  {
    name: 'starts-as-a-new-acceptor',
    chapter,
    wrong:
      'An acceptor that starts again takes part as if it had never promised or accepted anything.',
    origin: 'Paxos Made Simple §2.5',
    breaks: 'One value is chosen',
    damages: ['init'],
    node: nodeFromRules<Paxos>({
      init: (id, peers) => protocol.init(id, peers),
      rules: protocol.rules,
    }),
  },
  {
    name: 'accepts-below-its-promise',
    chapter,
    wrong: 'An acceptor accepts every proposal, also in a ballot below the one it has promised.',
    origin: 'Paxos Made Simple §2.2, P1a',
    breaks: 'One value is chosen',
    damages: ['accept'],
    node: protocol.without('accept', 'no higher ballot was promised'),
  },
  {
    name: 'promises-every-ballot',
    chapter,
    wrong: 'An acceptor promises whatever it is asked, and its promise goes back.',
    origin: 'Paxos Made Simple §2.2, phase 1b',
    breaks: 'A promise is kept',
    damages: ['promise'],
    node: protocol.without('promise', 'has promised no higher ballot'),
  },
  {
    name: 'acceptance-promises-nothing',
    chapter,
    wrong:
      'An acceptor that accepts in a ballot which it never promised goes on taking lower ones.',
    origin: 'Paxos Made Simple §2.2, phase 2b; The Part-Time Parliament §2.3',
    breaks: 'One value is chosen',
    damages: ['accept'],
    node: replacing(
      protocol,
      edit(chapter12.accept, {
        then(me, { ballot, value }, act) {
          me.role = 'acceptor';
          me.accepted = { ballot, value };
          act.persist({ accepted: me.accepted });
          act.restartElectionTimer();
          act.reply({ type: 'Accepted', ballot });
        },
      }),
    ),
  },
  {
    name: 'acceptances-of-any-ballot',
    chapter,
    wrong: 'A learner counts acceptances of different ballots together.',
    origin: 'Paxos Made Simple §2.3',
    breaks: 'What is learned is chosen',
    damages: ['count-accepted'],
    node: protocol.without('count-accepted', 'the acceptance is of its latest ballot'),
  },
  {
    name: 'acceptor-counted-twice',
    chapter,
    wrong: 'The same acceptance counts again each time it arrives.',
    origin: 'Paxos Made Simple §2.3',
    breaks: 'What is learned is chosen',
    damages: ['count-accepted'],
    node: protocol.without('count-accepted', 'the acceptor is not counted yet'),
  },
  {
    name: 'half-may-choose',
    chapter,
    wrong:
      'Half of the acceptors count as a majority; in an odd cluster, one fewer than a majority.',
    origin: 'Paxos Made Simple §2.2',
    breaks: 'What is learned is chosen',
    damages: ['choose'],
    node: replacing(
      protocol,
      edit(chapter12.choose, {
        when: { 'a majority has accepted': (me) => me.acceptedBy.length >= majority(me) - 1 },
      }),
    ),
  },
];
