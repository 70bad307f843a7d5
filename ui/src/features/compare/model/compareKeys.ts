/** The keys of the comparison, once: the handler and the help read the same table. */
import { chordOf, type Pressed } from '../../../ui/chord';

const BINDINGS = [
  { action: 'nextDifference', chords: ['n'], label: 'Next difference' },
  { action: 'previousDifference', chords: ['p', 'Shift+n'], label: 'Previous difference' },
  { action: 'nextStep', chords: ['j', 'ArrowDown'], label: 'Next step' },
  { action: 'previousStep', chords: ['k', 'ArrowUp'], label: 'Previous step' },
  { action: 'toggle', chords: ['Enter', ' '], label: 'Show how the step differs' },
  { action: 'sideBySide', chords: ['v'], label: 'Texts side by side, or as one' },
  { action: 'differences', chords: ['d'], label: 'Only differences' },
  { action: 'model', chords: ['m'], label: 'Only GenAI steps' },
  { action: 'errors', chords: ['e'], label: 'Only errors' },
  { action: 'swap', chords: ['s'], label: 'Swap left and right' },
  { action: 'back', chords: ['Escape'], label: 'Close the step, then go back' },
  { action: 'help', chords: ['?'], label: 'This list' },
] as const;

export type CompareAction = (typeof BINDINGS)[number]['action'];

export const COMPARE_KEYS = { title: 'Comparison', keys: BINDINGS };

const byChord = new Map<string, CompareAction>(
  BINDINGS.flatMap(({ action, chords }) => chords.map((chord) => [chord, action] as const)),
);

export function compareActionOf(pressed: Pressed): CompareAction | null {
  return pressed.altKey ? null : (byChord.get(chordOf(pressed)) ?? null);
}
