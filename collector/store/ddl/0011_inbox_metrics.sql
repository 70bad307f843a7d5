-- One row per ExportMetricsServiceRequest, in its envelope, as ClickHouse's protobuf reader fills it (otlp.proto). Stores nothing.
CREATE TABLE IF NOT EXISTS inbox_metrics ${on_cluster}
(
    request Tuple(resource_metrics Array(Tuple(
        resource Tuple(attributes ${KeyValues}, dropped_attributes_count UInt32),
        scope_metrics Array(Tuple(
            scope Tuple(name String, version String, attributes ${KeyValues}, dropped_attributes_count UInt32),
            metrics Array(Tuple(
                name String,
                description String,
                unit String,
                ${MetricData},
                metadata ${KeyValues})),
            schema_url String)),
        schema_url String))),
    ${Stamp},
    needs_rewrite Bool MATERIALIZED NOT endsWith(batch_id, '-rewritten') AND (
        spanhouse_unmapped(request.resource_metrics.resource.attributes.value)
        OR spanhouse_unmapped(request.resource_metrics.scope_metrics.scope.attributes.value)
        OR spanhouse_unmapped(request.resource_metrics.scope_metrics.metrics.metadata.value)
        OR spanhouse_unmapped(request.resource_metrics.scope_metrics.metrics.gauge.data_points.attributes.value)
        OR spanhouse_unmapped(request.resource_metrics.scope_metrics.metrics.gauge.data_points.exemplars.filtered_attributes.value)
        OR spanhouse_unmapped(request.resource_metrics.scope_metrics.metrics.sum.data_points.attributes.value)
        OR spanhouse_unmapped(request.resource_metrics.scope_metrics.metrics.sum.data_points.exemplars.filtered_attributes.value)
        OR spanhouse_unmapped(request.resource_metrics.scope_metrics.metrics.histogram.data_points.attributes.value)
        OR spanhouse_unmapped(request.resource_metrics.scope_metrics.metrics.histogram.data_points.exemplars.filtered_attributes.value)
        OR spanhouse_unmapped(request.resource_metrics.scope_metrics.metrics.exponential_histogram.data_points.attributes.value)
        OR spanhouse_unmapped(request.resource_metrics.scope_metrics.metrics.exponential_histogram.data_points.exemplars.filtered_attributes.value)
        OR spanhouse_unmapped(request.resource_metrics.scope_metrics.metrics.summary.data_points.attributes.value)
        -- Whether any data point is invalid; which ones and why says validity.py, by the same rules.
        OR has(arrayFlatten(request.resource_metrics.scope_metrics.metrics.name), '')
        OR arrayExists((start, t) -> t = 0 OR t > 9223372036854775807 OR start > 9223372036854775807,
            arrayFlatten(request.resource_metrics.scope_metrics.metrics.gauge.data_points.start_time_unix_nano), arrayFlatten(request.resource_metrics.scope_metrics.metrics.gauge.data_points.time_unix_nano))
        OR arrayExists(t -> t > 9223372036854775807, arrayFlatten(request.resource_metrics.scope_metrics.metrics.gauge.data_points.exemplars.time_unix_nano))
        OR arrayExists((start, t) -> t = 0 OR t > 9223372036854775807 OR start > 9223372036854775807,
            arrayFlatten(request.resource_metrics.scope_metrics.metrics.sum.data_points.start_time_unix_nano), arrayFlatten(request.resource_metrics.scope_metrics.metrics.sum.data_points.time_unix_nano))
        OR arrayExists(t -> t > 9223372036854775807, arrayFlatten(request.resource_metrics.scope_metrics.metrics.sum.data_points.exemplars.time_unix_nano))
        OR arrayExists((start, t) -> t = 0 OR t > 9223372036854775807 OR start > 9223372036854775807,
            arrayFlatten(request.resource_metrics.scope_metrics.metrics.histogram.data_points.start_time_unix_nano), arrayFlatten(request.resource_metrics.scope_metrics.metrics.histogram.data_points.time_unix_nano))
        OR arrayExists(t -> t > 9223372036854775807, arrayFlatten(request.resource_metrics.scope_metrics.metrics.histogram.data_points.exemplars.time_unix_nano))
        OR arrayExists((start, t) -> t = 0 OR t > 9223372036854775807 OR start > 9223372036854775807,
            arrayFlatten(request.resource_metrics.scope_metrics.metrics.exponential_histogram.data_points.start_time_unix_nano), arrayFlatten(request.resource_metrics.scope_metrics.metrics.exponential_histogram.data_points.time_unix_nano))
        OR arrayExists(t -> t > 9223372036854775807, arrayFlatten(request.resource_metrics.scope_metrics.metrics.exponential_histogram.data_points.exemplars.time_unix_nano))
        OR arrayExists((start, t) -> t = 0 OR t > 9223372036854775807 OR start > 9223372036854775807,
            arrayFlatten(request.resource_metrics.scope_metrics.metrics.summary.data_points.start_time_unix_nano), arrayFlatten(request.resource_metrics.scope_metrics.metrics.summary.data_points.time_unix_nano))
        OR spanhouse_no_project(request.resource_metrics.resource.attributes))
)
ENGINE = Null
