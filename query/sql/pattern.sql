-- Whether RE2 takes a regular expression: it fails where not.
SELECT match('', {pattern:String}) AS Matches
