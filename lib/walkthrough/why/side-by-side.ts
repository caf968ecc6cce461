// The same schedule twice on a why page: what each step does on either side, and in what they differ at the end.

import type { Act, Step } from '../../cluster/step.ts';
import { Log } from '../../log/log.ts';
import type { NodeState } from '../../node/contract.ts';
import { traceStep } from '../../scenario/trace-step.ts';
import { differences, sameContent } from '../../trace/canonical.ts';
import { sayAct, sayEffect, sayValue } from '../../words/words.ts';
import type { Played } from '../../why/schedule.ts';
import { stepAnchor } from '../links.ts';
import { blocks, code, details, markdown, table } from '../text.ts';
import type { Sides } from './sides.ts';

/** A row, and how many steps the side that lacks something has taken up to it. */
interface Row {
  readonly cells: readonly string[];
  readonly isSame: boolean;
  readonly steps: number;
}

/** So many rows at the beginning may be the same without being folded away. */
const mostSame = 5;

/** A row for each act. Where both do the same it is said once, and a long beginning of that is folded away. */
export function sideBySide(
  acts: readonly Act[],
  lacking: Played,
  whole: Played,
  sides: Sides,
): readonly string[] {
  const rows = rowsOf(acts, lacking, whole);
  const parting = rows.findIndex(({ isSame }) => !isSame);
  const same = parting > mostSame ? rows.slice(0, parting) : [];
  const lines = (some: readonly Row[]) =>
    table(
      ['step', 'what happens', sides.lacking, sides.whole],
      some.map(({ cells }) => cells),
    );
  return blocks(
    same.length === 0
      ? []
      : details(`Steps 1–${same.at(-1)?.steps ?? 0} are the same in both`, lines(same)),
    lines(rows.slice(same.length)),
  );
}

function rowsOf(acts: readonly Act[], lacking: Played, whole: Played): Row[] {
  let steps = 0;
  return acts.map((act, index) => {
    const [one, other] = [lacking.steps[index], whole.steps[index]];
    if (one) steps += 1;
    const step = one ?? other;
    const anchor = one ? `<a id="${stepAnchor(steps)}"></a>${steps}` : '—';
    const happens = step ? markdown(sayAct(traceStep(1, step))) : 'nothing';
    const left = one ? didIn(one) : whyNot(act, index, lacking);
    const does = other ? didIn(other) : whyNot(act, index, whole);
    const isOther = one && other && !sameContent(one.event, other.event);
    const right = isOther ? `instead, ${markdown(sayAct(traceStep(1, other)))}: ${does}` : does;
    const isSame = left === right;
    const told = isSame
      ? [left, left === nobody ? nobody : 'the same']
      : [`**${left}**`, `**${right}**`];
    return { cells: [anchor, happens, ...told], isSame, steps };
  });
}

/** Where no node does anything. */
const nobody = '—';

/** Why an act was not carried out. */
function whyNot(act: Act, index: number, { steps }: Played): string {
  if (index >= steps.length) return 'this run has ended';
  if ('message' in act) return 'no such message is under way';
  return act.type === 'timeout' ? 'this timer is not running' : 'this is not possible here';
}

/** What a node did in a step: its changed fields, and its effects. */
function didIn({ node, before, after, effects = [] }: Step): string {
  if (node === undefined || !before || !after) return nobody;
  const changes = differences(plain(after), plain(before)).map(
    ({ field, expected, actual }) =>
      `${code(field)} ${markdown(sayValue(actual))} → ${markdown(sayValue(expected))}`,
  );
  const did = [...changes, ...effects.map((effect) => markdown(sayEffect(effect)))];
  return did.length === 0 ? 'nothing changes' : did.join('; ');
}

const plain = ({ log, ...state }: NodeState) => ({
  ...state,
  ...(log && { log: Log.of(log).toJSON() }),
});

/** The fields that differ at the end. */
export function endLines(
  nodes: readonly string[],
  lacking: Played,
  whole: Played,
  sides: Sides,
): readonly string[] {
  const rows = nodes.flatMap((node) =>
    differences(plain(whole.stateOf(node)), plain(lacking.stateOf(node))).map(
      ({ field, expected, actual }) => [
        `**${markdown(node)}**`,
        code(field),
        markdown(sayValue(actual)),
        markdown(sayValue(expected)),
      ],
    ),
  );
  return rows.length === 0
    ? ['At the end every node is in the same state in both runs.']
    : blocks(
        ['At the end they differ in this:'],
        table(['node', 'field', sides.lacking, sides.whole], rows),
      );
}
