import type { ReactNode } from 'react';
import { moved, type Place } from '../place.ts';

/** How the timeline is drawn: three choices between two, each also a key. */
export function TimelineSettings({
  place,
  onPlace,
  hasLimit,
}: {
  readonly place: Place;
  readonly onPlace: (place: Place) => void;
  /** Without a limit there is no share of the window to show. */
  readonly hasLimit: boolean;
}): ReactNode {
  const { axis, unit, form } = place;
  return (
    <div className="clew-settings">
      <Switch
        name="Across (x)"
        choices={['By call', 'By time']}
        isSecond={axis === 'time'}
        onChange={(isTime) => onPlace(moved(place, { axis: isTime ? 'time' : undefined }))}
      />
      <Switch
        name="Up (y)"
        choices={['Tokens', '% of window']}
        isSecond={hasLimit && unit === 'percent'}
        isDisabled={!hasLimit}
        onChange={(isShare) => onPlace(moved(place, { unit: isShare ? 'percent' : undefined }))}
      />
      <Switch
        name="Show as (t)"
        choices={['Chart', 'Table']}
        isSecond={form === 'table'}
        onChange={(isTable) => onPlace(moved(place, { form: isTable ? 'table' : undefined }))}
      />
    </div>
  );
}

function Switch({
  name,
  choices,
  isSecond,
  isDisabled = false,
  onChange,
}: {
  readonly name: string;
  readonly choices: readonly [string, string];
  readonly isSecond: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isSecond: boolean) => void;
}): ReactNode {
  return (
    <div className="clew-switch" role="group" aria-label={name} title={name}>
      {choices.map((choice, at) => (
        <button
          key={choice}
          type="button"
          aria-pressed={isSecond === (at === 1)}
          disabled={isDisabled && at === 1}
          title={isDisabled && at === 1 ? 'The size of the window was not told' : undefined}
          onClick={() => onChange(at === 1)}
        >
          {choice}
        </button>
      ))}
    </div>
  );
}
