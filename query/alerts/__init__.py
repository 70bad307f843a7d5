"""Alerts on any SQL: a rule is a document, its state a fold of events, a notification an event after it was delivered.

`rule.py` reads a rule, `states.py` says what follows from an evaluation, `log.py` folds and writes the events,
`delivery.py` sends, and `evaluator.py` does it all again and again in one thread of one process.
"""
