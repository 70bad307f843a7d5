/** A window that ends now, or one between two moments. */
import { fromLocalInput, toLocalInput } from '../format/time';
import styles from './TimePicker.module.css';
import { RELATIVE_WINDOWS, boundsOf, type TimeWindow } from './timeWindow';

interface Props {
  window: TimeWindow;
  onChange: (window: TimeWindow) => void;
}

export function TimePicker({ window, onChange }: Props) {
  const isAbsolute = !('last' in window);
  return (
    <>
      <div className={styles.window} role="group" aria-label="Time window">
        {RELATIVE_WINDOWS.map((last) => (
          <button
            key={last}
            type="button"
            aria-pressed={'last' in window && window.last === last}
            title={`The last ${last}`}
            onClick={() => onChange({ last })}
          >
            {last}
          </button>
        ))}
        <button
          type="button"
          aria-pressed={isAbsolute}
          onClick={() => {
            const { startMs, endMs } = boundsOf(window, Date.now());
            onChange({ fromMs: startMs, toMs: endMs });
          }}
        >
          Between
        </button>
      </div>
      {!('last' in window) && (
        <span className={styles.absolute}>
          <Moment label="From" ms={window.fromMs} onChange={(fromMs) => onChange({ ...window, fromMs })} />
          and
          <Moment label="To" ms={window.toMs} onChange={(toMs) => onChange({ ...window, toMs })} />
        </span>
      )}
    </>
  );
}

function Moment({ label, ms, onChange }: { label: string; ms: number; onChange: (ms: number) => void }) {
  return (
    <input
      key={ms}
      type="datetime-local"
      step="1"
      aria-label={label}
      defaultValue={toLocalInput(ms)}
      onBlur={(event) => {
        const chosen = fromLocalInput(event.target.value);
        // The field holds whole seconds; leaving it unchanged must not cut the milliseconds off.
        if (chosen !== null && event.target.value !== toLocalInput(ms)) onChange(chosen);
      }}
    />
  );
}
