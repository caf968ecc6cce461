// Variants of Paxos: who learns from whom, what an acceptor says when it refuses, and how proposers keep out of each other's way.

import type { NodeId } from '../../../lib/node/contract.ts';
import { edited, inserting, replacing } from '../../../lib/rules/edit.ts';
import { nodeFromRules } from '../../../lib/rules/node.ts';
import type { ActionsOf } from '../../../lib/rules/rule.ts';
import { rulesOf } from '../../../lib/rules/rule.ts';
import * as chapter12 from '../../../chapters/12-paxos/paxos.ts';
import type { Paxos, PaxosState } from '../../../chapters/12-paxos/state.ts';
import { majority, startBallot } from '../../../chapters/12-paxos/state.ts';
import type { Variant } from '../bug.ts';

const { paxos: protocol } = chapter12;
const chapter = '12-paxos';
const edit = edited<Paxos>();

/** Every acceptor tells every learner what it has accepted; each learner counts for itself. */
interface Broadcast {
  state: PaxosState & {
    /** Who has accepted in each ballot, as far as the node has heard. */
    heard: Readonly<Record<number, readonly NodeId[]>>;
  };
  messages: Omit<Paxos['messages'], 'Accepted'> & { Accepted: { ballot: number; value: string } };
}

const rule = rulesOf<Broadcast>();

const withOneMore = (me: Broadcast['state'], ballot: number, node: NodeId) => ({
  ...me.heard,
  [ballot]: [...new Set([...(me.heard[ballot] ?? []), node])].sort(),
});

const learnersByBroadcast = nodeFromRules<Broadcast>({
  init: (id, peers, saved) => ({ ...protocol.init(id, peers, saved), heard: {} }),
  rules: [
    chapter12.propose,
    chapter12.tryAgain,
    chapter12.promise,
    chapter12.countPromise,
    chapter12.askToAccept,
    rule({
      name: 'tell-own-acceptance',
      paper: 'Paxos Made Simple §2.3',
      says: 'A proposer tells every learner that it has accepted its own proposal.',
      on: 'any event',
      when: {
        'is proposing and has not said so': (me) =>
          me.role === 'proposing' && !me.heard[me.ballot]?.includes(me.id),
      },
      then(me, event, act) {
        me.heard = withOneMore(me, me.ballot, me.id);
        act.broadcast({ type: 'Accepted', ballot: me.ballot, value: me.proposed ?? '' });
      },
    }),
    rule({
      name: 'accept',
      paper: 'Paxos Made Simple §2.3',
      says: 'Accept a proposal unless a higher ballot was promised; write it down, then tell every learner.',
      on: 'Accept',
      when: { 'no higher ballot was promised': (me, { ballot }) => ballot >= me.promised },
      then(me, { ballot, value }, act) {
        me.role = 'acceptor';
        me.promised = ballot;
        me.accepted = { ballot, value };
        me.heard = withOneMore(me, ballot, me.id);
        act.persist({ promised: ballot, accepted: me.accepted });
        act.restartElectionTimer();
        act.broadcast({ type: 'Accepted', ballot, value });
        if ((me.heard[ballot] ?? []).length >= majority(me)) me.chosen = value;
      },
      otherwise(me, { ballot }, act) {
        act.reply({ type: 'Nack', ballot, promised: me.promised });
      },
    }),
    chapter12.giveUp,
    rule({
      name: 'count-for-oneself',
      paper: 'Paxos Made Simple §2.3',
      says: 'Every learner counts who has accepted in each ballot.',
      on: 'Accepted',
      then(me, { from, ballot, value }) {
        me.heard = withOneMore(me, ballot, from);
        if ((me.heard[ballot] ?? []).length < majority(me)) return;
        me.role = 'acceptor';
        me.chosen = value;
      },
    }),
  ],
});

/** Phase 1a with a number much higher than needed, and never one of another node. */
function startFarAbove(me: PaxosState, act: ActionsOf<Paxos, 'Prepare'>): void {
  me.refusedFor = Math.max(me.refusedFor, me.promised) + 5 * (me.peers.length + 1);
  startBallot(me, act);
}

export const paxosVariants: readonly Variant[] = [
  {
    name: 'learners-by-broadcast',
    chapter,
    allowed: 'Acceptors tell every learner what they accept, and nobody sends Chosen.',
    origin: 'Paxos Made Simple §2.3',
    node: learnersByBroadcast,
  },
  {
    name: 'silent-acceptor',
    chapter,
    allowed: 'An acceptor says nothing when it refuses; the proposer notices by its timer.',
    origin: 'Paxos Made Simple §2.2',
    node: replacing(
      protocol,
      edit(chapter12.promise, { otherwise() {} }),
      edit(chapter12.accept, { otherwise() {} }),
    ),
  },
  {
    name: 'refusal-is-ignored',
    chapter,
    allowed: 'A proposer that is refused goes on, and tries again only when its timer runs out.',
    origin: 'Paxos Made Simple §2.2',
    node: protocol.without('give-up'),
  },
  {
    name: 'each-ballot-promised-once',
    chapter,
    allowed: 'An acceptor promises only a ballot that is higher than all it has promised.',
    origin: 'Paxos Made Simple §2.2, phase 1b',
    node: replacing(
      protocol,
      edit(chapter12.promise, {
        when: { 'has promised no higher ballot': (me, { ballot }) => ballot > me.promised },
        otherwise() {},
      }),
    ),
  },
  {
    name: 'promise-puts-nothing-off',
    chapter,
    allowed: 'Who promises or accepts does not wait anew: only a refused proposer backs off.',
    origin: 'Paxos Made Simple §2.4',
    node: replacing(
      protocol,
      edit(chapter12.promise, {
        then(me, { ballot }, act) {
          me.role = 'acceptor';
          me.promised = ballot;
          act.persist({ promised: ballot });
          act.reply({ type: 'Promise', ballot, accepted: me.accepted });
        },
      }),
    ),
  },
  {
    name: 'ballots-far-apart',
    chapter,
    allowed: 'A proposer that tries again leaves out many of its numbers.',
    origin: 'Paxos Made Simple §2.5',
    node: replacing(
      protocol,
      edit(chapter12.tryAgain, {
        then(me, timeout, act) {
          startFarAbove(me, act);
        },
      }),
    ),
  },
  {
    name: 'who-knows-tells',
    chapter,
    allowed: 'A node that knows what is chosen answers a Prepare with it.',
    origin: 'Paxos Made Simple §2.3',
    node: inserting(
      protocol,
      rulesOf<Paxos>()({
        name: 'tell-what-is-chosen',
        paper: 'Paxos Made Simple §2.3',
        says: 'A node that knows what is chosen tells it to every proposer.',
        on: 'Prepare',
        when: { 'knows what is chosen': (me) => me.chosen !== null },
        then(me, prepare, act) {
          act.reply({ type: 'Chosen', value: me.chosen ?? '' });
        },
      }),
      { before: 'promise' },
    ),
  },
];
