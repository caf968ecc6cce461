// Checks that the lines of a trace make one run: steps in order, known nodes, no message that arrives
// without having been sent, and nothing done after a crash.

import { diskOf } from '../node/disk.ts';
import { afterStep } from './disks.ts';
import { TraceError } from './error.ts';
import type { MessageRecord, Trace, TraceStep } from './trace.ts';

/** Throws TraceError at the first line that cannot follow from those before it. */
export function checkRun({ header, steps }: Trace, file: string): void {
  const known = new Set(header.nodes);
  for (const name of Object.keys(header.initial)) expectNode(name, 1, 'initial');
  for (const name of Object.keys(header.outcome.nodes)) expectNode(name, 1, 'outcome');
  for (const name of header.nodes) {
    if (!header.initial[name]) fail(1, `expected an initial state for ${name}, found none`);
  }

  const inFlight = new Map<number, MessageRecord>();
  const disks = new Map(header.nodes.map((name) => [name, diskOf(header.initial[name] ?? {})]));
  let time = 0;
  steps.forEach((step, index) => {
    const line = index + 2;
    if (step.step !== index + 1) fail(line, `expected step ${index + 1}, found step ${step.step}`);
    if (step.time < time) fail(line, `expected time ${time} or later, found ${step.time}`);
    time = step.time;
    for (const name of nodesIn(step)) expectNode(name, line, `step ${step.step}`);
    checkMessages(step, line);
    checkDisk(step, line);
  });
  if (steps.length !== header.steps) {
    fail(
      steps.length + 2,
      `expected ${header.steps} steps as the header says, found ${steps.length}`,
    );
  }

  function checkMessages(step: TraceStep, line: number): void {
    if ('message' in step.act) {
      const { type, message } = step.act;
      const id = step.message;
      const found = id === undefined ? undefined : inFlight.get(id);
      if (id === undefined || !found) {
        fail(
          line,
          `expected a message in flight to ${type}, found message ${id ?? 'without an id'}`,
        );
      }
      if (found.type !== message.type || found.from !== message.from || found.to !== message.to) {
        fail(line, `expected message ${id} to be ${route(message)}, but it is ${route(found)}`);
      }
      if (type === 'deliver' && JSON.stringify(step.event) !== JSON.stringify(found)) {
        fail(line, `expected the event to be message ${id} as it was sent`);
      }
      if (type !== 'duplicate') inFlight.delete(id);
      else if (step.copy === undefined) fail(line, 'expected the id of the copy');
      else launch(step.copy, found, line);
    }
    for (const effect of step.effects ?? []) {
      if (effect.type !== 'send') continue;
      if (effect.message.from !== step.node) {
        fail(line, `expected messages from ${step.node}, found one from ${effect.message.from}`);
      }
      launch(effect.id, effect.message, line);
      if (effect.lost) inFlight.delete(effect.id);
    }
  }

  function checkDisk(step: TraceStep, line: number): void {
    const { act, node, effects = [] } = step;
    const crashAfter = 'crashAfter' in act ? act.crashAfter : undefined;
    if (crashAfter !== undefined && effects.length > crashAfter) {
      fail(line, `expected ${crashAfter} effects before the crash, found ${effects.length}`);
    }
    const disk = node === undefined ? undefined : disks.get(node);
    if (node === undefined || !disk) return;
    try {
      disks.set(node, afterStep(disk, step));
    } catch (error) {
      fail(line, error instanceof Error ? error.message : String(error));
    }
  }

  function launch(id: number, message: MessageRecord, line: number): void {
    if (inFlight.has(id)) fail(line, `expected a new message id, found ${id} again`);
    inFlight.set(id, message);
  }

  function expectNode(name: string, line: number, where: string): void {
    if (!known.has(name)) {
      fail(line, `expected one of the nodes ${header.nodes.join(', ')} in ${where}, found ${name}`);
    }
  }

  function fail(line: number, expected: string): never {
    throw new TraceError(file, line, expected);
  }
}

function nodesIn({ node, act, effects = [] }: TraceStep): string[] {
  const names = node === undefined ? [] : [node];
  if ('node' in act) names.push(act.node);
  if ('message' in act) names.push(act.message.from, act.message.to);
  if ('groups' in act) names.push(...act.groups.flat());
  if (act.type === 'cut') names.push(act.from, act.to);
  for (const effect of effects) if (effect.type === 'send') names.push(effect.message.to);
  return names;
}

const route = ({ type, from, to }: { type: string; from: string; to: string }) =>
  `${type} from ${from} to ${to}`;
