import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../api/client';
import { answerFetch } from '../../testing/fetch';
import { renderAt } from '../../testing/render';
import { SearchBox } from './SearchBox';

const offer = (kind: string, text: string, more: object = {}) => ({ kind, label: text, text, detail: '', type: '', count: null, ...more });

const ANSWER = {
  '/api/search/complete': {
    offset: 0,
    length: 4,
    completions: [offer('field', 'status', { detail: 'unset, ok or error', type: 'choice' }), offer('field', 'status_message')],
  },
  '/api/search/language': {
    fields: [{ name: 'status', type: 'choice', description: 'unset, ok or error' }],
    examples: [{ query: 'status = error', finds: 'what failed' }],
  },
};

function open(query = '', error: unknown = null) {
  const asked = answerFetch(ANSWER);
  const onRun = vi.fn<(query: string) => void>();
  renderAt('/', <SearchBox signal="spans" label="Search" placeholder="" query={query} error={error} onRun={onRun} />);
  return { asked, onRun, box: screen.getByRole<HTMLTextAreaElement>('combobox', { name: 'Search' }) };
}

describe('SearchBox', () => {
  it('offers what the server says may come, and Tab takes it', async () => {
    const { asked, box, onRun } = open();
    await userEvent.type(box, 'stat');
    await screen.findByRole('option', { name: /status unset, ok or error/ });
    await waitFor(() => expect(asked.at(-1)?.path).toBe('/api/search/complete?signal=spans&query=stat&cursor=4'));
    await userEvent.keyboard('{Tab}');
    expect(box.value).toBe('status ');
    expect(onRun).not.toHaveBeenCalled();
  });

  it('marks with the arrows, and Enter takes what is marked', async () => {
    const { box } = open();
    await userEvent.type(box, 'stat');
    await screen.findByRole('option', { name: 'status_message' });
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    const marked = screen.getByRole('option', { selected: true });
    expect(box.getAttribute('aria-activedescendant')).toBe(marked.id);
    await userEvent.keyboard('{Enter}');
    expect(box.value).toBe('status_message ');
  });

  it('runs what is written on Enter, and remembers it', async () => {
    const { box, onRun } = open();
    await userEvent.type(box, 'status = error {Enter}');
    expect(onRun).toHaveBeenCalledWith('status = error');
    expect(screen.queryByRole('listbox')).toBeNull();
    await userEvent.clear(box);
    await userEvent.keyboard('{Control>} {/Control}');
    expect((await screen.findAllByRole('option'))[0]!.textContent).toContain('recent search');
  });

  it('says what is wrong where it is wrong', () => {
    const place = { offset: 9, length: 6, found: "'broken'", expected: 'one of unset ok error', advice: 'these are all there are' };
    const { box } = open('status = broken', new ApiError(400, 'The query is not valid', 'cannot read', place));
    expect(screen.getByRole('alert').textContent).toBe("Found 'broken', expected one of unset ok error: these are all there are");
    expect(box.getAttribute('aria-invalid')).toBe('true');
    expect(document.querySelector('mark')?.textContent).toBe('broken');
  });

  it('is reached with a slash, and shows how to search', async () => {
    const { box, onRun } = open();
    await userEvent.keyboard('/');
    expect(document.activeElement).toBe(box);
    await userEvent.click(screen.getByRole('button', { name: 'How to search' }));
    await userEvent.click(await screen.findByRole('button', { name: 'status = error' }));
    expect(onRun).toHaveBeenCalledWith('status = error');
  });
});
