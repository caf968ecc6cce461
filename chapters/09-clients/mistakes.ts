// The rules of chapter 9 with a read that looks at too little, to show what comes of it.

import { execute } from '../../lib/machine/key-value.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';
import { clients, readByIndex } from './clients.ts';
import type { Clients } from './state.ts';
import { whose } from './state.ts';

/** A leader that answers a read from its state machine at once: it leads, so it should know. */
export const readAtOnce = edited<Clients>()(readByIndex, {
  then(me, request, act) {
    const { result } = execute(me.machine, request.command);
    act.answer(request.command, true, me.id, { ...whose(request), result });
  },
});

export const readsAtOnce = replacing(clients, readAtOnce);

/** A leader that makes sure that it leads, and takes its commitIndex for all that is committed. */
export const readTooEarly = edited<Clients>()(readByIndex, {
  when: { 'an entry of its own term is committed': () => true },
});

export const readsTooEarly = replacing(clients, readTooEarly);
