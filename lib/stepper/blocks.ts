// What there is to read at a moment, as labelled blocks: the narrator's words, the question, the
// rules, the effects, the messages in flight. The screen and the printed run show the same blocks.

import type { RuleExplanation } from '../rules/explain.ts';
import type { RuleInfo } from '../rules/rule.ts';
import type { EffectRecord, MessageRecord, TraceStep, VerdictRecord } from '../trace/trace.ts';
import type { Part } from '../rules/node.ts';
import { nameOf } from '../why/question.ts';
import { sayAct, sayEffect, sayId, sayMessage, sayValue, sayValues } from '../words/words.ts';
import { sayChange } from './columns.ts';
import { grouped } from './group.ts';
import type { Moment, Scene } from './scene.ts';
import { explainStep } from './scene.ts';
import type { Line, Style } from './text.ts';
import { hardSpace, line } from './text.ts';

export interface Block {
  readonly label: string;
  readonly lines: readonly Line[];
  /** By how much a line goes in where it goes on below itself. */
  readonly indent?: number;
}

/**
 * How much is said: all; or no sentences of the rules; or only names, those of the rules and those
 * of the messages.
 */
export type Detail = 'full' | 'brief' | 'names';

const block = (label: string, ...lines: Line[]): Block => ({ label, lines });
const list = (label: string, ...lines: Line[]): Block => ({ label, lines, indent: 2 });

/** What happens at a moment, in one line. */
export function headline({ trace }: Scene, moment: Moment): Line {
  switch (moment.kind) {
    case 'start':
      return line('Nothing has happened yet.', 'strong');
    case 'question':
      return line(`What do you think? → shows the answer, step ${moment.step + 1}.`, 'accent');
    case 'step':
      return line(sayAct(moment.record), 'strong');
    case 'end':
      return line(`The run is over after ${count(trace.steps.length, 'step')}.`, 'strong');
  }
}

/** The question that a step answers, before the step and with it. */
export function question(moment: Moment): Block[] {
  if (moment.kind === 'question') return [block('Question', line(moment.question.asks, 'accent'))];
  const asked = moment.kind === 'step' ? moment.record.question : undefined;
  return asked ? [block('Question', line(asked.asks))] : [];
}

/** Which rules run when some part is left out. */
const rulesIn = (part: Part): string =>
  part.asBefore
    ? `All, with ${part.rule} as the chapter before had it.`
    : `All but ${nameOf(part)}.`;

/** The narrator's words at a moment, with the answer to its question. */
export function narration(scene: Scene, moment: Moment): Block[] {
  const { about, outcome, variant, without } = scene.trace.header;
  switch (moment.kind) {
    case 'start':
      return [
        block('About', line(about)),
        ...(variant === undefined ? [] : [block('Rules', line(`The variant '${variant}'.`))]),
        ...(without ? [block('Rules', line(rulesIn(without)))] : []),
      ];
    case 'question':
      return [];
    case 'step': {
      const { note, question: asked } = moment.record;
      return [
        ...(asked ? [block('Answer', line(asked.answer))] : []),
        ...(note === undefined ? [] : [block('Note', line(note))]),
      ];
    }
    case 'end':
      return [
        block('Outcome', line(outcome.says)),
        ...(outcome.violates === undefined
          ? []
          : [block('Violates', line(`${outcome.violates} does not hold in this run.`, 'bad'))]),
      ];
  }
}

/** The fields that changed at a step, each with its value before and after. */
export function changes(scene: Scene, { step, node, changed = {} }: TraceStep): Block[] {
  const before = node === undefined ? undefined : scene.states[step - 1]?.[node];
  const all = Object.entries(changed).map(
    ([field, value]) => `${field} ${sayChange(before?.[field], value)}`,
  );
  return all.length === 0 ? [] : [block('Changes', line(`${node}: ${all.join(', ')}`))];
}

/** The rules that fired, and those that were written for this event and refused it. */
export function rules(scene: Scene, record: TraceStep, detail: Detail): Block[] {
  if (!record.event) return [];
  if (!record.fired) return [block('Rules', line('This trace does not say which rules fired.'))];
  const known = new Map(scene.node.rules.map((rule) => [rule.name, rule]));
  const verdicts = record.fired.filter(
    ({ rule, refused }) => refused === undefined || isSpecific(known.get(rule)),
  );
  if (verdicts.length === 0) return [block('Rules', line('No rule fired.', 'quiet'))];
  if (detail === 'names') return [list('Rules', ...nameLines(verdicts))];
  const explained = explanationsOf(scene, record);
  const lines = verdicts.map((verdict) =>
    ruleLine(verdict, known.get(verdict.rule), explained.get(verdict.rule), detail),
  );
  return [list('Rules', ...lines)];
}

/** A rule for all events is refused at most of them; that is worth a line only when one asks why. */
const isSpecific = (rule: RuleInfo | undefined) =>
  rule === undefined || (rule.on !== 'any event' && rule.on !== 'any message');

