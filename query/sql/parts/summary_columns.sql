${point_columns},
    Count,
    Sum,
    ValueAtQuantiles.Quantile AS Quantiles,
    ValueAtQuantiles.Value AS QuantileValues
