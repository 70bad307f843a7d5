/** Everything about one span, fetched when it is selected. */
import { useSpan } from '../../../../api/traces';
import type { Span } from '../../../../api/types';
import { formatDuration } from '../../../../format/duration';
import { Button } from '../../../../ui/Button';
import { ErrorNotice } from '../../../../ui/Notice';
import { ServiceDot } from '../../../../ui/ServiceDot';
import { TabBar, type TabItem } from '../../../../ui/TabBar';
import { spanTitle } from '../../../../format/name';
import type { Placed } from '../../model/placed';
import type { PanelTab } from '../../model/viewUrl';
import { Attributes } from './Attributes';
import { Conversation } from './Conversation';
import { Events } from './Events';
import { Failure } from './Failure';
import { Links } from './Links';
import { Overview } from './Overview';
import { RawJson } from './RawJson';
import { Resource } from './Resource';
import { SpanCost } from './SpanCost';
import styles from './SpanPanel.module.css';
import type { Subtree } from './SubtreeFacts';

interface Props {
  traceId: string;
  traceStart: string;
  spanId: string;
  /** Which of the spans with this id. */
  nth: number;
  /** Null where the trace on screen does not hold the span. */
  placed: Placed | null;
  /** What it comes to with all below it; null as above. */
  subtree: Subtree | null;
  tab: PanelTab | null;
  onTab: (tab: PanelTab) => void;
  onClose: () => void;
  onSelect: (spanId: string) => void;
}

export function SpanPanel({ traceId, traceStart, spanId, nth, placed, subtree, tab, onTab, onClose, onSelect }: Props) {
  const { data: span, error, refetch } = useSpan(traceId, spanId, nth);
  if (!span) {
    return (
      <div className={styles.panel}>
        <div className={styles.head}>
          <p className={styles.loading} role="status">
            {!error && `Reading span ${spanId}`}
          </p>
          <Button bare iconOnly icon="close" label="Close details" onClick={onClose} />
        </div>
        {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      </div>
    );
  }
  const tabs = tabsOf(span);
  const shown = tabs.some(({ id }) => id === tab) ? tab! : defaultTab(span);
  return (
    <div className={styles.panel}>
      <header className={styles.head}>
        <h2 title={span.name}>{spanTitle(span.name)}</h2>
        <Button bare iconOnly icon="close" label="Close details" onClick={onClose} />
        <div className={styles.facts}>
          <span className={styles.service}>
            <ServiceDot service={span.service} />
            {span.service}
          </span>
          <span>{formatDuration(span.duration_nano)}</span>
          <span>{span.kind.toLowerCase()}</span>
        </div>
      </header>
      <div className={styles.tabs}>
        <TabBar label="Details" tabs={tabs} selected={shown} onSelect={onTab} />
      </div>
      <div className={styles.body} role="tabpanel" id={`panel-${shown}`} aria-labelledby={`tab-${shown}`}>
        <TabContent key={`${span.span_id} ${nth}`} tab={shown} span={span} placed={placed} subtree={subtree} traceStart={traceStart} onSelect={onSelect} />
      </div>
    </div>
  );
}

interface ContentProps {
  tab: PanelTab;
  span: Span;
  placed: Placed | null;
  subtree: Subtree | null;
  traceStart: string;
  onSelect: (spanId: string) => void;
}

function TabContent({ tab, span, placed, subtree, traceStart, onSelect }: ContentProps) {
  switch (tab) {
    case 'overview':
      return <Overview span={span} placed={placed} subtree={subtree} traceStart={traceStart} onSelect={onSelect} />;
    case 'conversation':
      return (
        span.gen_ai && (
          <>
            <Failure status={span.status} />
            <SpanCost traceId={span.trace_id} spanId={span.span_id} />
            <Conversation genAi={span.gen_ai} />
          </>
        )
      );
    case 'attributes':
      return <Attributes attributes={span.attributes} dropped={span.dropped_attributes_count} filterable />;
    case 'events':
      return <Events span={span} />;
    case 'links':
      return <Links span={span} onSelect={onSelect} />;
    case 'resource':
      return <Resource span={span} />;
    case 'raw':
      return <RawJson value={span} />;
  }
}

function tabsOf(span: Span): TabItem<PanelTab>[] {
  const tabs: TabItem<PanelTab>[] = [
    { id: 'overview', label: 'Overview' },
    { id: 'attributes', label: 'Attributes', count: span.attributes.length },
    { id: 'events', label: 'Events', count: span.events.length },
    { id: 'links', label: 'Links', count: span.links.length },
    { id: 'resource', label: 'Resource' },
    { id: 'raw', label: 'JSON' },
  ];
  if (span.gen_ai) tabs.unshift({ id: 'conversation', label: conversationLabel(span.gen_ai.operation) });
  return tabs;
}

function conversationLabel(operation: string): string {
  return operation === 'execute_tool' ? 'Tool call' : 'Conversation';
}

function defaultTab(span: Span): PanelTab {
  return span.gen_ai ? 'conversation' : 'overview';
}
