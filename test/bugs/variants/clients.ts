// Variants of how clients are served: other ways to read, and to notice a command that comes again.

import { execute } from '../../../lib/machine/key-value.ts';
import { edited, inserting, replacing } from '../../../lib/rules/edit.ts';
import { rulesOf } from '../../../lib/rules/rule.ts';
import * as chapter9 from '../../../chapters/09-clients/clients.ts';
import type { Clients } from '../../../chapters/09-clients/state.ts';
import { confirmedRound, startRound, whose } from '../../../chapters/09-clients/state.ts';
import type { Variant } from '../bug.ts';

const { clients: protocol } = chapter9;
const chapter = '09-clients';

export const clients: readonly Variant[] = [
  {
    name: 'reads-wait-for-a-heartbeat',
    chapter,
    allowed: 'A read begins no round of its own, but waits for the next heartbeat; many share one.',
    origin: 'thesis §6.4',
    node: replacing(
      protocol,
      edited<Clients>()(chapter9.readByIndex, {
        then(me, request, act) {
          const read = { command: request.command, ...whose(request), readIndex: me.commitIndex };
          me.waitingReads = [...me.waitingReads, { ...read, round: me.round + 1 }];
          void act;
        },
      }),
    ),
  },
  {
    name: 'reads-share-a-round',
    chapter,
    allowed: 'While a round of reads is under way, further reads wait for one more, all together.',
    origin: 'thesis §6.4',
    node: replacing(
      protocol,
      edited<Clients>()(chapter9.readByIndex, {
        then(me, request, act) {
          const isUnderWay = me.waitingReads.some(({ round }) => round === me.round);
          if (!isUnderWay) startRound(me, act);
          const round = isUnderWay ? me.round + 1 : me.round;
          const read = { command: request.command, ...whose(request), readIndex: me.commitIndex };
          me.waitingReads = [...me.waitingReads, { ...read, round }];
        },
      }),
      edited<Clients>()(chapter9.answerReads, {
        then(me, event, act) {
          const confirmed = confirmedRound(me);
          const isReady = ({ round }: { round: number }) => round <= confirmed;
          for (const read of me.waitingReads.filter(isReady)) {
            const { result } = execute(me.machine, read.command);
            act.answer(read.command, true, me.id, { ...whose(read), result });
          }
          me.waitingReads = me.waitingReads.filter((read) => !isReady(read));
          if (me.waitingReads.some(({ round }) => round > me.round)) startRound(me, act);
        },
      }),
    ),
  },
  {
    name: 'waits-for-its-first-commit',
    chapter,
    allowed:
      'A new leader lets a read wait for its first commit, instead of putting it in the log.',
    origin: 'thesis §6.4, step 1',
    node: replacing(
      protocol,
      edited<Clients>()(chapter9.readByIndex, {
        when: { 'an entry of its own term is committed': () => true },
        then(me, request, act) {
          startRound(me, act);
          const { command } = request;
          // At least the first entry of its term, so that this is committed when the read is answered.
          const first = me.log.firstIndexOf(me.currentTerm);
          const readIndex = Math.max(me.commitIndex, first);
          const read = { command, ...whose(request), readIndex, round: me.round };
          me.waitingReads = [...me.waitingReads, read];
        },
      }),
    ),
  },
  {
    name: 'reads-through-the-log',
    chapter,
    allowed: 'Every read goes through the log, whatever the client allows.',
    origin: '§8, thesis §6.4',
    node: protocol.without('read-by-lease').without('read-by-index'),
  },
  {
    name: 'no-leases',
    chapter,
    allowed: 'A leader that may rely on clocks asks nevertheless.',
    origin: 'thesis §6.4.1',
    node: protocol.without('read-by-lease'),
  },
  {
    name: 'shorter-lease',
    chapter,
    allowed: 'A lease ends with the round after the one that gave it.',
    origin: 'thesis §6.4.1',
    node: replacing(
      protocol,
      edited<Clients>()(chapter9.readByLease, {
        when: {
          'the leader holds a lease': (me) =>
            confirmedRound(me) > 0 && confirmedRound(me) === me.round,
        },
      }),
    ),
  },
  {
    name: 'repeated-through-the-log',
    chapter,
    allowed: 'A command that comes again is appended again; the sessions alone see to it.',
    origin: 'thesis §6.3',
    node: protocol.without('answer-again'),
  },
  {
    name: 'not-appended-twice',
    chapter,
    allowed:
      'A command that is in the log of the leader, and not executed yet, is not appended again.',
    origin: 'thesis §6.3',
    node: inserting(
      protocol,
      rulesOf<Clients>()({
        name: 'wait-for-the-first',
        paper: 'thesis §6.3',
        says: 'A command that is in the log already waits to be applied.',
        on: 'ClientRequest',
        when: {
          'is the leader': (me) => me.role === 'leader',
          'the log holds it, and it is not applied': (me, { client, sequence }) =>
            client !== undefined &&
            me.log
              .entriesFrom(me.lastApplied + 1)
              .some((entry) => entry.client === client && entry.sequence === sequence),
        },
        then() {},
        last: true,
      }),
      { before: 'append-command' },
    ),
  },
];
