Exemplars.FilteredAttributes,
    Exemplars.FilteredAttributeTypes,
    Exemplars.TimeUnix,
    Exemplars.SpanId,
    Exemplars.TraceId,
    Exemplars.ValueType,
    Exemplars.Value,
    Exemplars.ValueInt
