// Mistakes about sessions: commands of clients that are executed twice, or not at all, or answered with something else.

import { noEntry, whose } from '../../chapters/09-clients/state.ts';
import type { Clients, ClientsState } from '../../chapters/09-clients/state.ts';
import * as chapter9 from '../../chapters/09-clients/clients.ts';
import { execute, noOp } from '../../lib/machine/key-value.ts';
import type { ClientCommand, Told } from '../../lib/node/contract.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';
import type { Bug } from './bug.ts';

const { clients } = chapter9;
const chapter = '09-clients';
const property = 'A command is executed once';

/** Chapter 9 with another way to execute a command of the log. */
const executingBy = (run: (me: ClientsState, command: ClientCommand) => Told | undefined) =>
  replacing(
    clients,
    edited<Clients>()(chapter9.applyCommitted, {
      then(me, event, act) {
        do {
          me.lastApplied += 1;
          const entry = me.log.entryAt(me.lastApplied) ?? noEntry;
          const told = run(me, entry);
          act.apply(me.lastApplied, entry.command);
          const waiting =
            me.role === 'leader' && entry.term === me.currentTerm && entry.command !== noOp;
          if (waiting && told) act.answer(entry.command, true, me.id, told);
        } while (me.lastApplied < me.commitIndex);
      },
    }),
  );

/** Executes a command and notes it in the session of its client, whatever is noted there. */
function executeAgain(me: ClientsState, command: ClientCommand): Told {
  const { client, sequence = 0 } = command;
  const { store, result } = execute(me.machine, command.command);
  me.machine = store;
  if (client === undefined) return {};
  me.sessions = { ...me.sessions, [client]: { sequence, result } };
  return { ...whose(command), result };
}

export const sessions: readonly Bug[] = [
  {
    name: 'executed-each-time',
    chapter,
    wrong:
      'Whether a command was executed before is asked when it comes, and not when it is applied.',
    origin: '§8; thesis §6.3',
    breaks: property,
    damages: ['apply-committed'],
    node: executingBy(executeAgain),
  },
  {
    name: 'only-the-same-number-is-known',
    chapter,
    wrong:
      'A command counts as new when its number is not the latest, also when it is an older one.',
    origin: 'thesis §6.3',
    breaks: property,
    damages: ['apply-committed'],
    node: executingBy((me, command) => {
      const session = command.client === undefined ? undefined : me.sessions[command.client];
      return session !== undefined && session.sequence === command.sequence
        ? { ...whose(command), result: session.result }
        : executeAgain(me, command);
    }),
  },
  {
    name: 'sessions-without-results',
    chapter,
    wrong: 'It is noted that a command was executed, and not what came of it.',
    origin: 'thesis §6.3',
    breaks: 'An answer is what came of the command',
    damages: ['answer-again'],
    node: replacing(
      clients,
      edited<Clients>()(chapter9.answerAgain, {
        then(me, request, act) {
          act.answer(request.command, true, me.leaderId, { ...whose(request), result: null });
        },
      }),
    ),
  },
  {
    name: 'one-session-for-all',
    chapter,
    wrong: 'Commands are known by their number alone, whichever client gave it.',
    origin: 'thesis §6.3',
    breaks: property,
    damages: ['apply-committed'],
    node: executingBy((me, command) => {
      const { sequence = 0 } = command;
      const known = Object.values(me.sessions).some((session) => session.sequence >= sequence);
      return known && command.client !== undefined ? undefined : executeAgain(me, command);
    }),
  },
  {
    name: 'noted-when-appended',
    chapter,
    wrong: 'A command is noted as executed when the leader appends it: asked again, it is done.',
    origin: 'https://github.com/redpanda-data/redpanda/issues/3003',
    breaks: 'A client hears only of what is applied',
    damages: ['answer-again', 'append-command'],
    node: replacing(
      clients,
      edited<Clients>()(chapter9.answerAgain, {
        when: {
          'it was executed before': (me, { client, sequence }) =>
            client !== undefined &&
            me.log
              .entriesFrom(1)
              .some((entry) => entry.client === client && entry.sequence === sequence),
        },
        then(me, request, act) {
          const { result } = execute(me.machine, request.command);
          act.answer(request.command, true, me.leaderId, { ...whose(request), result });
        },
      }),
    ),
  },
];
