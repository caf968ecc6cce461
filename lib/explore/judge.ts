// Judges the steps of a search: by the step alone, and by the facts that were shown on the way to a world. What a search
// finds, the properties confirm.

import type { Property, Sighting } from '../check/property.ts';
import type { NodeState } from '../node/contract.ts';
import { isChoice } from './choices.ts';
import { Interner } from './intern.ts';
import type { Fact, Monitor } from './monitors.ts';
import { aboutClients, everyVote, forgottenVotes, monitors } from './monitors.ts';
import { isOperation, sameOperation } from './operations.ts';
import { PairMap } from './tables.ts';

/** Two facts on the same thing, of which a run keeps one. */
const sameThing = (one: Fact, other: Fact): boolean => {
  if (isOperation(one)) return isOperation(other) && sameOperation(one, other);
  if (one.kind !== other.kind || isChoice(one) || isChoice(other)) return false;
  if (isOperation(other)) return false;
  if (one.kind === 'applies') return 'index' in other && one.index === other.index;
  const index =
    !('index' in one) || one.kind === 'commits' || ('index' in other && one.index === other.index);
  const node = one.kind !== 'votes' || ('node' in other && one.node === other.node);
  return index && node && one.term === other.term;
};

/** What a step shows to those who judge. */
export interface Shown {
  /** The property that it breaks, seen alone. */
  readonly breaks?: string;
  /** The facts, by number. */
  readonly facts: readonly number[];
  /** Those that are not kept in mind. */
  readonly claims: readonly number[];
}

/** What adding a fact to another comes to. */
const [together, contradiction, known, further] = [0, 1, 2, 3];

/** Judges steps by the properties that are given. Facts go by number. */
export class Judge {
  readonly facts = new Interner<Fact>();
  private readonly properties: readonly Property[];
  private readonly watched: readonly { readonly name: string; readonly monitor: Monitor }[];
  private readonly compared = new PairMap();
  /** Facts about clients, by number, which are kept with the number of requests until then. */
  private readonly undated = new Set<number>();

  /** `termsGrow` tells that the search ends where a term decreases; `clients`, that clients are named. */
  constructor(properties: readonly Property[], termsGrow: boolean, clients = false) {
    this.properties = properties;
    this.watched = properties.flatMap(({ name }) => {
      if (name === aboutClients && !clients) return [];
      const known = monitors[name];
      const monitor = known === everyVote && termsGrow ? forgottenVotes : known;
      return monitor ? [{ name, monitor }] : [];
    });
  }

  /** What a step shows about the run; a crash in the middle of one is seen, and then the restart. */
  see(before: NodeState, sightings: readonly Sighting[]): Shown {
    const breaks = this.brokenBy(before, sightings);
    const facts: Fact[] = [];
    const claims: Fact[] = [];
    let latest = before;
    for (const sighting of sightings) {
      const { state } = sighting;
      for (const { monitor } of this.watched) {
        facts.push(...monitor.shows(latest, state, sighting));
        if (monitor.claims) claims.push(...monitor.claims(latest, state));
      }
      latest = state;
    }
    return {
      ...(breaks !== undefined && { breaks }),
      facts: facts.map((fact) => this.numberOf(fact)),
      claims: claims.map((fact) => this.facts.intern(fact)),
    };
  }

  /** The fact as it is kept: what clients ask and are told, with the number of requests by then. */
  dated(fact: number, requests: number): number {
    if (!this.undated.has(fact)) return fact;
    const undated = this.facts.value(fact);
    return isOperation(undated) ? this.facts.intern({ ...undated, requests }) : fact;
  }

  /** The facts with one more; or the name of the property that now is broken. */
  add(facts: readonly number[], fact: number): readonly number[] | string {
    if (facts.includes(fact)) return facts;
    let result: readonly number[] | undefined;
    for (const other of facts) {
      switch (this.compare(other, fact)) {
        case contradiction:
          return this.brokenByBoth(other, fact);
        case known:
          result = facts;
          break;
        case further:
          result = facts.map((each) => (each === other ? fact : each));
          break;
      }
    }
    return result ?? this.more(facts, fact);
  }

  private numberOf(fact: Fact): number {
    const number = this.facts.intern(fact);
    if (isOperation(fact)) this.undated.add(number);
    return number;
  }

  private more(facts: readonly number[], fact: number): readonly number[] | string {
    const more = [...facts, fact];
    const broken = this.watched.find(({ monitor }) =>
      monitor.breaks?.(
        more.map((each) => this.facts.value(each)),
        this.facts.value(fact),
      ),
    );
    return broken?.name ?? more;
  }

  /** The property that a step breaks by itself, seen by nobody else. */
  private brokenBy(before: NodeState, sightings: readonly Sighting[]): string | undefined {
    return this.properties.find((property) => {
      if (monitors[property.name]?.breaks) return false;
      const see = property.watch();
      see({ step: 0, node: before.id, state: before });
      return sightings.some((sighting) => see(sighting) !== undefined);
    })?.name;
  }

  private compare(one: number, other: number): number {
    const place = this.compared.find(one, other);
    if (this.compared.isNew(place)) {
      const [first, second] = [this.facts.value(one), this.facts.value(other)];
      this.compared.setAt(place, this.relation(first, second));
    }
    return this.compared.valueAt(place);
  }

  private relation(one: Fact, other: Fact): number {
    if (this.watched.some(({ monitor }) => monitor.contradict(one, other))) return contradiction;
    if (!sameThing(one, other)) return together;
    // A leader commits further and further; of everything else the first is as good as the next.
    return other.kind === 'commits' ? further : known;
  }

  private brokenByBoth(one: number, other: number): string {
    const [first, second] = [this.facts.value(one), this.facts.value(other)];
    const found = this.watched.find(({ monitor }) => monitor.contradict(first, second));
    return found?.name ?? '';
  }
}
