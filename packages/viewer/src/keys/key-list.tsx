import type { ReactNode } from 'react';
import { keymap } from './keymap.ts';

/** The keys and what they do, by group. */
export function KeyList(): ReactNode {
  return (
    <div className="clew-key-groups">
      {(['Move', 'Views', 'Timeline', 'Session'] as const).map((group) => (
        <section key={group}>
          <h3>{group}</h3>
          <dl>
            {keymap
              .filter((binding) => binding.group === group)
              .map(({ label, name }) => (
                <div key={label}>
                  <dt>
                    <kbd>{label}</kbd>
                  </dt>
                  <dd>{name}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
