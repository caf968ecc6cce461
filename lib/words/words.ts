// How a step reads in plain words. Every page, screen and failing test says it the same way.

import type { CompactedLog, Entry } from '../log/log.ts';
import { Log } from '../log/log.ts';
import { isRead } from '../machine/key-value.ts';
import type { Effect, Proposal, Write } from '../node/contract.ts';
import type { ConditionExplanation } from '../rules/explain.ts';
import type { EffectRecord, MessageRecord, TraceStep } from '../trace/trace.ts';
import { crashesWithin } from '../trace/trace.ts';

/**
 * A value as a person writes it: names bare, lists in brackets, log entries as `t1 x=1`, proposals as
 * `b1 x=1`. What was discarded of a log is told by its last index and term: `…4 (t1)`.
 */
export function sayValue(value: unknown): string {
  if (value === null) return 'none';
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return value;
  if (value instanceof Log) return sayValue(value.toJSON());
  if (Array.isArray(value)) {
    return `[${value.every(isEntry) ? sayEntries(value) : value.map(sayValue).join(', ')}]`;
  }
  if (isEntry(value)) return sayEntries([value]);
  if (isProposal(value)) return `b${value.ballot} ${value.value}`;
  if (isPiece(value)) return sayPiece(value);
  if (isCompacted(value)) return `[${[sayBeginning(value), ...sayList(value.entries)].join(', ')}]`;
  if (isEdge(value)) return `{${[sayBeginning(value), ...sayList(withoutEdge(value))].join(', ')}}`;
  if (typeof value === 'object') return `{${sayFields(value)}}`;
  return JSON.stringify(value);
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && 'term' in value && 'command' in value;

const isProposal = (value: unknown): value is Proposal =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === 2 &&
  'ballot' in value &&
  'value' in value;

/** One piece of what a snapshot holds: a key with its value, or a client's latest command and its result. */
type Piece =
  | { readonly key: unknown; readonly value: unknown }
  | { readonly client: unknown; readonly sequence: unknown; readonly result: unknown };

const isPiece = (value: unknown): value is Piece =>
  typeof value === 'object' &&
  value !== null &&
  (('key' in value && 'value' in value) ||
    ('client' in value && 'sequence' in value && 'result' in value && !('type' in value)));

/** `x=1`, `Ann 2: a`. */
const sayPiece = (piece: Piece): string =>
  'key' in piece
    ? `${sayValue(piece.key)}=${sayValue(piece.value)}`
    : `${sayValue(piece.client)} ${sayValue(piece.sequence)}: ${sayValue(piece.result)}`;

type Edge = Pick<CompactedLog, 'lastIncludedIndex' | 'lastIncludedTerm'>;

/** True for what ends at an entry that was discarded: a snapshot, what is received of one, a log. */
const isEdge = (value: unknown): value is Edge =>
  typeof value === 'object' &&
  value !== null &&
  'lastIncludedIndex' in value &&
  'lastIncludedTerm' in value;

/** True for a log of which something was discarded. */
export const isCompacted = (value: unknown): value is CompactedLog =>
  isEdge(value) && 'entries' in value;

/** `…4 (t1)`: everything up to index 4, where the term is 1. */
export const sayBeginning = ({ lastIncludedIndex, lastIncludedTerm }: Edge): string =>
  `…${lastIncludedIndex} (t${lastIncludedTerm})`;

const edgeFields = ['lastIncludedIndex', 'lastIncludedTerm'];

const withoutEdge = (value: Edge): object =>
  Object.fromEntries(Object.entries(value).filter(([field]) => !edgeFields.includes(field)));

/** Entries or fields as the rest of a list; nothing when there are none. */
const sayList = (values: object): string[] => {
  const says = Array.isArray(values) ? sayValue(values).slice(1, -1) : sayFields(values);
  return says === '' ? [] : [says];
};

/** Entries with each term said once, and whose they are: `t1 x=1 y=2, t2 z=3 (Ann 1)`. */
function sayEntries(entries: readonly Entry[]): string {
  return entries
    .map((entry, place) => {
      const { term, command, client, sequence } = entry;
      const whose = client === undefined ? '' : ` (${client} ${sequence ?? '?'})`;
      const isSame = entries[place - 1]?.term === term;
      return `${isSame ? '' : `${place > 0 ? ', ' : ''}t${term}`} ${command}${whose}`;
    })
    .join('');
}

/** The fields of an object: `term 1, voteGranted true`. */
export function sayFields(fields: object): string {
  return Object.entries(fields)
    .map(([field, value]) => `${field} ${sayValue(value)}`)
    .join(', ');
}

/** A message's type and content, without its route: `RequestVote (term 1)`. */
export function sayMessage(message: { readonly type: string }): string {
  const content = Object.entries(message).filter(
    ([field]) => field !== 'type' && field !== 'from' && field !== 'to',
  );
  return content.length === 0
    ? message.type
    : `${message.type} (${sayFields(Object.fromEntries(content))})`;
}

/** What happened to the world at a step: `B receives RequestVote (term 1) from A`. */
export function sayAct(step: TraceStep): string {
  const says = sayWholeAct(step);
  return crashesWithin(step) ? `${says}; ${step.node ?? 'it'} crashes on the way` : says;
}

function sayWholeAct({ act, event }: TraceStep): string {
  switch (act.type) {
    case 'deliver': {
      const { type, from, to } = act.message;
      return `${to} receives ${sayMessage(event ?? { type })} from ${from}`;
    }
    case 'drop':
      return `${act.message.type} from ${act.message.from} to ${act.message.to} is lost`;
    case 'duplicate':
      return `${act.message.type} from ${act.message.from} to ${act.message.to} is duplicated`;
    case 'timeout':
      return `${act.node}'s ${act.timer} timer runs out`;
    case 'request':
      return sayRequest(act);
    case 'change':
      return `An administrator asks ${act.node} for other voters: ${act.voters.join(' ')}`;
    case 'transfer':
      return `An administrator asks ${act.node} to let ${act.target} lead`;
    case 'partition':
      return `The network splits: ${act.groups.map((group) => group.join(' ')).join(' | ')}`;
    case 'cut':
      return `The link from ${act.from} to ${act.to} is cut`;
    case 'heal':
      return 'The network heals';
    case 'crash':
      return `${act.node} crashes`;
    case 'restart':
      return `${act.node} restarts`;
  }
}

/** `The client asks A: x=1`, `Ann asks A: x=1 (number 1)`, `Ann asks A: x? (number 2, by index)`. */
function sayRequest({ node, command, client, sequence, read }: RequestAct): string {
  if (client === undefined) return `The client asks ${node}: ${command}`;
  const how = read === undefined ? '' : `, by ${read}`;
  return `${client} asks ${node}: ${command} (number ${sequence ?? '?'}${how})`;
}

type RequestAct = Extract<TraceStep['act'], { type: 'request' }>;
type Answer = Extract<Effect, { type: 'answer' }>;

/** `answers the client: x=1 is done`, `answers Ann: x is 1`, `answers Ann: ask B`. */
function sayAnswer({ command, applied, leaderId, client, result }: Answer): string {
  const answers = `answers ${client ?? 'the client'}`;
  if (applied) return `${answers}: ${sayResult(command, result)}`;
  return leaderId === null ? `${answers}: there is no leader yet` : `${answers}: ask ${leaderId}`;
}

/** What came of a command: `x is 1`, `x+=a gave a`, `x=1 is done`. */
export function sayResult(command: string, result: string | null | undefined): string {
  const tells = isRead(command) || /\+=| if /.test(command);
  if (result === undefined || !tells) return `${command} is done`;
  if (!isRead(command)) return `${command} gave ${sayValue(result)}`;
  const key = command.slice(0, -1);
  return result === null ? `${key} has no value` : `${key} is ${result}`;
}

/** What a node does besides changing its state: `sends RequestVote (term 1) to B`. */
export function sayEffect(effect: Effect | EffectRecord): string {
  switch (effect.type) {
    case 'send': {
      const lost = 'lost' in effect && effect.lost ? ', but the link is cut' : '';
      return `sends ${sayMessage(effect.message)} to ${effect.message.to}${lost}`;
    }
    case 'persist':
      return effect.lazily
        ? `leaves to be written to disk later: ${sayWrite(effect.fields)}`
        : `writes to disk: ${sayWrite(effect.fields)}`;
    case 'restartTimer':
      return `restarts its ${effect.timer} timer`;
    case 'stopTimer':
      return `stops its ${effect.timer} timer`;
    case 'apply':
      // Only by a mistake does a node apply an entry that it does not have.
      return effect.command === ''
        ? `applies entry ${effect.index}, which is not there`
        : `applies entry ${effect.index}: ${effect.command}`;
    case 'answer':
      return sayAnswer(effect);
  }
}

/** `currentTerm 1, votedFor A`, `log cut after 2`, `log discarded up to 2`, `log from 3 [t1 x=1]`. */
function sayWrite({ log, ...fields }: Write): string {
  const { upTo, lastIncludedIndex, from, entries = [] } = log ?? {};
  return [
    ...(Object.keys(fields).length > 0 ? [sayFields(fields)] : []),
    ...(upTo === undefined ? [] : [`log cut after ${upTo}`]),
    ...(lastIncludedIndex === undefined ? [] : [`log discarded up to ${lastIncludedIndex}`]),
    ...(from === undefined ? [] : [`log from ${from} ${sayValue(entries)}`]),
  ].join(', ');
}

/** The values a condition looked at: `votedFor is B, RequestVote.from is C`. */
export function sayValues({ values }: ConditionExplanation): string {
  return values.map(({ field, value }) => `${field} is ${sayValue(value)}`).join(', ');
}

/** Which message an id stands for, as pages and screens print it: `m3`. */
export const sayId = (id: number): string => `m${id}`;

/** `RequestVote A→B`, for lists of messages in flight. */
export const sayRoute = ({ type, from, to }: MessageRecord): string => `${type} ${from}→${to}`;
