// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { createModelStore, type ModelStore } from './model-store.ts';
import { useModel } from './use-model.ts';

afterEach(cleanup);

function Count({ store }: { readonly store: ModelStore }): ReactNode {
  return <output>{useModel(store).sessions.length}</output>;
}

describe('useModel', () => {
  it('shows what the store holds, and what comes to it', async () => {
    const store = createModelStore();
    render(<Count store={store} />);
    expect(screen.getByRole('status').textContent).toBe('0');
    await act(async () => {
      const told = new Promise<void>((resolve) => store.subscribe(resolve));
      store.add([{ traceId: 't', id: '1', name: 'x', attrs: {} }], [{ traceId: 'u', name: 'Begun' }]);
      await told;
    });
    expect(screen.getByRole('status').textContent).toBe('2');
  });
});
