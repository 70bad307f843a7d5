import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { answerFetch } from '../testing/fetch';
import { renderAt } from '../testing/render';
import { Shell } from './Shell';

function open(path: string, content = <p>page</p>) {
  answerFetch({ '/api/projects': { projects: [{ name: 'default', span_count: 9 }] } });
  renderAt(path, <Shell>{content}</Shell>);
}

const takeKey = (event: KeyboardEvent) => event.preventDefault();

describe('Shell', () => {
  it('says which page this is, and keeps the project on the way to the others', () => {
    open('/trace/0102?project=shop');
    const traces = screen.getByRole('link', { name: 'Traces' });
    expect(traces.getAttribute('aria-current')).toBe('page');
    expect(screen.getByRole('link', { name: 'Ingest' }).getAttribute('href')).toBe('/ingest?project=shop');
  });

  it('goes to a page by "g" and its letter, which the page below does not get', async () => {
    const pressed = vi.fn();
    window.addEventListener('keydown', pressed);
    open('/?project=shop');
    await userEvent.keyboard('gi');
    window.removeEventListener('keydown', pressed);
    expect(window.location.pathname + window.location.search).toBe('/ingest?project=shop');
    expect(pressed.mock.calls.map(([event]) => (event as KeyboardEvent).key)).toEqual(['g']);
  });

  it('leaves a letter alone that "g" does not go before, and what is typed', async () => {
    open('/', <input aria-label="Search" />);
    await userEvent.keyboard('i');
    await userEvent.type(screen.getByLabelText('Search'), 'gi');
    expect(window.location.pathname).toBe('/');
  });

  it('lists the keys where the page has no help of its own', async () => {
    open('/ingest');
    await userEvent.keyboard('?');
    const sheet = await screen.findByRole('dialog', { name: 'Keys' });
    expect(within(sheet).getByText('Ingest').textContent).toBe('IngestGI');
  });

  it('does not lay its help over that of the page', async () => {
    window.addEventListener('keydown', takeKey);
    open('/ingest');
    await userEvent.keyboard('?');
    await new Promise((resolve) => setTimeout(resolve, 20));
    window.removeEventListener('keydown', takeKey);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
