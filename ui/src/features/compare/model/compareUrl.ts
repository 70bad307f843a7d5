/** The comparison's view as URL parameters; what cannot be read is ignored, so an old link still opens. */

export const FILTERS = ['differences', 'model', 'errors'] as const;
export type Filter = (typeof FILTERS)[number];

export interface CompareView {
  /** Trace ids in lower case; "" where there is none yet. */
  left: string;
  right: string;
  /** All of them hold for a step that is shown. */
  only: ReadonlySet<Filter>;
  /** The step that the keys are at, as `keyOf` names it. */
  step: string | null;
  /** Its differences are shown below it. */
  open: boolean;
  sideBySide: boolean;
}

const TRACE_ID = /^[0-9a-f]{32}$/;

/** The id in a text that is one, or in the address of a trace page. */
export function traceIdIn(text: string): string | null {
  const found = /(?:^|\/trace\/)([0-9a-f]{32})(?![0-9a-f])/i.exec(text.trim());
  return found ? found[1]!.toLowerCase() : null;
}

export function readCompare(search: string): CompareView {
  const params = new URLSearchParams(search);
  const id = (name: string) => {
    const text = (params.get(name) ?? '').toLowerCase();
    return TRACE_ID.test(text) ? text : '';
  };
  const only = (params.get('only') ?? '').split(',');
  const step = /^[0-9a-f]*-[0-9a-f]*$/.test(params.get('step') ?? '') ? params.get('step') : null;
  return {
    left: id('left'),
    right: id('right'),
    only: new Set(FILTERS.filter((filter) => only.includes(filter))),
    step,
    open: step !== null && params.get('open') === '1',
    sideBySide: params.get('diff') === 'split',
  };
}

/** Writes into a copy of `search`, so parameters of others (the project) stay; defaults are left out. */
export function writeCompare(view: CompareView, search: string): string {
  const params = new URLSearchParams(search);
  const put = (key: string, value: string | null) => {
    if (value) params.set(key, value);
    else params.delete(key);
  };
  put('left', view.left);
  put('right', view.right);
  put('only', [...view.only].join(','));
  put('step', view.step);
  put('open', view.step && view.open ? '1' : null);
  put('diff', view.sideBySide ? 'split' : null);
  return `?${params.toString()}`;
}

export function comparePath(left: string, right: string): string {
  return `/compare?left=${left}&right=${right}`;
}

/** Left becomes right; a step keeps its key with its halves exchanged. */
export function swapped(view: CompareView): CompareView {
  const step = view.step && view.step.split('-').toReversed().join('-');
  return { ...view, left: view.right, right: view.left, step };
}
