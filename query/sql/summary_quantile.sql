-- Of the points of a summary those that tell the quantile.
SELECT *, QuantileValues[indexOf(Quantiles, {quantile:Float64})] AS Value
FROM
(
${points}
)
WHERE has(Quantiles, {quantile:Float64})
