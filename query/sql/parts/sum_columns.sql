${point_columns},
    Value,
    ValueInt,
    ValueType,
    AggregationTemporality,
    IsMonotonic,
    ${exemplar_columns}
