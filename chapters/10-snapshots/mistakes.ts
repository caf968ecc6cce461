// The rules of chapter 10 with a mistake, to show what comes of it.

import { edited, replacing } from '../../lib/rules/edit.ts';
import * as chapter10 from './snapshots.ts';
import type { Snapshots } from './state.ts';

/** The entries are discarded in one write, and the snapshot follows in another. */
export const compactInTwoWrites = edited<Snapshots>()(chapter10.compactLog, {
  says: 'Discard the entries that are applied; then write the snapshot that stands for them.',
  then(me, event, act) {
    const lastIncludedIndex = me.lastApplied;
    const lastIncludedTerm = me.log.termAt(lastIncludedIndex) ?? 0;
    const { machine, sessions } = me;
    me.snapshot = { lastIncludedIndex, lastIncludedTerm, machine, sessions };
    me.log = me.log.compactedTo(lastIncludedIndex, lastIncludedTerm);
    act.persist({ log: { lastIncludedIndex, lastIncludedTerm } });
    act.persist({ snapshot: me.snapshot });
  },
});

export const logBeforeSnapshot = replacing(chapter10.snapshots, compactInTwoWrites);
