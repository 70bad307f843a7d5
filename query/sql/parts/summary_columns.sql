${point_columns},
    Count,
    Sum,
    ValueAtQuantiles.Quantile,
    ValueAtQuantiles.Value
