import { useState, type PointerEvent } from 'react';
import { callAt, type Axis } from './axis.ts';

/** Which call the pointer is over, and how pointing and clicking find it. */
export type Scrubber = {
  readonly hovered: number | undefined;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerLeave: () => void;
  readonly onClick: (event: { readonly clientX: number; readonly currentTarget: HTMLElement }) => void;
};

export function useScrubber(axis: Axis, onPick: (position: number) => void): Scrubber {
  const [hovered, setHovered] = useState<number>();
  const positionOf = (event: { readonly clientX: number; readonly currentTarget: HTMLElement }): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return callAt(axis, width === 0 ? 0 : (event.clientX - left) / width);
  };
  return {
    hovered,
    onPointerMove: (event) => setHovered(event.pointerType === 'touch' ? undefined : positionOf(event)),
    onPointerLeave: () => setHovered(undefined),
    onClick: (event) => onPick(positionOf(event)),
  };
}
