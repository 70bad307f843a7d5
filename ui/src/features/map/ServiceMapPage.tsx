/** /map: services and what they call, in the chosen window. A node or an edge leads to its traces. */
import { useMemo, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useServiceMap } from '../../api/serviceMap';
import { formatCount, plural } from '../../format/number';
import { msToNano } from '../../format/time';
import { Button } from '../../ui/Button';
import { ErrorNotice, Notice } from '../../ui/Notice';
import { TimePicker } from '../../ui/TimePicker';
import { boundsOf, readWindow, writeWindow, type TimeWindow } from '../../ui/timeWindow';
import { useTitle } from '../../ui/useTitle';
import { MapFacts } from './MapFacts';
import { MapGraph } from './MapGraph';
import styles from './ServiceMapPage.module.css';

export function ServiceMapPage() {
  useTitle('Service map');
  const search = useSearch();
  const [path, navigate] = useLocation();
  const window = useMemo(() => readWindow(new URLSearchParams(search)), [search]);
  const chosen = new URLSearchParams(search).get('node') ?? '';
  const [askedAt, setAskedAt] = useState(() => Date.now());
  const bounds = useMemo(() => boundsOf(window, askedAt), [window, askedAt]);
  const map = useServiceMap(`start=${msToNano(bounds.startMs)}&end=${msToNano(bounds.endMs)}`);
  const write = (change: (params: URLSearchParams) => void) => {
    const params = new URLSearchParams(search);
    change(params);
    const text = params.toString();
    navigate(text ? `${path}?${text}` : path, { replace: true });
  };
  const choose = (id: string) => write((params) => (id && id !== chosen ? params.set('node', id) : params.delete('node')));
  const onWindow = (next: TimeWindow) => {
    setAskedAt(Date.now());
    write((params) => writeWindow(next, params));
  };
  const { data } = map;
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <TimePicker window={window} onChange={onWindow} />
        {data && (
          <span className={styles.status} role="status">
            Showing {formatCount(data.nodes.length)} of {plural(data.node_total, 'node')} and {formatCount(data.calls.length)} of{' '}
            {plural(data.call_total, 'edge')} from {plural(data.span_count, 'span')}
            {data.sampled_one_in > 1 && `; counted in one trace of ${data.sampled_one_in} and multiplied`}
          </span>
        )}
        <Button label="Refresh" disabled={map.isFetching} onClick={() => setAskedAt(Date.now())} />
      </div>
      {map.isError && <ErrorNotice error={map.error} onRetry={() => void map.refetch()} />}
      {map.isPending && <p className={styles.status} role="status">Joining spans with their parents</p>}
      {data && data.nodes.length === 0 && (
        <Notice title="No services in this window">A service appears with its first span: look further back, or send traces.</Notice>
      )}
      {data && data.nodes.length > 0 && (
        <div className={styles.columns}>
          <MapGraph map={data} chosen={chosen} onChoose={choose} />
          <MapFacts map={data} chosen={chosen} onChoose={choose} window={window} />
        </div>
      )}
    </div>
  );
}
