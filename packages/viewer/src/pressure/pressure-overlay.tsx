import { sentTokens, type Call, type Cut, type Session } from '@clew/trace-model';
import type { CSSProperties, KeyboardEvent, ReactNode } from 'react';
import { formatRatio } from '../format/ratio.ts';
import { formatTokens } from '../format/tokens.ts';
import { navigate } from '../navigate.ts';
import { useWidth } from '../use-width.ts';
import { across, bandOf, isShown, type Axis } from './axis.ts';
import { CallTooltip } from './call-tooltip.tsx';
import { CutButtons } from './cut-buttons.tsx';
import { frame } from './frame.ts';
import { GapMarks } from './gap-marks.tsx';
import { LineNames } from './line-names.tsx';
import type { Scale } from './scale.ts';
import { useScrubber } from './use-scrubber.ts';

/** Lies exactly over the drawn curve: cut buttons, the lines' names, and a slider that goes from call to call. */
export function PressureOverlay({
  session,
  axis,
  scale,
  selected,
  onSelect,
}: {
  readonly session: Session;
  readonly axis: Axis;
  readonly scale: Scale;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  const { calls, cuts } = session;
  const { ref, width } = useWidth<HTMLDivElement>(720);
  const scrubber = useScrubber(axis, (position) => {
    const call = calls[position - 1];
    if (call !== undefined) onSelect(call.id);
  });
  const call = calls.find(({ id }) => id === selected);
  const hovered = scrubber.hovered === undefined ? undefined : calls[scrubber.hovered - 1];
  const move = (event: KeyboardEvent): void => {
    const target = isSliderKey(event.key) ? navigate(event.key, session, selected)?.to : undefined;
    if (target === undefined) return;
    event.preventDefault();
    onSelect(target);
  };

  return (
    <div
      className="clew-overlay"
      style={{ left: frame.left, right: frame.right, top: frame.top, bottom: frame.bottom }}
      ref={ref}
    >
      <LineNames calls={calls.slice(axis.from - 1, axis.to)} scale={scale} />
      <GapMarks axis={axis} />
      <CutLines cuts={cuts} axis={axis} />
      <Band className="clew-selected" axis={axis} call={call} />
      <Band className="clew-hovered" axis={axis} call={hovered} />
      <div
        className="clew-scrubber"
        role="slider"
        tabIndex={0}
        aria-label="Model call"
        aria-valuemin={1}
        aria-valuemax={Math.max(calls.length, 1)}
        aria-valuenow={call?.position ?? Math.max(calls.length, 1)}
        aria-valuetext={call === undefined ? 'none selected' : valueText(call)}
        onKeyDown={move}
        onPointerMove={scrubber.onPointerMove}
        onPointerLeave={scrubber.onPointerLeave}
        onClick={scrubber.onClick}
      />
      {hovered === undefined ? null : (
        <div className="clew-tooltip" style={tooltipPlace(axis, hovered)}>
          <CallTooltip call={hovered} />
        </div>
      )}
      <CutButtons cuts={cuts} axis={axis} width={width} selected={selected} onSelect={onSelect} />
    </div>
  );
}

/** Where the cuts are; fainter the more there are, so that the curve behind them stays in sight. */
function CutLines({ cuts, axis }: { readonly cuts: readonly Cut[]; readonly axis: Axis }): ReactNode {
  const shown = cuts.filter((cut) => isShown(axis, cut.call.position));
  const opacity = Math.min(0.6, 8 / shown.length);
  return shown
    .slice(-maxLines)
    .map((cut) => (
      <i
        key={cut.id}
        className="clew-cut-line"
        style={{ left: percent(across(axis, cut.call.position)), opacity }}
      />
    ));
}

/** More lines than this are a grey veil; the buttons above them tell where the cuts are. */
const maxLines = 200;

function Band({
  className,
  axis,
  call,
}: {
  readonly className: string;
  readonly axis: Axis;
  readonly call: Call | undefined;
}): ReactNode {
  if (call === undefined || !isShown(axis, call.position)) return null;
  const { left, width } = bandOf(axis, call.position);
  return <i className={className} style={{ left: percent(left), width: percent(width) }} />;
}

function isSliderKey(key: string): boolean {
  return key === 'ArrowLeft' || key === 'ArrowRight' || key === 'Home' || key === 'End';
}

function valueText(call: Call): string {
  const tokens = sentTokens(call);
  if (tokens === undefined) return `call ${call.position}, size unknown`;
  const share =
    call.window === undefined || call.window.limit === 0
      ? ''
      : `, ${formatRatio(tokens / call.window.limit)} of the window`;
  return `call ${call.position}, ${formatTokens(tokens, call.basis)} tokens${share}`;
}

/** Beside the call, on the side that has more room. */
function tooltipPlace(axis: Axis, call: Call): CSSProperties {
  const place = across(axis, call.position);
  return place < 0.5 ? { left: percent(place) } : { right: percent(1 - place) };
}

function percent(ratio: number): string {
  return `${ratio * 100}%`;
}
