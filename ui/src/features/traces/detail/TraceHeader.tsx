/** What this trace is, in one glance, and the tools that work on all of it. */
import { formatDuration } from '../../../format/duration';
import { spanTitle } from '../../../format/name';
import { formatCompact, formatCount, plural } from '../../../format/number';
import { formatExact, formatUtc } from '../../../format/time';
import { Button } from '../../../ui/Button';
import { CopyButton } from '../../../ui/CopyButton';
import { Icon } from '../../../ui/Icon';
import { ServiceDot } from '../../../ui/ServiceDot';
import { TokenFlow } from '../../../ui/TokenFlow';
import { useNow } from '../../../ui/useNow';
import { useTitle } from '../../../ui/useTitle';
import { Annotations } from '../../annotations/Annotations';
import { CompareWith } from '../../compare/CompareWith';
import { BookmarkButton } from '../../saved/BookmarkButton';
import type { Flight } from '../model/inFlight';
import { totalsOf, type Rollup } from '../model/rollup';
import { primaryRoot, type Trace } from '../model/tree';
import { CostText } from './CostText';
import { SearchBox } from './SearchBox';
import styles from './TraceHeader.module.css';
import type { Explorer } from './useExplorer';

interface Props {
  explorer: Explorer;
  flight: Flight | undefined;
}

/** More names than these would push the waterfall down; the rest is counted. */
const MOST_SERVICES = 8;

export function TraceHeader({ explorer, flight }: Props) {
  const { trace, rollup, view, change, actions, matches, selected, searchInput, searching } = explorer;
  const root = primaryRoot(trace);
  const service = root < 0 ? '' : trace.services[trace.service[root]!]!;
  const name = root < 0 ? 'Empty trace' : spanTitle(trace.names[trace.name[root]!]!);
  useTitle([name, service].filter(Boolean).join(', '));
  return (
    <header className={styles.header}>
      <h1 className={styles.title} title={`${service}  ${name}`}>
        <span>{service}</span>
        <b>{name}</b>
      </h1>
      <div className={styles.tools}>
        <SearchBox
          ref={searchInput}
          query={view.query}
          onQuery={(query) => change({ query })}
          matches={matches}
          selected={selected}
          searching={searching}
          onNext={actions.nextMatch}
          onPrevious={actions.previousMatch}
        />
        <Button icon="copy" iconOnly label="Copy for a language model (Y)" onClick={actions.copyForModel} />
        {root >= 0 && <CompareWith traceId={trace.id} name={trace.names[trace.name[root]!]!} service={service} />}
        <BookmarkButton bookmark={explorer.bookmark} />
        <Button icon="help" iconOnly label="Keys (?)" onClick={actions.help} />
      </div>
      <Facts trace={trace} rollup={rollup} flight={flight} />
      <Notes trace={trace} flight={flight} />
      <Annotations traceId={trace.id} spanId={null} />
    </header>
  );
}

function Facts({ trace, rollup, flight }: { trace: Trace; rollup: Rollup; flight: Flight | undefined }) {
  const totals = totalsOf(trace, rollup);
  return (
    <div className={styles.facts}>
      <span>
        <b>{formatDuration(trace.lasted)}</b>
      </span>
      <span>
        <b>{formatCount(trace.spanCount)}</b> {trace.spanCount === 1 ? 'span' : 'spans'}
      </span>
      {trace.errorCount > 0 && (
        <span className={styles.errors}>
          <b>{formatCount(trace.errorCount)}</b> {trace.errorCount === 1 ? 'error' : 'errors'}
        </span>
      )}
      {totals.input + totals.output > 0 && (
        <span>
          <b>
            <TokenFlow input={totals.input} output={totals.output} />
          </b>{' '}
          tokens
          {totals.cached > 0 && `, ${formatCompact(totals.cached)} from cache`}
        </span>
      )}
      {totals.calls > totals.unpriced && (
        <b>
          <CostText totals={totals} />
        </b>
      )}
      {flight?.state === 'in flight' && <InFlight flight={flight} />}
      <time title={formatUtc(trace.startUnixNano)}>{formatExact(trace.startUnixNano).slice(0, 23)}</time>
      <span className={styles.id}>
        {trace.id}
        <CopyButton text={trace.id} label="Copy trace id" />
      </span>
      <ul className={styles.legend} aria-label="Services">
        {trace.services.slice(0, MOST_SERVICES).map((service) => (
          <li key={service} title={service}>
            <ServiceDot service={service} />
            <span>{service}</span>
          </li>
        ))}
        {trace.services.length > MOST_SERVICES && (
          <li className={styles.more} title={trace.services.slice(MOST_SERVICES).join(', ')}>
            and {trace.services.length - MOST_SERVICES} more
          </li>
        )}
      </ul>
    </div>
  );
}

function InFlight({ flight: { isRootMissing: awaitsRoot, receivedAt } }: { flight: Flight }) {
  const seconds = Math.floor(Math.max(useNow(1000) - receivedAt, 0) / 1000);
  return (
    <span className={styles.flight} role="status">
      <Icon name="live" />
      in flight: {awaitsRoot && 'root span not received yet; '}last span {formatDuration(seconds * 1e9)} ago
    </span>
  );
}

function Notes({ trace, flight }: { trace: Trace; flight: Flight | undefined }) {
  const notes: string[] = [];
  if (flight?.state === 'never ended') {
    notes.push('Never ended: the root span was not received. Its program may have stopped, or sampled it away.');
  }
  if (trace.shownSpanCount < trace.spanCount) {
    notes.push(`Showing ${formatCount(trace.shownSpanCount)} of ${plural(trace.spanCount, 'span')}.`);
  }
  if (notes.length === 0) return null;
  return (
    <p className={styles.note} role="status">
      <Icon name="unlinked" />
      {notes.join(' ')}
    </p>
  );
}
