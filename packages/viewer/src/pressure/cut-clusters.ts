import type { Cut } from '@clew/trace-model';

/** Cuts so near to each other that one button has to stand for them. */
export type CutCluster = {
  readonly cuts: readonly [Cut, ...Cut[]];
  /** Pixels from the left edge. */
  readonly x: number;
  /** Whether there is room for its label. */
  readonly hasRoom: boolean;
};

/** Pixels: a button with a sign alone, one that stands for several cuts, and one with its label. */
const widths = { single: 26, several: 58, labelled: 76 } as const;
const gap = 3;

/** Joins neighbours until no button covers another. Cuts come in the order of their places. */
export function clusterCuts(cuts: readonly Cut[], xOf: (cut: Cut) => number): readonly CutCluster[] {
  const groups: Group[] = [];
  for (const cut of cuts) {
    let group: Group = { cuts: [cut], from: xOf(cut), to: xOf(cut) };
    let left = groups.at(-1);
    while (left !== undefined && overlap(left, group)) {
      groups.pop();
      group = { cuts: [left.cuts[0], ...left.cuts.slice(1), ...group.cuts], from: left.from, to: group.to };
      left = groups.at(-1);
    }
    groups.push(group);
  }
  return labelled(groups);
}

/** From left to right, each gets its label where that reaches no neighbour. */
function labelled(groups: readonly Group[]): readonly CutCluster[] {
  let leftWidth = 0;
  return groups.map((group, at) => {
    const left = distance(groups[at - 1], group) - leftWidth / 2;
    const next = groups[at + 1];
    const right = distance(group, next) - (next === undefined ? 0 : widthOf(next) / 2);
    const hasRoom = Math.min(left, right) >= widths.labelled / 2 + gap;
    leftWidth = hasRoom ? Math.max(widths.labelled, widthOf(group)) : widthOf(group);
    return { cuts: group.cuts, x: middle(group), hasRoom };
  });
}

type Group = { readonly cuts: readonly [Cut, ...Cut[]]; readonly from: number; readonly to: number };

function overlap(left: Group, right: Group): boolean {
  return distance(left, right) < (widthOf(left) + widthOf(right)) / 2 + gap;
}

function widthOf({ cuts }: Group): number {
  return cuts.length === 1 ? widths.single : widths.several;
}

function distance(left: Group | undefined, right: Group | undefined): number {
  return left === undefined || right === undefined ? Infinity : middle(right) - middle(left);
}

function middle({ from, to }: Group): number {
  return (from + to) / 2;
}
