arrayMap(a -> arrayMap(k -> toValidUTF8(k), mapKeys(a)), Exemplars.FilteredAttributes) AS ExemplarKeys,
    arrayMap(a -> arrayMap(v -> toValidUTF8(v), mapValues(a)), Exemplars.FilteredAttributes) AS ExemplarValues,
    Exemplars.FilteredAttributeTypes AS ExemplarTypes,
    arrayMap(t -> toUnixTimestamp64Nano(t), Exemplars.TimeUnix) AS ExemplarNanos,
    Exemplars.SpanId AS ExemplarSpanIds,
    Exemplars.TraceId AS ExemplarTraceIds,
    Exemplars.ValueType AS ExemplarNumberTypes,
    Exemplars.Value AS ExemplarDoubles,
    Exemplars.ValueInt AS ExemplarInts
