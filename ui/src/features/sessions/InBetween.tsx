/** What was done between question and answer: model calls, tools, agents in the order they began. */
import { Link } from 'wouter';
import { useProject, withProject } from '../../api/project';
import { useTranscript } from '../../api/traceAnalysis';
import type { TranscriptCard } from '../../api/types';
import { formatDuration } from '../../format/duration';
import { spanTitle } from '../../format/name';
import { formatCount } from '../../format/number';
import { Button } from '../../ui/Button';
import { Icon, type IconName } from '../../ui/Icon';
import { ErrorNotice } from '../../ui/Notice';
import { TokenFlow } from '../../ui/TokenFlow';
import styles from './Conversation.module.css';

const INDENT = 14;
const PREVIEW = 240;

const ICONS: Record<TranscriptCard['type'], IconName> = {
  agent: 'open',
  turn: 'to',
  tool: 'tool',
  retrieval: 'search',
  step: 'open',
};

export function InBetween({ traceId }: { traceId: string }) {
  // A trace in a list of the past is taken as finished.
  const transcript = useTranscript(traceId, 0);
  if (transcript.isError) return <ErrorNotice error={transcript.error} onRetry={() => void transcript.refetch()} />;
  const pages = transcript.data?.pages;
  if (!pages) return <p className={styles.silent}>Reading the trace</p>;
  const cards = pages.flatMap((page) => page.cards);
  const total = pages[0]!.card_count;
  return (
    <div className={styles.steps}>
      <ol>
        {cards.map((card) => (
          <Step key={card.span_id} traceId={traceId} card={card} />
        ))}
      </ol>
      {cards.length === 0 && <p className={styles.silent}>No model call, tool or agent in it.</p>}
      {cards.length < total && (
        <p className={styles.more}>
          Showing {formatCount(cards.length)} of {formatCount(total)} steps
          <Button small label="Show more" disabled={transcript.isFetching} onClick={() => void transcript.fetchNextPage()} />
        </p>
      )}
    </div>
  );
}

function Step({ traceId, card }: { traceId: string; card: TranscriptCard }) {
  const project = useProject();
  return (
    <li style={{ paddingLeft: card.depth * INDENT }} data-failed={card.status === 'ERROR'}>
      <Icon name={card.status === 'ERROR' ? 'error' : ICONS[card.type]} size={12} />
      <Link href={withProject(`/trace/${traceId}?view=transcript&span=${card.span_id}`, project)}>{nameOf(card)}</Link>
      <span className={styles.preview}>{previewOf(card)}</span>
      <span className={styles.numbers}>
        {card.type === 'turn' && <TokenFlow input={card.input_tokens} output={card.output_tokens} />}
        {formatDuration(card.duration)}
      </span>
    </li>
  );
}

function nameOf(card: TranscriptCard): string {
  if (card.type === 'tool') return card.tool || spanTitle(card.name);
  if (card.type === 'turn') return card.model || spanTitle(card.name);
  if (card.type === 'agent') return card.agent || spanTitle(card.name);
  return spanTitle(card.name);
}

function previewOf(card: TranscriptCard): string {
  if (card.error) return [card.error.type, card.error.message.text].filter(Boolean).join(': ').slice(0, PREVIEW);
  if (card.type === 'tool') return short([card.arguments?.text, card.result?.text].filter(Boolean).join(' gave '));
  if (card.type === 'turn') return short(card.output.flatMap(({ parts }) => parts.map((part) => (part.type === 'text' ? part.text.text : `${part.name ?? part.type}`))).join(', '));
  if (card.type === 'retrieval') return short(card.query?.text ?? '');
  return '';
}

function short(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, PREVIEW);
}
