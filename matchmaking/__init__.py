"""The rules of match-making: values in, values out.

No Flask, no SQL, no clock, no network, and no file but one it is handed; see docs/architecture.md.
"""
