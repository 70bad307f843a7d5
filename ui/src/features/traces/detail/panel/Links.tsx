/** Links to other spans: within this trace they select, beyond it they open. */
import { Link } from 'wouter';
import { useProject, withProject } from '../../../../api/project';
import type { Span } from '../../../../api/types';
import { plural } from '../../../../format/number';
import { Attributes } from './Attributes';
import styles from './Events.module.css';
import { Fact } from './Fact';

export function Links({ span, onSelect }: { span: Span; onSelect: (spanId: string) => void }) {
  const project = useProject();
  return (
    <>
      <ol>
        {span.links.map((link, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a span may link to another one twice
          <li key={index} className={styles.event}>
            <div className={styles.head}>
              {link.trace_id === span.trace_id ? (
                <button type="button" onClick={() => onSelect(link.span_id)}>
                  Span {link.span_id} of this trace
                </button>
              ) : (
                <Link href={withProject(`/trace/${link.trace_id}?span=${link.span_id}`, project)}>
                  Open the linked trace
                </Link>
              )}
            </div>
            <dl>
              <Fact name="Trace id" mono>
                {link.trace_id}
              </Fact>
              <Fact name="Span id" mono>
                {link.span_id}
              </Fact>
              {link.trace_state && (
                <Fact name="Trace state" mono>
                  {link.trace_state}
                </Fact>
              )}
            </dl>
            <Attributes attributes={link.attributes} dropped={link.dropped_attributes_count} bare />
          </li>
        ))}
      </ol>
      {span.links.length === 0 && <p className={styles.none}>No links were recorded.</p>}
      {span.dropped_links_count > 0 && (
        <p className={styles.none}>{plural(span.dropped_links_count, 'link')} dropped by the sender.</p>
      )}
    </>
  );
}
