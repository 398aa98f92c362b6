// @vitest-environment jsdom
import { createEvent, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { ClewRoot } from './clew-root.tsx';

afterEach(cleanup);

describe('the root', () => {
  it('keeps Space from a host that listens on its window, and lets other keys through', () => {
    const heard: string[] = [];
    const listen = (event: KeyboardEvent): void => void heard.push(event.key);
    window.addEventListener('keydown', listen);
    render(
      <ClewRoot>
        <button type="button">Press</button>
      </ClewRoot>,
    );
    const button = screen.getByRole('button');
    const space = createEvent.keyDown(button, { key: ' ' });
    fireEvent(button, space);
    fireEvent.keyDown(button, { key: 'a' });
    window.removeEventListener('keydown', listen);
    expect(heard).toEqual(['a']);
    expect(space.defaultPrevented).toBe(false);
  });
});
