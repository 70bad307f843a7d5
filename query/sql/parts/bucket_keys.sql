arrayConcat(
                            arrayMap(i -> -8589934592 - (NegativeOffset + i - 1), arrayEnumerate(NegativeBucketCounts)),
                            [toInt64(0)],
                            arrayMap(i -> 8589934592 + (PositiveOffset + i - 1), arrayEnumerate(PositiveBucketCounts)))
