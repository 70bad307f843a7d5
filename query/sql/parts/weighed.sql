sum(Count * (OwnShare - FollowingShare)) AS Added,
                min(OwnShare = 0 OR Recorded = 0 OR KnowsRange) AS IsKnown,
                minIf(Min, OwnShare > 0 AND Recorded > 0) AS Least, maxIf(Max, OwnShare > 0 AND Recorded > 0) AS Most,
                min(if(OwnShare > 0, greatest(assumeNotNull(Since), {start:Int64}), {end:Int64})) AS Earliest, max(if(OwnShare > 0, least(Time, {end:Int64}), {start:Int64})) AS Latest
