tuple(toInt64(Count), cityHash64(ExplicitBounds), HasMin AND HasMax)
