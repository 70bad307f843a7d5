/** What happy-dom lacks, and a clean page for every test. */
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';

/** Without layout every element is empty; windowed lists would show nothing. */
const WIDTH = 1200;
const HEIGHT = 480;

/** What is waited for takes milliseconds; this is for a machine that is busy with something else. */
configure({ asyncUtilTimeout: 5000 });

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(WIDTH);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(HEIGHT);
  localStorage.clear();
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
