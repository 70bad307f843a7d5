tuple(toInt64(Count), toUInt64(0), HasMin AND HasMax)
