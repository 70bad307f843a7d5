import { expect, it } from 'vitest';

/** Of the bundled subsets' range, what the page uses; the Greek mu is only read. Others come from any font of the machine. */
const BUNDLED = /[\n -\u00ff\u2000-\u206f\u2212\u03bc]/;

it('writes only signs that its fonts have', () => {
  const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.*', '!../api/schema.gen.ts'], {
    query: '?raw', import: 'default', eager: true,
  }); // prettier-ignore
  expect(Object.keys(sources).length).toBeGreaterThan(50);
  const foreign = Object.entries(sources).flatMap(([file, text]) =>
    [...text].filter((sign) => !BUNDLED.test(sign)).map((sign) => `${sign} in ${file}`),
  );
  expect(foreign).toEqual([]);
});
