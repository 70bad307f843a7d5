if(ExplicitBounds = Bounds,
                    arrayMap(n -> toFloat64(n), arrayPopBack(arrayCumSum(BucketCounts))),
                    arrayMap(bound -> (arrayFirstIndex(own -> own >= bound, ExplicitBounds) AS Place,
                        multiIf(
                            empty(ExplicitBounds), 0.,
                            -- What is above its last bound lies somewhere below the next of the others.
                            Place = 0, toFloat64(Count),
                            ExplicitBounds[Place] = bound, toFloat64(arrayCumSum(BucketCounts)[Place]),
                            Place = 1, if(bound > 0, BucketCounts[1] * bound / ExplicitBounds[1], 0.),
                            arrayCumSum(BucketCounts)[Place - 1] + BucketCounts[Place] * (bound - ExplicitBounds[Place - 1]) / (ExplicitBounds[Place] - ExplicitBounds[Place - 1]))).2,
                        Bounds))
