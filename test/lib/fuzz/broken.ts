// Chapters with a rule or a condition left out, or put back as it was: what chaos has to find.

import * as chapter4 from '../../../chapters/04-replication/replication.ts';
import { partitions } from '../../../chapters/06-partitions/partitions.ts';
import { propertyNamed } from '../../../lib/check/named.ts';
import type { Property } from '../../../lib/check/property.ts';
import type { RaftNode } from '../../../lib/node/contract.ts';
import { replacing } from '../../../lib/rules/edit.ts';
import { chapterNamed } from '../../support.ts';

export interface Broken {
  readonly what: string;
  readonly node: RaftNode;
  /** Judged by these alone: the harm that is done, not the first sign of it. */
  readonly properties: readonly Property[];
  /** One of so many seeds, from 0, has to go wrong. */
  readonly seeds: number;
  /** How many acts are enough to show it. */
  readonly enough: number;
}

const without = (chapter: string, rule: string, condition?: string) =>
  chapterNamed(chapter).node.without(rule, condition);

const breaks = (...names: readonly string[]) => names.map(propertyNamed);

export const broken: readonly Broken[] = [
  {
    what: 'a vote is granted twice',
    node: without('03-voting', 'grant-vote', 'has not voted for another candidate this term'),
    properties: breaks('Election Safety'),
    seeds: 50,
    enough: 6,
  },
  {
    what: 'logs are not compared when voting',
    node: without(
      '05-conflict-backoff',
      'grant-vote',
      "the candidate's log is at least as up to date",
    ),
    properties: breaks('Leader Completeness'),
    seeds: 200,
    enough: 9,
  },
  {
    what: 'entries are appended without the consistency check',
    node: without('05-conflict-backoff', 'check-consistency'),
    properties: breaks('Log Matching'),
    seeds: 200,
    enough: 11,
  },
  {
    what: 'the log is cut where nothing conflicts',
    node: without('05-conflict-backoff', 'truncate-conflict', 'an entry conflicts with the log'),
    properties: breaks('Leader Completeness'),
    seeds: 200,
    enough: 10,
  },
];

/** Figure 8: an entry of an older term is counted as committed. It takes many more seeds. */
export const figure8: readonly Broken[] = [
  {
    what: 'chapter 5, whole, counts entries of older terms (Figure 8)',
    node: chapterNamed('05-conflict-backoff').node,
    properties: breaks('Leader Completeness', 'State Machine Safety'),
    seeds: 4000,
    enough: 21,
  },
  {
    what: 'chapter 6 with the commit rule of chapter 4 (Figure 8)',
    node: replacing(partitions, chapter4.advanceCommitIndex),
    properties: breaks('Leader Completeness', 'State Machine Safety'),
    seeds: 15_000,
    enough: 21,
  },
];
