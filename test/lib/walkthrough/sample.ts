// A small chapter of its own for the tests of the generator, so that they do not depend on lessons.

import type { NodeId, NodeState } from '../../../lib/node/contract.ts';
import type { Script } from '../../../lib/cluster/script.ts';
import { nodeFromRules } from '../../../lib/rules/node.ts';
import { rulesOf } from '../../../lib/rules/rule.ts';
import type { RuleList } from '../../../lib/rules/step.ts';
import type { Chapter, Scenario } from '../../../lib/scenario/scenario.ts';
import { record } from '../../../lib/scenario/record.ts';
import type { Trace } from '../../../lib/trace/trace.ts';

interface Sample {
  state: NodeState & { currentTerm: number; heard: readonly NodeId[] };
  messages: {
    Ask: { term: number };
    AskReply: { term: number; agreed: boolean };
    AppendEntries: { term: number };
  };
}

const rule = rulesOf<Sample>();

const stand = rule({
  name: 'stand',
  paper: '§1',
  says: 'A node that waits too long asks the others.',
  on: 'ElectionTimeout',
  when: { 'is not the leader': (me) => me.role !== 'leader' },
  then(me, timeout, act) {
    me.role = 'candidate';
    me.currentTerm += 1;
    act.broadcast({ type: 'Ask', term: me.currentTerm });
    act.restartElectionTimer();
  },
});

const agree = rule({
  name: 'agree',
  paper: '§2',
  says: 'A node agrees once with each other node.',
  on: 'Ask',
  when: {
    'is no candidate itself': (me) => me.role === 'follower',
    'has not heard from it': (me, ask) => !me.heard.includes(ask.from),
  },
  then(me, ask, act) {
    me.heard = [...me.heard, ask.from];
    act.reply({ type: 'AskReply', term: ask.term, agreed: true });
  },
  otherwise(me, ask, act) {
    act.reply({ type: 'AskReply', term: ask.term, agreed: false });
  },
});

const hear = rule({
  name: 'hear',
  paper: '§3',
  says: 'A candidate notes who agrees.',
  on: 'AskReply',
  when: { 'the other agrees': (me, reply) => reply.agreed },
  then(me, reply) {
    me.heard = [...me.heard, reply.from];
  },
});

const lead = rule({
  name: 'lead',
  paper: '§4',
  says: 'A candidate with whom another agrees leads.',
  on: 'any event',
  when: {
    'is a candidate': (me) => me.role === 'candidate',
    'another agrees': (me) => me.heard.length > 0,
  },
  then(me, event, act) {
    me.role = 'leader';
    act.restartHeartbeatTimer();
  },
});

const beat = rule({
  name: 'beat',
  paper: '§5',
  says: 'A leader tells the others that it is there.',
  on: 'HeartbeatTimeout',
  then(me, timeout, act) {
    act.broadcast({ type: 'AppendEntries', term: me.currentTerm });
    act.restartHeartbeatTimer();
  },
});

const init: RuleList<Sample>['init'] = (id, peers) => ({
  id,
  peers,
  role: 'follower',
  currentTerm: 0,
  heard: [],
});

export const sampleNode = nodeFromRules<Sample>({
  init,
  rules: [stand, agree, hear, lead, beat],
});

const patience = rule({
  name: 'patience',
  paper: '§6',
  says: 'A node that waits too long waits again.',
  on: 'ElectionTimeout',
  then(me, timeout, act) {
    act.restartElectionTimer();
  },
});

/** The sample's rules, but nobody stands. */
const patientNode = nodeFromRules<Sample>({ init, rules: [patience, agree, hear, lead, beat] });

/** The same run twice: by the chapter's own rules, and by the variant `patient`. */
export function variantRuns(): readonly [SampleRun, SampleRun] {
  const own: Scenario = {
    name: 'own',
    title: 'The own rules',
    about: 'A waits too long.',
    nodes: ['A', 'B'],
    outcome: { says: 'It is over.', nodes: {} },
    script: (run) => run.timeout('A'),
  };
  const varied = { ...own, name: 'varied', variant: 'patient' };
  const chapter = { ...sampleChapter(own, varied), variants: { patient: patientNode } };
  return [
    { chapter, trace: record(chapter, own).trace },
    { chapter, trace: record(chapter, varied).trace },
  ];
}

export interface SampleRun {
  readonly chapter: Chapter;
  readonly trace: Trace;
}

/** A chapter with these scenarios. */
export const sampleChapter = (...scenarios: Scenario[]): Chapter => ({
  name: '98-sample',
  title: 'Sample',
  adds: 'Something.',
  stillBroken: 'Everything.',
  node: sampleNode,
  properties: [],
  obligations: [],
  trials: [],
  scenarios,
  hints: {},
});

/** A scripted run of A, B and C, and its trace. */
export function sampleRun(
  script: (run: Script) => void,
  more: Partial<Pick<Scenario, 'name' | 'title' | 'about' | 'outcome' | 'start'>> = {},
): SampleRun {
  const scenario: Scenario = {
    name: 'sample-run',
    title: 'A sample run',
    about: 'What it shows.',
    nodes: ['A', 'B', 'C'],
    outcome: { says: 'It is over.', nodes: {} },
    script,
    ...more,
  };
  const chapter = sampleChapter(scenario);
  return { chapter, trace: record(chapter, scenario).trace };
}
