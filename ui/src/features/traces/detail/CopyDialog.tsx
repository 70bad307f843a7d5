/** The trace as text for a language model: how much, in which form, and what exactly is copied. */
import { useState } from 'react';
import { useDigest, type DigestFormat } from '../../../api/traceAnalysis';
import { formatCompact, formatCount } from '../../../format/number';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { ErrorNotice } from '../../../ui/Notice';
import { TabBar } from '../../../ui/TabBar';
import styles from './CopyDialog.module.css';

interface Props {
  traceId: string;
  version: number;
  onClose: () => void;
}

const FORMATS = [
  { id: 'markdown', label: 'Markdown' },
  { id: 'json', label: 'JSON' },
] as const;

/** In characters; a token of English text is about four of them. */
const SIZES = [12_000, 60_000, 400_000];
const CHARS_PER_TOKEN = 4;

export function CopyDialog({ traceId, version, onClose }: Props) {
  const [format, setFormat] = useState<DigestFormat>('markdown');
  const [maxChars, setMaxChars] = useState(SIZES[0]!);
  const [copied, setCopied] = useState('');
  const { data: text, error, isFetching, refetch } = useDigest(traceId, version, format, maxChars);
  const copy = async () => {
    if (text === undefined) return;
    await navigator.clipboard.writeText(text);
    setCopied(text);
  };
  return (
    <Dialog label="Copy for a language model" onClose={onClose}>
      <div className={styles.dialog}>
        <header>
          <h2>Copy for a language model</h2>
          <Button bare iconOnly icon="close" label="Close" onClick={onClose} />
        </header>
        <div className={styles.choices}>
          <TabBar label="Format" tabs={FORMATS} selected={format} onSelect={setFormat} />
          <label>
            At most
            <select value={maxChars} onChange={(event) => setMaxChars(Number(event.target.value))}>
              {SIZES.map((size) => (
                <option key={size} value={size}>
                  {formatCount(size)} characters
                </option>
              ))}
            </select>
          </label>
        </div>
        {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        <pre id={`panel-${format}`} role="tabpanel" aria-labelledby={`tab-${format}`} className={styles.text}>
          {text ?? 'Reading the trace'}
        </pre>
        <footer>
          <span role="status">
            {text !== undefined && `${formatCount(text.length)} characters, about ${formatCompact(Math.ceil(text.length / CHARS_PER_TOKEN))} tokens`}
          </span>
          <Button
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to press it
            autoFocus
            icon={copied !== '' && copied === text ? 'done' : 'copy'}
            label={copied !== '' && copied === text ? 'Copied' : `Copy ${format === 'markdown' ? 'Markdown' : 'JSON'}`}
            disabled={text === undefined || isFetching}
            onClick={() => void copy()}
          />
        </footer>
      </div>
    </Dialog>
  );
}
