tuple(toInt64(Count), toUInt64(0), Min, Max, HasMin, HasMax)
