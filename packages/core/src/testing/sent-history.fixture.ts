import type { Dialect } from '../dialect.ts';
import type { ItemView } from '../item-view.ts';
import type { Validity } from '../validity/validity.ts';
import { writers } from './histories.fixture.ts';
import { hostileTexts } from './hostile-texts.fixture.ts';
import type { Exchange, Sends } from './scenario.fixture.ts';

/** An item as the caller gives it, and as a provider may see it. */
export type Given = {
  readonly given: object;
  readonly sent: object;
  /** `sent`, as text. */
  readonly json: string;
  readonly view: ItemView;
  readonly isMarked: boolean;
  /** Whether it carries the flag with any value at all. */
  readonly isFlagged: boolean;
  readonly trace: string;
};

/** What the caller has: the whole history, and what the engine last returned with what is new behind it. */
export class SentHistory {
  readonly flag: string;
  readonly #name: keyof typeof writers;
  readonly #dialect: Dialect<object> & Validity<object>;
  #all: Given[] = [];
  #context: readonly object[] = [];
  /** Where each turn begins. */
  #starts: number[] = [];
  #number = 0;
  #hasMoved = false;
  readonly #ways = new Set<Sends>();
  #isRewritten = false;

  constructor(name: keyof typeof writers, dialect: Dialect<object> & Validity<object>, flag: string) {
    this.#name = name;
    this.#dialect = dialect;
    this.flag = flag;
    const { system } = writers[name] as { system?: (text: string) => object };
    if (system !== undefined) this.#add([system('You are a test.')], undefined);
  }

  get all(): readonly Given[] {
    return this.#all;
  }

  /** Whether there is something that no call has met yet. */
  get hasMoved(): boolean {
    return this.#hasMoved;
  }

  /** Whether the caller ever went back: then an earlier splice may fit by chance where it only dropped (decision 2). */
  get isRewritten(): boolean {
    return this.#isRewritten;
  }

  /** Whether the caller has sent both ways since it had anything to send. */
  get isMixed(): boolean {
    return this.#ways.size > 1;
  }

  sent(sends: Sends): readonly object[] {
    return sends === 'raw' ? this.#all.map(({ given }) => given) : this.#context;
  }

  answered(items: readonly object[], sends: Sends): void {
    this.#ways.add(sends);
    this.#context = items;
    this.#hasMoved = false;
  }

  /** Adds the turn part by part; says after each whether the model would be called then. */
  *addTurn({ ask, rounds, say, hostile, mark, with: besides }: Exchange): Generator<boolean> {
    const writer = writers[this.#name];
    const number = (this.#number += 1);
    this.#starts.push(this.#all.length);
    const from = this.#all.length;
    const marked = mark === undefined ? undefined : { at: from + mark.at, value: mark.value };
    const evil = hostile === undefined ? '' : ` ${hostileTexts[hostile % hostileTexts.length]}`;
    const asked = `ask ${number} ${'x'.repeat(ask)}${evil}`;
    if (besides === 'an odd item') this.#add([writer.odd(number)], undefined);
    this.#add([besides === 'a picture' ? writer.show(asked) : writer.ask(asked)], marked);
    yield true;
    if (besides === 'a program' && 'program' in writer) {
      const ids = [0, 1].map(() => `call_${(this.#number += 1)}`);
      this.#add(writer.program(`call_${(this.#number += 1)}`, ids), marked);
      yield true;
    }
    for (const round of rounds) {
      const ids = round.outputs.map(() => `call_${(this.#number += 1)}`);
      this.#add(writer.call(round, ids), marked);
      this.#add(writer.results(round, ids), marked);
      yield true;
    }
    this.#add(writer.say(`said ${number} ${'and so on '.repeat(say / 10)}${evil}`, number), marked);
    yield false;
  }

  branch(turn: number): void {
    const start = this.#starts[turn % Math.max(1, this.#starts.length)];
    if (start === undefined || start === 0) return;
    this.#all = this.#all.slice(0, start);
    this.#starts = this.#starts.filter((other) => other < start);
    this.#rewritten();
  }

  edit(turn: number): void {
    const start = this.#starts[turn % Math.max(1, this.#starts.length)];
    if (start === undefined) return;
    const item = writers[this.#name].ask(`ask again ${(this.#number += 1)}`);
    const old = this.#all[start];
    if (old === undefined || this.#dialect.inspect(old.sent).role !== 'user') return;
    this.#all = this.#all.with(start, this.#givenOf(item, undefined));
    this.#rewritten();
  }

  cut(end: 'head' | 'tail'): void {
    if (this.#context.length < 2) return;
    this.#isRewritten = true;
    this.#hasMoved = true;
    if (end === 'head') this.#cutHead();
    else this.#cutTail();
  }

  /** Not between a call and its result: that is a list which nobody should send. */
  #cutHead(): void {
    const left = this.#context.slice(1);
    if (this.#dialect.validate(left).length <= this.#dialect.validate(this.#context).length)
      this.#context = left;
  }

  #cutTail(): void {
    const last = this.#all.at(-1);
    if (last === undefined || traceOf(this.#context.at(-1)) !== last.trace) return;
    this.#context = this.#context.slice(0, -1);
    this.#all = this.#all.slice(0, -1);
  }

  malformed(how: 'orphan result' | 'pending call'): readonly object[] {
    const writer = writers[this.#name];
    const round = { outputs: [20], isReasoned: false, isSpoken: false, isReversed: false } as const;
    const answer = { ...round, isApproved: false, hasPicture: false };
    const id = `call_${(this.#number += 1)}`;
    const made = how === 'orphan result' ? writer.results(answer, [id]) : writer.call(answer, [id]);
    return made.map((item) => this.#givenOf(item, undefined).given);
  }

  /** A caller that went back has nothing but the history. */
  #rewritten(): void {
    this.#context = this.#all.map(({ given }) => given);
    this.#isRewritten = true;
    this.#hasMoved = true;
  }

  #add(items: readonly object[], mark: { readonly at: number; readonly value: unknown } | undefined): void {
    for (const item of items) {
      const isHere = mark?.at === this.#all.length;
      const given = this.#givenOf(item, isHere ? { value: mark.value } : undefined);
      this.#all.push(given);
      this.#context = [...this.#context, given.given];
    }
    this.#hasMoved = true;
  }

  /** Every item has a field that nobody knows, by which it is known again. */
  #givenOf(item: object, mark: { readonly value: unknown } | undefined): Given {
    const trace = `t${(this.#number += 1)}`;
    const sent = { ...item, x_trace: trace };
    const given = mark === undefined ? sent : this.#marked(sent, mark.value);
    const isMarked = mark?.value === true;
    const view = this.#dialect.inspect(sent);
    const isFlagged = mark !== undefined;
    return { given: deepFreeze(given), sent, json: JSON.stringify(sent), view, isMarked, isFlagged, trace };
  }

  /** In each of the places where a format lets a caller put it, in turn. */
  #marked(item: object, value: unknown): object {
    const mark = { [this.flag]: value };
    switch (this.#number % (this.#name === 'agents' ? 3 : 2)) {
      case 0:
        return { ...item, ...mark };
      case 1:
        return { ...item, metadata: mark };
      default:
        return 'providerData' in item
          ? { ...item, providerData: { ...(item.providerData as object), ...mark } }
          : { ...item, providerData: mark };
    }
  }
}

export function traceOf(item: object | undefined): string | undefined {
  return item !== undefined && 'x_trace' in item ? String(item.x_trace) : undefined;
}

function deepFreeze<TValue>(value: TValue): TValue {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
