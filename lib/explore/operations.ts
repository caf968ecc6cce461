// What clients ask and are told: facts from which a search reads the history of a run. Requests are counted, and which of
// them came after an answer is all that linearizability asks of time.

import type { Sighting } from '../check/property.ts';
import { nameOf, requestIn } from '../client/history.ts';
import type { Operation } from '../linearizability/history.ts';
import { keyValues } from '../linearizability/key-values.ts';
import { linearizable } from '../linearizability/linearizable.ts';

interface Dated {
  readonly client: string;
  readonly sequence: number;
  /** How many requests there had been by then, this one included; 0 where a step is seen alone. */
  readonly requests: number;
}

export type OperationFact =
  | (Dated & { readonly kind: 'asks'; readonly command: string })
  | (Dated & { readonly kind: 'answers'; readonly result: string | null });

/** True for a fact about what a client asked or was told. */
export const isOperation = (fact: { readonly kind: string }): fact is OperationFact =>
  fact.kind === 'asks' || fact.kind === 'answers';

/** True when two facts tell the same of one command: that it was asked, or what came of it. */
export const sameOperation = (one: OperationFact, other: OperationFact): boolean =>
  one.kind === other.kind && one.client === other.client && one.sequence === other.sequence;

/** What a client asks in a step, and what clients are told: that their commands were applied. */
export function operationsShown({ event, interrupted, effects = [] }: Sighting): OperationFact[] {
  const facts: OperationFact[] = [];
  const asked = requestIn(event ?? interrupted);
  if (asked && nameOf(asked) !== undefined) {
    const { client = '', sequence = 0, command } = asked;
    facts.push({ kind: 'asks', client, sequence, command, requests: 0 });
  }
  for (const effect of effects) {
    if (effect.type !== 'answer' || !effect.applied || effect.result === undefined) continue;
    const { client, sequence, result } = effect;
    if (client === undefined || sequence === undefined) continue;
    facts.push({ kind: 'answers', client, sequence, result, requests: 0 });
  }
  return facts;
}

/** True when no order of the commands explains all that clients were told. */
export function contradictThemselves(facts: readonly OperationFact[]): boolean {
  const operations = facts.flatMap((fact): Operation[] => {
    if (fact.kind !== 'asks') return [];
    const { client, sequence, command, requests } = fact;
    const asked = { client, sequence, command, invoked: 2 * requests };
    const told = facts.find((each) => each.kind === 'answers' && isAbout(each, fact));
    if (told?.kind !== 'answers') return [asked];
    return [{ ...asked, answered: 2 * told.requests + 1, result: told.result }];
  });
  return !linearizable(operations, keyValues).linearizable;
}

const isAbout = (one: Dated, other: Dated): boolean =>
  one.client === other.client && one.sequence === other.sequence;
