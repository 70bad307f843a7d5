/** Providers and routes. The first pages are in the first load; others are `lazy`, loaded when they are gone to. */
import { lazy, Suspense } from 'react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Route, Switch } from 'wouter';
import { isWorthRetrying } from '../api/client';
import { IngestPage } from '../features/ingest/IngestPage';
import { TracePage } from '../features/traces/detail/TracePage';
import { TraceListPage } from '../features/traces/list/TraceListPage';
import { Notice } from '../ui/Notice';
import { Shell } from './Shell';

const AlertsPage = lazy(() => import('../features/alerts/AlertsPage').then((module) => ({ default: module.AlertsPage })));
const DashboardPage = lazy(() => import('../features/dashboards/DashboardPage').then((module) => ({ default: module.DashboardPage })));
const DashboardsPage = lazy(() => import('../features/dashboards/DashboardsPage').then((module) => ({ default: module.DashboardsPage })));
const LogsPage = lazy(() => import('../features/logs/LogsPage').then((module) => ({ default: module.LogsPage })));
const MetricsPage = lazy(() => import('../features/metrics/MetricsPage').then((module) => ({ default: module.MetricsPage })));
const ServiceMapPage = lazy(() => import('../features/map/ServiceMapPage').then((module) => ({ default: module.ServiceMapPage })));
const SqlPage = lazy(() => import('../features/sql/SqlPage').then((module) => ({ default: module.SqlPage })));

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
