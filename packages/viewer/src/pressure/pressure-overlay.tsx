import { sentTokens, type Call, type Cut, type Session } from '@clew/trace-model';
import type { CSSProperties, KeyboardEvent, ReactNode } from 'react';
import { formatRatio } from '../format/ratio.ts';
import { formatTokens } from '../format/tokens.ts';
import { navigate } from '../navigate.ts';
import { useWidth } from '../use-width.ts';
import { CallTooltip } from './call-tooltip.tsx';
import { CutButtons } from './cut-buttons.tsx';
import { frame } from './frame.ts';
import { across, up, type Scale } from './scale.ts';
import { useScrubber } from './use-scrubber.ts';

/** Lies exactly over the drawn curve: cut buttons, the lines' names, and a slider that goes from call to call. */
export function PressureOverlay({
  session,
  scale,
  selected,
  onSelect,
}: {
  readonly session: Session;
  readonly scale: Scale;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  const { calls, cuts } = session;
  const { ref, width } = useWidth<HTMLDivElement>(720);
  const scrubber = useScrubber(scale, (position) => {
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
      <LineNames calls={calls} scale={scale} />
      <CutLines cuts={cuts} scale={scale} />
      {call === undefined ? null : <i className="clew-selected" style={bandOf(scale, call)} />}
      {hovered === undefined ? null : <i className="clew-hovered" style={bandOf(scale, hovered)} />}
      <div
        className="clew-scrubber"
        role="slider"
        tabIndex={0}
        aria-label="Model call"
        aria-valuemin={1}
        aria-valuemax={scale.calls}
        aria-valuenow={call?.position ?? scale.calls}
        aria-valuetext={call === undefined ? 'none selected' : valueText(call)}
        onKeyDown={move}
        onPointerMove={scrubber.onPointerMove}
        onPointerLeave={scrubber.onPointerLeave}
        onClick={scrubber.onClick}
      />
      {hovered === undefined ? null : (
        <div className="clew-tooltip" style={tooltipPlace(scale, hovered)}>
          <CallTooltip call={hovered} />
        </div>
      )}
      <CutButtons cuts={cuts} scale={scale} width={width} selected={selected} onSelect={onSelect} />
    </div>
  );
}

/** Where the cuts are; fainter the more there are, so that the curve behind them stays in sight. */
function CutLines({ cuts, scale }: { readonly cuts: readonly Cut[]; readonly scale: Scale }): ReactNode {
  const opacity = Math.min(0.6, 8 / cuts.length);
  return cuts.map((cut) => (
    <i
      key={cut.id}
      className="clew-cut-line"
      style={{ left: percent(across(scale, cut.call.position)), opacity }}
    />
  ));
}

/** The lines are named where they start: early in a session little else is up there. */
function LineNames({ calls, scale }: { readonly calls: readonly Call[]; readonly scale: Scale }): ReactNode {
  const window = calls.find((call) => call.window?.trigger !== undefined)?.window ?? calls[0]?.window;
  if (window === undefined) return null;
  return (
    <>
      {(['limit', 'trigger', 'target'] as const).map((line) => {
        const tokens = window[line];
        if (tokens === undefined) return null;
        return (
          <span
            key={line}
            className="clew-line-name"
            style={{ bottom: percent(up(scale, tokens)) }}
            aria-hidden="true"
          >
            {line} {formatTokens(tokens)}
          </span>
        );
      })}
    </>
  );
}

function isSliderKey(key: string): boolean {
  return key === 'ArrowLeft' || key === 'ArrowRight' || key === 'Home' || key === 'End';
}

function valueText(call: Call): string {
  const tokens = sentTokens(call);
  if (tokens === undefined) return `call ${call.position}, size unknown`;
  const share = call.window === undefined ? '' : `, ${formatRatio(tokens / call.window.limit)} of the window`;
  return `call ${call.position}, ${formatTokens(tokens, call.basis)} tokens${share}`;
}

function bandOf(scale: Scale, call: Call): CSSProperties {
  return { left: percent(across(scale, call.position - 0.5)), width: percent(1 / scale.calls) };
}

/** Beside the call, on the side that has more room. */
function tooltipPlace(scale: Scale, call: Call): CSSProperties {
  const place = across(scale, call.position);
  return place < 0.5 ? { left: percent(place) } : { right: percent(1 - place) };
}

function percent(ratio: number): string {
  return `${ratio * 100}%`;
}
