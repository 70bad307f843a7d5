/** All keys of the trace page, from the table that binds them. */
import { GO_KEYS } from '../../../app/pages';
import { KeySheet } from '../../../ui/KeySheet';
import { KEYS } from '../model/keys';

const GROUPS = ['Spans', 'Views', 'Timeline', 'Tree', 'Find'] as const;

const SHEET = [...GROUPS.map((title) => ({ title, keys: KEYS.filter(({ group }) => group === title) })), GO_KEYS];

export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <KeySheet groups={SHEET} onClose={onClose}>
      Drag over the minimap or the ruler to zoom. Ctrl with the wheel zooms at the pointer, Shift with the wheel pans, a
      double click on a span fits it. In the flame view the arrows lead where they point: up to the parent, down to the first
      child, sideways to siblings; in the transcript from card to card.
    </KeySheet>
  );
}
