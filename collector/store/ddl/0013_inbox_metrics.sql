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
                gauge Tuple(data_points ${NumberDataPoints}),
                sum Tuple(data_points ${NumberDataPoints}, aggregation_temporality Int32, is_monotonic Bool),
                histogram Tuple(
                    data_points Array(Tuple(
                        attributes ${KeyValues},
                        start_time_unix_nano UInt64,
                        time_unix_nano UInt64,
                        count UInt64,
                        sum Nullable(Float64),
                        bucket_counts Array(UInt64),
                        explicit_bounds Array(Float64),
                        exemplars ${Exemplars},
                        flags UInt32,
                        min Nullable(Float64),
                        max Nullable(Float64))),
                    aggregation_temporality Int32),
                exponential_histogram Tuple(
                    data_points Array(Tuple(
                        attributes ${KeyValues},
                        start_time_unix_nano UInt64,
                        time_unix_nano UInt64,
                        count UInt64,
                        sum Nullable(Float64),
                        scale Int32,
                        zero_count UInt64,
                        positive Tuple(offset Int32, bucket_counts Array(UInt64)),
                        negative Tuple(offset Int32, bucket_counts Array(UInt64)),
                        flags UInt32,
                        exemplars ${Exemplars},
                        min Nullable(Float64),
                        max Nullable(Float64),
                        zero_threshold Float64)),
                    aggregation_temporality Int32),
                summary Tuple(
                    data_points Array(Tuple(
                        attributes ${KeyValues},
                        start_time_unix_nano UInt64,
                        time_unix_nano UInt64,
                        count UInt64,
                        sum Float64,
                        quantile_values Array(Tuple(quantile Float64, value Float64)),
                        flags UInt32))),
                metadata ${KeyValues})),
            schema_url String)),
        schema_url String))),
    ${Stamp},
    needs_rewrite Bool MATERIALIZED NOT endsWith(batch_id, '-rewritten') AND (
        spanhouse_nested(request.resource_metrics.resource.attributes.value)
        OR spanhouse_nested(request.resource_metrics.scope_metrics.scope.attributes.value)
        OR spanhouse_nested(request.resource_metrics.scope_metrics.metrics.metadata.value)
        OR spanhouse_nested(request.resource_metrics.scope_metrics.metrics.gauge.data_points.attributes.value)
        OR spanhouse_nested(request.resource_metrics.scope_metrics.metrics.gauge.data_points.exemplars.filtered_attributes.value)
        OR spanhouse_nested(request.resource_metrics.scope_metrics.metrics.sum.data_points.attributes.value)
        OR spanhouse_nested(request.resource_metrics.scope_metrics.metrics.sum.data_points.exemplars.filtered_attributes.value)
        OR spanhouse_nested(request.resource_metrics.scope_metrics.metrics.histogram.data_points.attributes.value)
        OR spanhouse_nested(request.resource_metrics.scope_metrics.metrics.histogram.data_points.exemplars.filtered_attributes.value)
        OR spanhouse_nested(request.resource_metrics.scope_metrics.metrics.exponential_histogram.data_points.attributes.value)
        OR spanhouse_nested(request.resource_metrics.scope_metrics.metrics.exponential_histogram.data_points.exemplars.filtered_attributes.value)
        OR spanhouse_nested(request.resource_metrics.scope_metrics.metrics.summary.data_points.attributes.value))
)
ENGINE = Null
