tuple(toInt64(Count), cityHash64(ExplicitBounds), Min, Max, HasMin, HasMax)
