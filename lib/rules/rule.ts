// A rule: a name, a paper reference, one sentence, the event it listens to, named conditions and
// an action. The types of `me` and of the event follow from the chapter's protocol and from `on`.

import type { LocalEvent, LogWrite, NodeEvent, NodeId, NodeState } from '../node/contract.ts';
import type { Actions, LocalActions } from './actions.ts';

/** What a chapter declares: the state of a node, and the fields of each message by its type. */
export interface Protocol {
  state: NodeState;
  messages: object;
}

export type MessageName<P extends Protocol> = keyof P['messages'] & string;

/** The messages of a protocol, or those of the given types. */
export type MessageOf<P extends Protocol, Name extends MessageName<P> = MessageName<P>> = {
  [N in Name]: Readonly<{ type: N; from: NodeId; to: NodeId } & P['messages'][N]>;
}[Name];

/** A message as a rule writes it; sender and receiver are filled in. */
export type BodyOf<P extends Protocol, Name extends MessageName<P> = MessageName<P>> = {
  [N in Name]: Readonly<{ type: N } & P['messages'][N]>;
}[Name];

/** What a rule can listen to: one message type, one local event, any message, or any event. */
export type Heard<P extends Protocol> =
  MessageName<P> | LocalEvent['type'] | 'any message' | 'any event';

/** The event that reaches a rule which listens to `On`. */
export type EventFor<P extends Protocol, On> =
  On extends MessageName<P>
    ? MessageOf<P, On>
    : On extends LocalEvent['type']
      ? Extract<LocalEvent, { type: On }>
      : On extends 'any message'
        ? MessageOf<P>
        : MessageOf<P> | LocalEvent;

/** What a rule can write to disk: any field of the state, and of the log what changes in it. */
export type WriteOf<P extends Protocol> = Readonly<
  Partial<Omit<P['state'], 'log'>> & { log?: LogWrite }
>;

/** What a helper of several rules can do that sends messages of these types. */
export type ActionsOf<P extends Protocol, Name extends MessageName<P>> = LocalActions<
  BodyOf<P, Name>,
  WriteOf<P>
>;

type ActFor<P extends Protocol, On> = On extends MessageName<P> | 'any message'
  ? Actions<BodyOf<P>, WriteOf<P>>
  : LocalActions<BodyOf<P>, WriteOf<P>>;
type Test<P extends Protocol, On> = (me: Readonly<P['state']>, event: EventFor<P, On>) => boolean;
type Action<P extends Protocol, On> = (
  me: P['state'],
  event: EventFor<P, On>,
  act: ActFor<P, On>,
) => void;

/** A rule as a chapter writes it. */
export interface RuleDefinition<P extends Protocol, On extends Heard<P>> {
  name: string;
  /** Where the rule comes from: `§5.2`, `Fig. 2`, `thesis §9.6`. */
  paper: string;
  /** The rule in one sentence. */
  says: string;
  /** The rule of an earlier chapter in whose place this one stands, when it is written anew. */
  replaces?: Rule<P>;
  on: On;
  /** Named conditions, asked in this order. The first that fails is the reason why not. */
  when?: Readonly<Record<string, Test<P, On>>>;
  /** What the node does when every condition holds. */
  then: Action<P, On>;
  /** What the node does when a condition refused. */
  otherwise?: Action<P, On>;
  /** When this rule fires, later rules do not see the event. */
  last?: boolean;
}

/** One named condition of a finished rule. */
export interface Condition<P extends Protocol> {
  readonly name: string;
  readonly holds: (me: Readonly<P['state']>, event: NodeEvent) => boolean;
}

/** What tools know of a rule, whatever its chapter. */
export interface RuleInfo {
  readonly name: string;
  readonly paper: string;
  readonly says: string;
  readonly on: string;
  readonly conditions: readonly { readonly name: string }[];
  /** When this rule fires, later rules do not see the event. */
  readonly last: boolean;
  /** The rule of an earlier chapter that this one refines. */
  readonly refines?: RuleInfo;
  /** The one in whose place it stands, written anew. */
  readonly replaces?: RuleInfo;
}

/** A finished rule. It fits the list of its own chapter and of every later one. */
export interface Rule<P extends Protocol, On extends string = string> extends RuleInfo {
  readonly on: On;
  readonly conditions: readonly Condition<P>[];
  readonly then: (me: P['state'], event: NodeEvent, act: Actions) => void;
  readonly otherwise?: (me: P['state'], event: NodeEvent, act: Actions) => void;
  readonly refines?: Rule<P>;
  readonly replaces?: Rule<P>;
}

/** Gives the `rule` function of one chapter, which types rule bodies by that chapter's protocol. */
export function rulesOf<P extends Protocol>() {
  return <const On extends Heard<P>>(definition: RuleDefinition<P, On>): Rule<P, On> => {
    const { name, paper, says, replaces, on, when, then, otherwise, last } = definition;
    return {
      name,
      paper,
      says,
      on,
      conditions: conditionsOf<P, On>(when),
      then: widen<P, On>(then),
      ...(otherwise && { otherwise: widen<P, On>(otherwise) }),
      last: last ?? false,
      ...(replaces && { replaces }),
    };
  };
}

/** What a later chapter changes in a rule; what is not named stays. */
interface Refinement<P extends Protocol, On> {
  says?: string;
  paper?: string;
  /** More conditions, asked after the earlier ones; one of the same name takes its place. */
  when?: Readonly<Record<string, Test<P, On>>>;
  /** Replaces the earlier action. */
  then?: Action<P, On>;
  /** Comes after the earlier action. */
  also?: Action<P, On>;
  /** Replaces what the node does when a condition refused. */
  otherwise?: Action<P, On>;
}

/** Gives the `refine` function of one chapter: an earlier rule with more conditions or effects. */
export function refine<P extends Protocol>() {
  return <On extends Heard<P>>(base: Rule<P, On>, more: Refinement<P, On>): Rule<P, On> => {
    const first = more.then ? widen<P, On>(more.then) : base.then;
    const second = more.also && widen<P, On>(more.also);
    return {
      ...base,
      says: more.says ?? base.says,
      paper: more.paper ?? base.paper,
      conditions: withMore(base.conditions, conditionsOf<P, On>(more.when)),
      ...(more.otherwise && { otherwise: widen<P, On>(more.otherwise) }),
      then: second
        ? (me, event, act) => {
            first(me, event, act);
            second(me, event, act);
          }
        : first,
      refines: base,
    };
  };
}

/** The earlier conditions, each in its place, and after them those of new names. */
function withMore<P extends Protocol>(
  earlier: readonly Condition<P>[],
  more: readonly Condition<P>[],
): Condition<P>[] {
  const isNew = ({ name }: Condition<P>) => earlier.every((each) => each.name !== name);
  const latest = (each: Condition<P>) => more.find(({ name }) => name === each.name) ?? each;
  return [...earlier.map(latest), ...more.filter(isNew)];
}

function conditionsOf<P extends Protocol, On>(
  when: Readonly<Record<string, Test<P, On>>> = {},
): Condition<P>[] {
  return Object.entries(when).map(([name, test]) => ({
    name,
    holds: (me, event) => test(me, event as EventFor<P, On>),
  }));
}

/**
 * Forgets which event an action was written for, so that rules for different events fit one list.
 * Sound because a step hands an event only to the rules that listen to it (`listens` in step.ts).
 */
function widen<P extends Protocol, On>(action: Action<P, On>): Rule<P>['then'] {
  return (me, event, act) => action(me, event as EventFor<P, On>, act);
}
