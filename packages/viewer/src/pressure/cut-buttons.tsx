import type { Cut } from '@clew/trace-model';
import type { CSSProperties, ReactNode } from 'react';
import { cutName, cutTone } from '../cut/cut-words.ts';
import { cutGlyph } from '../cut/outcome-badge.tsx';
import { formatChange } from '../format/tokens.ts';
import { Glyph } from '../glyph.tsx';
import { clusterCuts, type CutCluster } from './cut-clusters.ts';
import { across, isShown, type Axis } from './axis.ts';

/** A button for each cut, above its place on the curve; cuts that lie too close share one. */
export function CutButtons({
  cuts,
  axis,
  width,
  selected,
  onSelect,
}: {
  readonly cuts: readonly Cut[];
  readonly axis: Axis;
  /** Pixels. */
  readonly width: number;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  const clusters = clusterCuts(
    cuts.filter((cut) => isShown(axis, cut.call.position)),
    (cut) => across(axis, cut.call.position) * width,
  );
  return (
    <div className="clew-cut-lane" role="group" aria-label="Compactions">
      {clusters.map((cluster) => {
        const next = nextOf(cluster, selected);
        const isSelected = cluster.cuts.some((cut) => cut.id === selected);
        const label = cluster.hasRoom || cluster.cuts.length > 1 ? labelOf(cluster) : '';
        return (
          <button
            key={cluster.cuts[0].id}
            type="button"
            className={`clew-cut-button clew-tone-${toneOf(cluster)}`}
            style={{ '--clew-x': `${(cluster.x / width) * 100}%` } as CSSProperties}
            aria-pressed={isSelected}
            aria-label={spoken(clusterName(cluster), label)}
            title={clusterName(cluster)}
            onClick={() => onSelect(next.id)}
          >
            <Glyph name={cutGlyph(next)} />
            {label === '' ? null : <span>{label}</span>}
          </button>
        );
      })}
    </div>
  );
}

/** Pressing a shared button again goes on to its next cut. */
function nextOf({ cuts }: CutCluster, selected: string | undefined): Cut {
  const at = cuts.findIndex((cut) => cut.id === selected);
  return cuts[(at + 1) % cuts.length] ?? cuts[0];
}

function clusterName({ cuts }: CutCluster): string {
  if (cuts.length === 1) return cutName(cuts[0]);
  return `${cuts.length} compactions, calls ${cuts[0].call.position} to ${cuts.at(-1)?.call.position ?? ''}`;
}

/** Who speaks to the page says what they read on the button, so its name has that in it. */
function spoken(name: string, label: string): string {
  return name.includes(label) ? name : `${name}, ${label}`;
}

function labelOf({ cuts }: CutCluster): string {
  const [first] = cuts;
  if (cuts.length > 1) return `×${cuts.length}`;
  if (first.kind === 'running') return 'running';
  return first.saved === undefined || first.saved === 0 ? '' : formatChange(-first.saved);
}

function toneOf({ cuts }: CutCluster): string {
  const tones = new Set(cuts.map(cutTone));
  return (['busy', 'bad', 'warn', 'good'] as const).find((tone) => tones.has(tone)) ?? 'plain';
}
