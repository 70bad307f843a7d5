import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import type { TraceSummary } from '../../api/types';
import { renderAt } from '../../testing/render';
import { clearChosen } from './chosen';
import { CompareMark } from './CompareMark';
import { CompareTray } from './CompareTray';

beforeEach(clearChosen);

const trace = (id: string) => ({ trace_id: id.repeat(32), root_name: `run ${id}`, root_service: 'agent' }) as TraceSummary;

function open(project = 'default') {
  renderAt(
    project === 'default' ? '/' : `/?project=${project}`,
    <>
      {['a', 'b', 'c'].map((id) => (
        <div key={id} role="row">
          <CompareMark trace={trace(id)} project={project} />
          <a href="/">{id}</a>
        </div>
      ))}
      <CompareTray />
    </>,
  );
}

const checked = () => screen.getAllByRole<HTMLInputElement>('checkbox').map((box) => box.checked);

it('marks the trace that has the focus, and compares two', async () => {
  open('shop');
  screen.getByRole('link', { name: 'a' }).focus();
  await userEvent.keyboard('x');
  expect(screen.getByRole('region', { name: 'Traces to compare' }).textContent).toContain('mark another');
  screen.getByRole('link', { name: 'c' }).focus();
  await userEvent.keyboard('xc');
  expect(window.location.pathname + window.location.search).toBe(
    `/compare?left=${'a'.repeat(32)}&right=${'c'.repeat(32)}&project=shop`,
  );
});

it('keeps the last two, and lets a mark be taken away', async () => {
  open();
  const [first, second, third] = screen.getAllByRole('checkbox');
  await userEvent.click(first!);
  await userEvent.click(second!);
  await userEvent.click(third!);
  expect(checked()).toEqual([false, true, true]);
  await userEvent.click(screen.getByRole('button', { name: 'Do not compare agent run b' }));
  expect(checked()).toEqual([false, false, true]);
  await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
  expect(screen.queryByRole('region')).toBeNull();
});
