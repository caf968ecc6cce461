// One step of a walkthrough: what happened, the question and the narrator's words, the rules and
// their reasons, and the state of every node.

import type { TraceStep } from '../trace/trace.ts';
import { crashesIn } from '../trace/trace.ts';
import { sayAct, sayId } from '../words/words.ts';
import { cell } from './cells.ts';
import { pageFile, stepAnchor } from './links.ts';
import type { Span } from './quiet.ts';
import { effectWithId, ruleLines } from './rule-lines.ts';
import type { Run, ToldStep } from './run.ts';
import { stateTable } from './state-table.ts';
import { blocks, code, details, list, markdown } from './text.ts';

/** The section of one step, headed by its number. */
export function stepSection(run: Run, told: ToldStep): readonly string[] {
  const { chapter, trace, fields } = run;
  const { step, before, after, down, rules } = told;
  const disks = diskLines(run, told);
  const { note, question } = step;
  return blocks(
    [`### ${anchor(step)}Step ${step.step}: ${markdown(sayAct(step))}`],
    [`*${where(step)}*`],
    note === undefined ? [] : [`> ${markdown(note)}`],
    question ? details(`Before you read on: ${question.asks}`, [markdown(question.answer)]) : [],
    ruleLines(chapter, pageFile(trace.header), step, rules),
    isCalm(told)
      ? details(
          'No field changes: the state of all nodes',
          blocks(stateTable(fields, before, after, down), disks),
        )
      : blocks(stateTable(fields, before, after, down), disks),
  );
}

/** A run of heartbeats as one line that opens; every step keeps its anchor. */
export function quietSection({ first, last }: Span, steps: readonly ToldStep[]): readonly string[] {
  const lines = steps.map(({ step }) => {
    const did = (step.effects ?? []).filter(({ type }) => type === 'send').map(effectWithId);
    const effects = did.length === 0 ? '' : `; ${step.node} ${did.join(', ')}`;
    return `- ${anchor(step)}Step ${step.step}: ${markdown(sayAct(step))} *(${where(step)})*${effects}`;
  });
  return details(`Steps ${first}–${last}: heartbeats, nothing changes`, lines);
}

const anchor = ({ step }: TraceStep) => `<a id="${stepAnchor(step)}"></a>`;

/** When it happened, and which message it was about. */
function where({ time, message, copy }: TraceStep): string {
  return [
    `${time} ms`,
    ...(message === undefined ? [] : [`message ${sayId(message)}`]),
    ...(copy === undefined ? [] : [`the copy is ${sayId(copy)}`]),
  ].join(', ');
}

const isCalm = ({ step, before, after }: ToldStep) =>
  before === after && !crashesIn(step) && step.act.type !== 'restart';

/** What is on the disks: all of it where a node crashes, and elsewhere what is not as in memory. */
const diskLines = ({ fields: { shortLogs } }: Run, { step, onDisk }: ToldStep): readonly string[] =>
  onDisk
    .filter(({ node, isDown }) => !isDown || node === step.node)
    .map(({ node, isDown, fields }) => {
      const values = fields.map(
        ([field, value]) => `${code(field)} ${cell(value, value, shortLogs)}`,
      );
      const says = isDown ? '' : ', other than in its memory';
      return `- On the disk of **${markdown(node)}**${says}: ${list(values)}`;
    });
