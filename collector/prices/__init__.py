"""Prices of models: found in the package genai-prices or the user's own file, stored as rules that SQL applies to tokens."""
