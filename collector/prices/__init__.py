"""Prices of models, from genai-prices or the user's own file, stored as rules that SQL applies to tokens."""
