/** Every key of the trace page, once: the handler and the help overlay read the same table. */
import { chordOf, type Pressed } from '../../../ui/chord';

export const ACTIONS = [
  'selectNext', 'selectPrevious', 'nextSibling', 'previousSibling', 'toParent', 'open', 'toggle',
  'foldAll', 'unfoldAll', 'foldLevel', 'unfoldLevel', 'scrollDown', 'scrollUp', 'nextVisible', 'previousVisible',
  'panLeft', 'panRight', 'panLeftFast', 'panRightFast', 'zoomIn', 'zoomOut', 'fit', 'find', 'nextMatch',
  'previousMatch', 'nextError', 'nextTool', 'previousTool', 'criticalPath', 'nextSegment', 'previousSegment', 'logs',
  'cutGaps', 'showTimeline', 'showTree', 'showFlame', 'showTranscript', 'showGraph', 'copyForModel', 'commands', 'help',
  'clear',
] as const; // prettier-ignore
export type Action = (typeof ACTIONS)[number];

export interface KeyBinding {
  action: Action;
  /** Chords as chordOf writes them; the first is shown in the help. */
  chords: string[];
  label: string;
  group: 'Spans' | 'Views' | 'Timeline' | 'Tree' | 'Find';
}

export const KEYS: readonly KeyBinding[] = [
  { group: 'Spans', action: 'selectNext', chords: ['j', 'ArrowDown'], label: 'Next span' },
  { group: 'Spans', action: 'selectPrevious', chords: ['k', 'ArrowUp'], label: 'Previous span' },
  { group: 'Spans', action: 'nextSibling', chords: ['.'], label: 'Next sibling' },
  { group: 'Spans', action: 'previousSibling', chords: [','], label: 'Previous sibling' },
  { group: 'Spans', action: 'nextError', chords: ['e'], label: 'Next error' },
  { group: 'Spans', action: 'nextTool', chords: ['t'], label: 'Next tool call' },
  { group: 'Spans', action: 'previousTool', chords: ['Shift+t'], label: 'Previous tool call' },
  { group: 'Spans', action: 'nextVisible', chords: ['f'], label: 'Scroll to next span on screen' },
  { group: 'Spans', action: 'previousVisible', chords: ['b'], label: 'Scroll to previous span on screen' },
  { group: 'Spans', action: 'scrollDown', chords: ['s', 'PageDown'], label: 'Scroll down' },
  { group: 'Spans', action: 'scrollUp', chords: ['w', 'PageUp'], label: 'Scroll up' },
  { group: 'Views', action: 'showTimeline', chords: ['1'], label: 'Timeline' },
  { group: 'Views', action: 'showTree', chords: ['2'], label: 'Tree, with sums per subtree' },
  { group: 'Views', action: 'showFlame', chords: ['3'], label: 'Flame' },
  { group: 'Views', action: 'showTranscript', chords: ['4'], label: 'Transcript' },
  { group: 'Views', action: 'showGraph', chords: ['5'], label: 'Graph of agents, models and tools' },
  { group: 'Views', action: 'logs', chords: ['l'], label: 'Log records between the spans' },
  { group: 'Views', action: 'cutGaps', chords: ['x'], label: 'Cut long idle stretches out' },
  { group: 'Views', action: 'copyForModel', chords: ['y'], label: 'Copy for a language model' },
  { group: 'Timeline', action: 'panLeft', chords: ['a'], label: 'Pan left' },
  { group: 'Timeline', action: 'panRight', chords: ['d'], label: 'Pan right' },
  { group: 'Timeline', action: 'panLeftFast', chords: ['Shift+a', 'Shift+ArrowLeft'], label: 'Pan left, fast' },
  { group: 'Timeline', action: 'panRightFast', chords: ['Shift+d', 'Shift+ArrowRight'], label: 'Pan right, fast' },
  { group: 'Timeline', action: 'zoomIn', chords: ['Shift+ArrowUp', '+', '='], label: 'Zoom in' },
  { group: 'Timeline', action: 'zoomOut', chords: ['Shift+ArrowDown', '-'], label: 'Zoom out' },
  { group: 'Timeline', action: 'fit', chords: ['Shift+f'], label: 'Fit the selected span' },
  { group: 'Timeline', action: 'criticalPath', chords: ['c'], label: 'Critical path' },
  { group: 'Timeline', action: 'nextSegment', chords: ['v'], label: 'Next segment of the critical path' },
  { group: 'Timeline', action: 'previousSegment', chords: ['Shift+v'], label: 'Previous segment of the critical path' },
  { group: 'Tree', action: 'toggle', chords: ['Enter', ' '], label: 'Fold or unfold the span' },
  { group: 'Tree', action: 'open', chords: ['ArrowRight'], label: 'Unfold, then first child' },
  { group: 'Tree', action: 'toParent', chords: ['ArrowLeft'], label: 'Fold, then parent' },
  { group: 'Tree', action: 'foldAll', chords: [']'], label: 'Fold all' },
  { group: 'Tree', action: 'unfoldAll', chords: ['['], label: 'Unfold all' },
  { group: 'Tree', action: 'foldLevel', chords: ['p'], label: 'Fold one level' },
  { group: 'Tree', action: 'unfoldLevel', chords: ['o'], label: 'Unfold one level' },
  { group: 'Find', action: 'find', chords: ['/', 'Ctrl+f', 'Ctrl+b'], label: 'Find in this trace' },
  { group: 'Find', action: 'nextMatch', chords: ['n'], label: 'Next match' },
  { group: 'Find', action: 'previousMatch', chords: ['Shift+n'], label: 'Previous match' },
  { group: 'Find', action: 'clear', chords: ['Escape'], label: 'Clear find, zoom, then selection' },
  { group: 'Find', action: 'commands', chords: ['Ctrl+k'], label: 'Commands' },
  { group: 'Find', action: 'help', chords: ['?'], label: 'This list' },
];

const byChord = new Map(KEYS.flatMap(({ action, chords }) => chords.map((chord) => [chord, action] as const)));

export function actionOf(pressed: Pressed): Action | null {
  return pressed.altKey ? null : (byChord.get(chordOf(pressed)) ?? null);
}
