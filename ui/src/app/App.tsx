/** Providers and routes. */
import { lazy, Suspense } from 'react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Route, Switch } from 'wouter';
import { isWorthRetrying } from '../api/client';
import { IngestPage } from '../features/ingest/IngestPage';
import { TracePage } from '../features/traces/detail/TracePage';
import { TraceListPage } from '../features/traces/list/TraceListPage';
import { Notice } from '../ui/Notice';
import { Shell } from './Shell';

const LogsPage = lazy(() => import('../features/logs/LogsPage').then((module) => ({ default: module.LogsPage })));
const SqlPage = lazy(() => import('../features/sql/SqlPage').then((module) => ({ default: module.SqlPage })));

const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: isWorthRetrying, refetchOnWindowFocus: false } },
});

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Shell>
        <Switch>
          <Route path="/" component={TraceListPage} />
          <Route path="/trace/:traceId">
            {({ traceId }) => <TracePage key={traceId} traceId={traceId.toLowerCase()} />}
          </Route>
          <Route path="/logs">
            <Suspense>
              <LogsPage />
            </Suspense>
          </Route>
          <Route path="/sql">
            <Suspense>
              <SqlPage />
            </Suspense>
          </Route>
          <Route path="/ingest" component={IngestPage} />
          <Route>
            <Notice title="No such page">The address leads nowhere. Traces are at the top left.</Notice>
          </Route>
        </Switch>
      </Shell>
    </QueryClientProvider>
  );
}
