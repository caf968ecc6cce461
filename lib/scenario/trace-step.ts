// Writes one step of the world as a line of a trace.

import type { NarratedStep } from '../cluster/script.ts';
import type { Step } from '../cluster/step.ts';
import type { Write } from '../node/contract.ts';
import { changedFields } from '../rules/explain.ts';
import type { EffectRecord, PersistRecord, TraceStep } from '../trace/trace.ts';

/** The line for a step; `number` counts from 1. */
export function traceStep(number: number, step: NarratedStep): TraceStep {
  const { act, time, envelope, copy, node, event, before, after, fired, note, question } = step;
  return {
    step: number,
    time,
    act,
    ...(envelope && { message: envelope.id }),
    ...(copy && { copy: copy.id }),
    ...(node !== undefined && { node }),
    ...(event && { event: { ...event } }),
    ...(fired && { fired: fired.map((verdict) => ({ ...verdict })) }),
    ...(step.effects && { effects: traceEffects(step) }),
    ...(before && after && { changed: plain(changedFields(before, after)) }),
    ...(note !== undefined && { note }),
    ...(question && { question: { ...question } }),
    ...(step.prologue && { prologue: true }),
  };
}

/** The effects, each message with the id that the network gave it. */
function traceEffects({ effects = [], sent = [] }: Step): EffectRecord[] {
  const envelopes = [...sent];
  return effects.map((effect) => {
    if (effect.type === 'persist') return { ...effect, fields: plainWrite(effect.fields) };
    if (effect.type !== 'send') return effect;
    const envelope = envelopes.shift();
    if (!envelope) throw new Error('a message was sent without an envelope');
    const { id, lost } = envelope;
    return { type: 'send', id, message: { ...effect.message }, ...(lost && { lost: true }) };
  });
}

function plainWrite({ log, ...fields }: Write): PersistRecord['fields'] {
  if (!log) return fields;
  const { entries, ...place } = log;
  return { ...fields, log: { ...place, ...(entries && { entries: [...entries] }) } };
}

/** The fields as JSON holds them, so that a log becomes a plain list. */
function plain(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]): [string, unknown] => [
      field,
      typeof value === 'object' ? JSON.parse(JSON.stringify(value)) : value,
    ]),
  );
}
