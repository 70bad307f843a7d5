"""Rows of the store as answers of the API: pure functions, no I/O."""
