/** A field for each `{name:Type}` of the statement at the cursor; `start` and `end` take a time window instead. */
import { isBound, WINDOWS, type Parameter, type WindowName } from './model/parameters';
import styles from './SqlPage.module.css';

interface Props {
  parameters: Parameter[];
  typed: Record<string, string>;
  onType: (name: string, value: string) => void;
  window: WindowName;
  onWindow: (window: WindowName) => void;
  onRun: () => void;
}

export function ParameterBar({ parameters, typed, onType, window, onWindow, onRun }: Props) {
  if (parameters.length === 0) return null;
  return (
    <div className={styles.parameters} role="group" aria-label="Parameters">
      {parameters.some(isBound) && (
        <label>
          <code>{parameters.filter(isBound).map(({ name }) => name).join(', ')}</code>
          <select value={window} onChange={(event) => onWindow(event.target.value as WindowName)}>
            {Object.keys(WINDOWS).map((name) => (
              <option key={name} value={name}>
                last {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {parameters
        .filter((parameter) => !isBound(parameter))
        .map(({ name, type }) => (
          <label key={name}>
            <code>{name}</code>
            <input
              value={typed[name] ?? ''}
              placeholder={type}
              spellCheck={false}
              onChange={(event) => onType(name, event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter') onRun();
              }}
            />
          </label>
        ))}
    </div>
  );
}
