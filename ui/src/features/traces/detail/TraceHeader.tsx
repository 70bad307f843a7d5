/** What this trace is, in one glance, and the tools that work on all of it. */
import type { RefObject } from 'react';
import { formatDuration } from '../../../format/duration';
import { spanTitle } from '../../../format/name';
import { formatCount, plural } from '../../../format/number';
import { formatExact, formatUtc } from '../../../format/time';
import { Button } from '../../../ui/Button';
import { CopyButton } from '../../../ui/CopyButton';
import { Icon } from '../../../ui/Icon';
import { ServiceDot } from '../../../ui/ServiceDot';
import { TokenFlow } from '../../../ui/TokenFlow';
import { useTitle } from '../../../ui/useTitle';
import type { Matches } from '../model/search';
import { sumTokens } from '../model/tokens';
import { isRootMissing, primaryRoot, type Trace } from '../model/tree';
import type { TraceView } from '../model/viewUrl';
import { SearchBox } from './SearchBox';
import styles from './TraceHeader.module.css';
import type { TraceActions } from './useTraceKeys';

interface Props {
  trace: Trace;
  live: boolean;
  view: TraceView;
  change: (part: Partial<TraceView>) => void;
  actions: TraceActions;
  matches: Matches;
  selected: number;
  searchInput: RefObject<HTMLInputElement | null>;
  searching: boolean;
}

/** More names than these would push the waterfall down; the rest is counted. */
const MOST_SERVICES = 8;

export function TraceHeader(props: Props) {
  const { trace, live, view, change, actions, matches, selected, searchInput, searching } = props;
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
        <Button
          icon="critical"
          iconOnly
          label="Critical path (C)"
          pressed={view.criticalPath}
          onClick={actions.criticalPath}
        />
        <Button icon="foldAll" iconOnly label="Fold all ( ] )" onClick={actions.foldAll} />
        <Button icon="unfoldAll" iconOnly label="Unfold all ( [ )" onClick={actions.unfoldAll} />
        <Button icon="help" iconOnly label="Keys (?)" onClick={actions.help} />
      </div>
      <Facts trace={trace} />
      <Notes trace={trace} live={live} />
    </header>
  );
}

function Facts({ trace }: { trace: Trace }) {
  const tokens = sumTokens(trace);
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
      {tokens.input + tokens.output > 0 && (
        <span>
          <b>
            <TokenFlow input={tokens.input} output={tokens.output} />
          </b>{' '}
          tokens
        </span>
      )}
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

function Notes({ trace, live }: { trace: Trace; live: boolean }) {
  const notes: string[] = [];
  if (isRootMissing(trace)) {
    notes.push(
      live
        ? 'The root span has not arrived yet. The trace refreshes until it does.'
        : 'The root span never arrived: its program may have stopped, or sampled it away.',
    );
  }
  if (trace.shownSpanCount < trace.spanCount) {
    notes.push(`Showing ${formatCount(trace.shownSpanCount)} of ${plural(trace.spanCount, 'span')}.`);
  }
  if (notes.length === 0) return null;
  return (
    <p className={styles.note} role="status">
      <Icon name={live ? 'live' : 'unlinked'} />
      {notes.join(' ')}
    </p>
  );
}
