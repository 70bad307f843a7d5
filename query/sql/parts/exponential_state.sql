tuple(
            toInt64(Count),
            arrayConcat(
                arrayMap(i -> -8589934592 - toInt64(floor((NegativeOffset + i - 1) / exp2(Scale - GroupScale))), arrayEnumerate(NegativeBucketCounts)),
                [toInt64(0)],
                arrayMap(i -> 8589934592 + toInt64(floor((PositiveOffset + i - 1) / exp2(Scale - GroupScale))), arrayEnumerate(PositiveBucketCounts))),
            arrayMap(n -> toInt64(n), arrayConcat(NegativeBucketCounts, [ZeroCount], PositiveBucketCounts)),
            Min, Max,
            min(Scale) OVER (PARTITION BY Labels) AS GroupScale)
