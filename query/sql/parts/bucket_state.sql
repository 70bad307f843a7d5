tuple(
            toInt64(Count),
            if(ExplicitBounds = Bounds,
                arrayMap(n -> toFloat64(n), arrayPopBack(arrayCumSum(BucketCounts))),
                arrayMap(bound -> (arrayFirstIndex(own -> own >= bound, ExplicitBounds) AS Own,
                    multiIf(
                        empty(ExplicitBounds), 0.,
                        -- What is above its last bound lies somewhere below the next of the others.
                        Own = 0, toFloat64(Count),
                        ExplicitBounds[Own] = bound, toFloat64(arrayCumSum(BucketCounts)[Own]),
                        Own = 1, if(bound > 0, BucketCounts[1] * bound / ExplicitBounds[1], 0.),
                        arrayCumSum(BucketCounts)[Own - 1] + BucketCounts[Own] * (bound - ExplicitBounds[Own - 1]) / (ExplicitBounds[Own] - ExplicitBounds[Own - 1]))).2,
                    Bounds)),
            ExplicitBounds, Min, Max)