function nameLines(verdicts: readonly VerdictRecord[]): Line[] {
  const kinds: readonly [mark: string, style: Style, didFire: boolean, says: string][] = [
    ['✓', 'good', true, 'fired'],
    ['✗', 'bad', false, 'did not fire; w says why'],
  ];
  return kinds.flatMap(([mark, style, didFire, says]): Line[] => {
    const names = verdicts
      .filter(({ refused }) => (refused === undefined) === didFire)
      .map(({ rule }) => rule);
    if (names.length === 0) return [];
    return [
      [
        { text: `${mark} ${names.join(', ')}`, style },
        { text: ` ${says}`, style: 'plain' },
      ],
    ];
  });
}

function ruleLine(
  { rule: name, refused }: VerdictRecord,
  rule: RuleInfo | undefined,
  explanation: RuleExplanation | undefined,
  detail: Detail,
): Line {
  if (refused !== undefined) {
    const condition = explanation?.conditions.find((each) => each.name === refused);
    const seen = condition ? sayValues(condition) : '';
    return [
      { text: `✗ ${name}`, style: 'bad' },
      { text: ` did not fire; failed: ${refused}${seen && ` (${seen})`}`, style: 'plain' },
    ];
  }
  const head: Line = [{ text: `✓ ${name}`, style: 'good' }];
  if (!rule || detail === 'brief') return [...head, { text: ' fired', style: 'plain' }];
  return [
    ...head,
    { text: ` fired: ${rule.says}`, style: 'plain' },
    { text: ` ${paperOf(rule)}`, style: 'quiet' },
  ];
}

/** The explanations of the rules by name; none when they cannot be asked about this state. */
function explanationsOf(scene: Scene, record: TraceStep): Map<string, RuleExplanation> {
  try {
    const all = explainStep(scene, record)?.rules ?? [];
    return new Map(all.map((explanation) => [explanation.rule.name, explanation]));
  } catch {
    return new Map();
  }
}

/** A paper reference in brackets; it breaks only at its commas. */
export const paperOf = ({ paper }: RuleInfo): string => `(${paper})`.replace(/(?<!,) /g, hardSpace);

/** What the node did besides changing its state. */
export function effects(record: TraceStep): Block[] {
  const said = sayEffects(record.effects ?? []);
  return said.length === 0 ? [] : [block('Effects', line(`${record.node} ${said.join('; ')}`))];
}

/** Each effect in words; messages that differ only in their receiver are said once. */
export function sayEffects(all: readonly EffectRecord[]): string[] {
  const key = (effect: EffectRecord) =>
    effect.type === 'send' ? `${effect.lost ?? false} ${sayMessage(effect.message)}` : effect;
  return [...grouped(all, key).values()].map((same) => {
    const [effect] = same;
    if (effect.type !== 'send') return sayEffect(effect);
    const to = same.flatMap((each) => (each.type === 'send' ? [each.message.to] : [])).join(', ');
    return sayEffect({ ...effect, message: { ...effect.message, to } });
  });
}

/** The messages on their way, those of the same content together, and the links that are cut. */
export function network(scene: Scene, moment: Moment, detail: Detail): Block[] {
  const flying = scene.inFlight[moment.step] ?? [];
  const isNew = (sentAt: number) => moment.kind === 'step' && sentAt === moment.step;
  const says = (message: MessageRecord) =>
    detail === 'names' ? message.type : sayMessage(message);
  const lines = [...grouped(flying, ({ message }) => says(message))].map(
    ([content, same]): Line => [
      { text: content, style: 'plain' },
      ...same.flatMap(({ id, message: { from, to }, sentAt }): Line => {
        const text = `${sayId(id)}${hardSpace}${from}→${to}`;
        return [
          { text: '  ', style: 'plain' },
          isNew(sentAt) ? { text: `*${text}`, style: 'changed' } : { text, style: 'plain' },
        ];
      }),
    ],
  );
  const cut = cutsAt(scene, moment.step);
  const disks = (scene.onDisk[moment.step] ?? []).map(({ node, isDown, fields }) => {
    const values = fields.map(([field, value]) => `${field} ${sayValue(value)}`).join(', ');
    return line(`${node}${isDown ? '' : ', other than in memory'}: ${values}`);
  });
  return [
    ...(disks.length === 0 ? [] : [list('On disk', ...disks)]),
    list('In flight', ...(lines.length === 0 ? [line('nothing', 'quiet')] : lines)),
    ...(cut.length === 0 ? [] : [list('Network', ...cut.map((each) => line(each)))]),
  ];
}

/** Every split and every cut since the network last was whole. */
function cutsAt({ trace }: Scene, step: number): string[] {
  const past = trace.steps.slice(0, step);
  const healed = past.findLastIndex(({ act }) => act.type === 'heal');
  return past
    .slice(healed + 1)
    .filter(({ act }) => act.type === 'partition' || act.type === 'cut')
    .map((record) => `${sayAct(record)} (step ${record.step})`);
}

/** `1 step`, `2 steps`. */
export const count = (number: number, one: string): string =>
  `${number} ${one}${number === 1 ? '' : 's'}`;
