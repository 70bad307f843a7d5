import { describe, expect, it } from 'vitest';
import { NO_METRIC, quoted, readView, seriesName, typedCondition, valuesParams, writeView, type MetricView } from './metricUrl';

const view: MetricView = {
  name: 'http.server.request.duration',
  kind: 'histogram',
  aggregation: 'p99',
  groupBy: ['http.route', 'service'],
  query: 'service = web and http.route ~ `/a`',
  window: { last: '6h' },
};

describe('the address', () => {
  it('reads back what it wrote and keeps the project', () => {
    const search = writeView(view, '?project=shop');
    expect(new URLSearchParams(search).get('project')).toBe('shop');
    expect(readView(search)).toEqual(view);
  });

  it('is empty where nothing was chosen', () => {
    expect(writeView({ ...NO_METRIC, window: { last: '1h' } }, '')).toBe('');
  });

  it('becomes the parameters of the API', () => {
    expect(valuesParams({ ...view, kind: '', query: '' }, { startMs: 1, endMs: 2 })).toBe(
      'start=1000000&end=2000000&name=http.server.request.duration&aggregation=p99&group_by=http.route&group_by=service&limit=20',
    );
  });
});

it('names a series by its labels', () => {
  expect(seriesName({}, 'requests')).toBe('requests');
  expect(seriesName({ route: '/a' }, 'requests')).toBe('/a');
  expect(seriesName({ route: '' }, 'requests')).toBe('no route');
  expect(seriesName({ route: '/a', method: '' }, 'requests')).toBe('route=/a, method=none');
});

it.each([
  ['', { before: '', key: '', operator: '', value: '' }],
  ['http.ro', { before: '', key: 'http.ro', operator: '', value: '' }],
  ['a = b and http.route = "/ca', { before: 'a = b and ', key: 'http.route', operator: '=', value: '/ca' }],
  ['not (service != w', { before: 'not (', key: 'service', operator: '!=', value: 'w' }],
])('knows what is being typed in %j', (query, condition) => expect(typedCondition(query)).toEqual(condition));

it.each([
  ['/cart', '/cart'],
  ['two words', '"two words"'],
  ['true', '"true"'],
  ['say "so"', String.raw`"say \"so\""`],
])('quotes %j as %s', (text, written) => expect(quoted(text)).toBe(written));
