tuple(toInt64(Count), Sum, HasSum)
