import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { LongText } from './LongText';

it('shows the beginning of a long text, and all of it when asked for', async () => {
  const text = 'a'.repeat(2999) + '\u{1f680}'.repeat(50_000);
  const { container } = render(<LongText text={text} />);
  expect(container.textContent).toBe(`${'a'.repeat(2999)}… show all 102,999 characters`);
  await userEvent.click(screen.getByRole('button'));
  expect(container.textContent).toBe(text);
});

it('leaves a short text alone', () => {
  const { container } = render(<LongText text="SELECT 1" />);
  expect(container.innerHTML).toBe('SELECT 1');
});
