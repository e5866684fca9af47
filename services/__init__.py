"""What a person can ask for, one function each: rows in, a rule called, rows out.

A service flushes and never commits; the door that called it does (docs/architecture.md).
"""
