// The rules of Paxos with one of its parts taken away, to show what that part is for.

import type { ActionsOf } from '../../lib/rules/rule.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';
import * as chapter12 from './paxos.ts';
import type { Paxos, PaxosState } from './state.ts';
import { nextBallot, startBallot } from './state.ts';

const { paxos } = chapter12;
const edit = edited<Paxos>();

/** Phase 2 without phase 1: asks at once to accept the proposer's own value. */
function proposeAtOnce(me: PaxosState, act: ActionsOf<Paxos, 'Accept'>): void {
  const value = me.wanted ?? '';
  me.role = 'proposing';
  me.ballot = nextBallot(me, Math.max(me.promised, me.refusedFor));
  me.promised = me.ballot;
  me.proposed = value;
  me.accepted = { ballot: me.ballot, value };
  me.acceptedBy = [me.id];
  act.persist({ promised: me.promised, accepted: me.accepted });
  act.restartElectionTimer();
  act.broadcast({ type: 'Accept', ballot: me.ballot, value });
}

export const askAtOnce = edit(chapter12.propose, {
  says: 'A proposer whose client wants a value asks every acceptor at once to accept it.',
  then(me, request, act) {
    me.wanted = request.command;
    proposeAtOnce(me, act);
  },
});

export const askAgainAtOnce = edit(chapter12.tryAgain, {
  says: 'A proposer that got no answer asks again, under a higher number.',
  then(me, timeout, act) {
    proposeAtOnce(me, act);
  },
});

/**
 * The shortcut that is often printed: an acceptor takes the proposal with the highest number and
 * reports it at once. Nobody asks before what was accepted.
 */
export const withoutPromises = replacing(paxos, askAtOnce, askAgainAtOnce);

export const outbidAtOnce = edit(chapter12.giveUp, {
  says: 'A proposer whose ballot is refused tries a higher one at once.',
  then(me, { promised }, act) {
    me.refusedFor = Math.max(me.refusedFor, promised);
    startBallot(me, act);
  },
});

/** A proposer that is refused tries a higher ballot at once. */
export const withoutBackOff = replacing(paxos, outbidAtOnce);

export const promiseInMemory = edit(chapter12.promise, {
  says: 'Promise to refuse all lower ballots, and tell what was accepted last; write nothing down.',
  then(me, { ballot }, act) {
    me.role = 'acceptor';
    me.promised = ballot;
    act.restartElectionTimer();
    act.reply({ type: 'Promise', ballot, accepted: me.accepted });
  },
});

/** A promise is kept in memory only. */
export const promiseNotWritten = replacing(paxos, promiseInMemory);
