// A snapshot: what a state machine has come to, in place of the entries that brought it there (§7).

import type { KeyValues } from '../machine/key-value.ts';
import type { Configuration } from '../log/configuration.ts';

export interface Snapshot {
  /** The index of the last entry that it replaces, and the term of that entry. */
  readonly lastIncludedIndex: number;
  readonly lastIncludedTerm: number;
  /** The state machine just after that entry was applied. */
  readonly machine: KeyValues;
  /** What the state machine knows of each client then (§8): its latest command, and what came of it. */
  readonly sessions: Readonly<
    Record<string, { readonly sequence: number; readonly result: string | null }>
  >;
  /** The latest configuration up to that entry (chapter 11). */
  readonly configuration?: Configuration;
}
