// Mistakes of the proposers of Paxos: promises that are never asked for, values that are not adopted, ballots used twice.

import type { ActionsOf } from '../../lib/rules/rule.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';
import { outbidAtOnce, withoutPromises } from '../../chapters/12-paxos/mistakes.ts';
import * as chapter12 from '../../chapters/12-paxos/paxos.ts';
import type { Paxos, PaxosState } from '../../chapters/12-paxos/state.ts';
import { nextBallot } from '../../chapters/12-paxos/state.ts';
import type { Bug } from './bug.ts';

const { paxos: protocol } = chapter12;
const chapter = '12-paxos';
const edit = edited<Paxos>();

/** Phase 2a with a value that is found in some other way. */
const proposing = (valueOf: (me: PaxosState) => string) =>
  replacing(
    protocol,
    edit(chapter12.askToAccept, {
      then(me, event, act) {
        const value = valueOf(me);
        me.role = 'proposing';
        me.proposed = value;
        me.accepted = { ballot: me.ballot, value };
        me.acceptedBy = [me.id];
        act.persist({ accepted: me.accepted });
        act.broadcast({ type: 'Accept', ballot: me.ballot, value });
      },
    }),
  );

const told = (me: PaxosState) => Object.values(me.promises).filter((each) => each !== null);

/** Both rules that begin a ballot, with another way to begin it. */
const beginning = (begin: (me: PaxosState, act: ActionsOf<Paxos, 'Prepare'>) => void) =>
  replacing(
    protocol,
    edit(chapter12.propose, {
      then(me, request, act) {
        me.wanted = request.command;
        begin(me, act);
      },
    }),
    edit(chapter12.tryAgain, {
      then(me, timeout, act) {
        begin(me, act);
      },
    }),
  );

/** Phase 1a with a given number, which is not written down. */
function begin(me: PaxosState, ballot: number, act: ActionsOf<Paxos, 'Prepare'>): void {
  me.role = 'preparing';
  me.ballot = ballot;
  me.promised = ballot;
  me.promises = { [me.id]: me.accepted };
  me.proposed = null;
  me.acceptedBy = [];
  act.restartElectionTimer();
  act.broadcast({ type: 'Prepare', ballot });
}

export const paxosProposers: readonly Bug[] = [
  {
    name: 'no-promise-phase',
    chapter,
    wrong: 'Acceptors take the proposal with the highest number and report it; nobody asks before.',
    origin: 'Paxos Made Simple §2.2, P2c',
    breaks: 'One value is chosen',
    damages: ['propose', 'try-again'],
    node: withoutPromises,
  },
  {
    name: 'own-value-always',
    chapter,
    wrong: 'A proposer proposes its own value, whatever the promises tell it of.',
    origin: 'Paxos Made Simple §2.2, P2c',
    breaks: 'One value is chosen',
    damages: ['ask-to-accept'],
    node: proposing((me) => me.wanted ?? ''),
  },
  {
    name: 'any-accepted-value',
    chapter,
    wrong:
      'A proposer adopts the accepted value of the lowest ballot that it is told of, not of the highest.',
    origin: 'Paxos Made Simple §2.2, phase 2a',
    breaks: 'One value is chosen',
    damages: ['ask-to-accept'],
    node: proposing((me) => {
      const [lowest] = told(me).sort((one, other) => one.ballot - other.ballot);
      return lowest?.value ?? me.wanted ?? '';
    }),
  },
  {
    name: 'own-acceptance-forgotten',
    chapter,
    wrong: 'A proposer looks at what the others have accepted, and not at what it accepted itself.',
    origin: 'Paxos Made Simple §2.2, phase 1b',
    breaks: 'One value is chosen',
    damages: ['ask-to-accept'],
    node: proposing((me) => {
      const others = { ...me.promises, [me.id]: null };
      const [highest] = told({ ...me, promises: others }).sort(
        (one, other) => other.ballot - one.ballot,
      );
      return highest?.value ?? me.wanted ?? '';
    }),
  },
  {
    name: 'promises-of-any-ballot',
    chapter,
    wrong: 'A proposer counts a promise for an older ballot of its own.',
    origin: 'Paxos Made Simple §2.2, phase 2a',
    breaks: 'One value is chosen',
    damages: ['count-promise'],
    node: protocol.without('count-promise', 'the promise is for its latest ballot'),
  },
  {
    name: 'proposes-without-a-majority',
    chapter,
    wrong: 'A proposer proposes as soon as it has one promise besides its own.',
    origin: 'Paxos Made Simple §2.2, phase 2a',
    breaks: 'One value is chosen',
    damages: ['ask-to-accept'],
    node: replacing(
      protocol,
      edit(chapter12.askToAccept, {
        when: { 'a majority has promised': (me) => Object.keys(me.promises).length >= 1 },
      }),
    ),
  },
  {
    name: 'ballots-not-unique',
    chapter,
    wrong: 'A proposer takes the next number that it has not heard of, and so may another.',
    origin: 'Paxos Made Simple §2.5',
    breaks: 'A ballot has one value',
    damages: ['propose', 'try-again'],
    node: beginning((me, act) => {
      const ballot = Math.max(me.promised, me.refusedFor) + 1;
      act.persist({ promised: ballot });
      begin(me, ballot, act);
    }),
  },
  {
    name: 'own-promise-not-written',
    chapter,
    wrong:
      'A proposer does not write down the ballot it begins, and uses the same number again after a crash.',
    origin: 'Paxos Made Simple §2.5',
    breaks: 'A promise is kept',
    damages: ['propose', 'try-again'],
    node: beginning((me, act) => {
      begin(me, nextBallot(me, Math.max(me.promised, me.refusedFor)), act);
    }),
  },
  {
    name: 'no-back-off',
    chapter,
    wrong: 'A proposer that is refused tries a higher ballot at once, and so does the other.',
    origin: 'Paxos Made Simple §2.4',
    breaks: 'liveness',
    damages: ['give-up'],
    node: replacing(protocol, outbidAtOnce),
  },
  {
    name: 'gives-up-for-good',
    chapter,
    wrong: 'A proposer that gets no answer does not try again.',
    origin: 'Paxos Made Simple §2.4',
    breaks: 'liveness',
    damages: ['try-again'],
    node: protocol.without('try-again'),
  },
  {
    name: 'tries-on-after-the-choice',
    chapter,
    wrong: 'A proposer that knows what is chosen goes on beginning ballots.',
    origin: 'Paxos Made Simple §2.3',
    breaks: 'liveness',
    damages: ['try-again'],
    node: protocol.without('try-again', 'still knows of no chosen value'),
  },
];
