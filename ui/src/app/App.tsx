/** Providers and routes. The first pages are in the first load; others are `lazy`, loaded when they are gone to. */
import { Suspense, lazy } from 'react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Route, Switch } from 'wouter';
import { isWorthRetrying } from '../api/client';
import { IngestPage } from '../features/ingest/IngestPage';
import { TracePage } from '../features/traces/detail/TracePage';
import { TraceListPage } from '../features/traces/list/TraceListPage';
import { Notice } from '../ui/Notice';
import { Shell } from './Shell';

const AlertsPage = lazy(async () => ({ default: (await import('../features/alerts/AlertsPage')).AlertsPage }));
const ComparePage = lazy(async () => ({ default: (await import('../features/compare/ComparePage')).ComparePage }));
const DashboardPage = lazy(async () => ({ default: (await import('../features/dashboards/DashboardPage')).DashboardPage }));
const DashboardsPage = lazy(async () => ({ default: (await import('../features/dashboards/DashboardsPage')).DashboardsPage }));
const LogsPage = lazy(async () => ({ default: (await import('../features/logs/LogsPage')).LogsPage }));
const MetricsPage = lazy(async () => ({ default: (await import('../features/metrics/MetricsPage')).MetricsPage }));
const ServiceMapPage = lazy(async () => ({ default: (await import('../features/map/ServiceMapPage')).ServiceMapPage }));
const SessionPage = lazy(async () => ({ default: (await import('../features/sessions/SessionPage')).SessionPage }));
const SessionsPage = lazy(async () => ({ default: (await import('../features/sessions/SessionsPage')).SessionsPage }));
const SqlPage = lazy(async () => ({ default: (await import('../features/sql/SqlPage')).SqlPage }));
const UserPage = lazy(async () => ({ default: (await import('../features/sessions/UserPage')).UserPage }));
const UsersPage = lazy(async () => ({ default: (await import('../features/sessions/UsersPage')).UsersPage }));

const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: isWorthRetrying, refetchOnWindowFocus: false } },
});

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Shell>
        <Suspense>
          <Switch>
            <Route path="/" component={TraceListPage} />
            <Route path="/trace/:traceId">
              {({ traceId }) => <TracePage key={traceId} traceId={traceId.toLowerCase()} />}
            </Route>
            <Route path="/compare" component={ComparePage} />
            <Route path="/sessions" component={SessionsPage} />
            <Route path="/sessions/*" component={SessionPage} />
            <Route path="/users" component={UsersPage} />
            <Route path="/users/*" component={UserPage} />
            <Route path="/logs" component={LogsPage} />
            <Route path="/metrics" component={MetricsPage} />
            <Route path="/dashboards" component={DashboardsPage} />
            <Route path="/dashboards/:id">{({ id }) => <DashboardPage key={id} id={id} />}</Route>
            <Route path="/map" component={ServiceMapPage} />
            <Route path="/sql" component={SqlPage} />
            <Route path="/alerts" component={AlertsPage} />
            <Route path="/ingest" component={IngestPage} />
            <Route>
              <Notice title="No such page">The address leads nowhere. Traces are at the top left.</Notice>
            </Route>
          </Switch>
        </Suspense>
      </Shell>
    </QueryClientProvider>
  );
}
