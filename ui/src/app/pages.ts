/**
 * The pages of the navigation, one line each, in the order of the bar: what is read first, the server's own last.
 *
 * The bar shows as many as it has room for, the rest is under "More". The route of a page is in App.tsx.
 */
import type { KeyGroup } from '../ui/KeySheet';

export interface NavPage {
  label: string;
  path: string;
  /** Pressed after "g" it leads to the page. */
  key: string;
  /** Paths that belong to the page beside those below its own. */
  also?: readonly string[];
}

export const PAGES: readonly NavPage[] = [
  { label: 'Traces', path: '/', key: 't', also: ['/trace/', '/compare'] },
  { label: 'Sessions', path: '/sessions', key: 's' },
  { label: 'Users', path: '/users', key: 'u' },
  { label: 'Logs', path: '/logs', key: 'l' },
  { label: 'Metrics', path: '/metrics', key: 'm' },
  { label: 'Dashboards', path: '/dashboards', key: 'd' },
  { label: 'Map', path: '/map', key: 'p' },
  { label: 'SQL', path: '/sql', key: 'q' },
  { label: 'Alerts', path: '/alerts', key: 'a' },
  { label: 'Ingest', path: '/ingest', key: 'i' },
];

/** The page that an address belongs to. */
export function pageOf(path: string): NavPage | undefined {
  return PAGES.find(
    (page) =>
      path === page.path ||
      (page.path !== '/' && path.startsWith(`${page.path}/`)) ||
      page.also?.some((start) => path.startsWith(start)),
  );
}

export const GO_KEYS: KeyGroup = {
  title: 'Go to',
  keys: PAGES.map(({ label, key }) => ({ label, chords: [`g ${key}`] })),
};

/** How many of the links fit, "More" beside them where it is not all; widths and gap in pixels. */
export function fittingLinks(widths: readonly number[], gap: number, available: number, moreWidth: number): number {
  const sum = (count: number) => widths.slice(0, count).reduce((total, width) => total + width + gap, -gap);
  if (sum(widths.length) <= available) return widths.length;
  let count = widths.length - 1;
  while (count > 0 && sum(count) + gap + moreWidth > available) count--;
  return count;
}
