"""The search language of SPEC.md: text -> tokens -> tree -> checked tests -> SQL with typed parameters."""
