"""Errors of the rules, named as facts; their text says what to do next."""


class IeumError(Exception):
    """Any fact that stops an act and that a person can do something about."""


class BadInput(IeumError):
    """A value handed in is outside of what the rule is defined for."""


class Cancelled(IeumError):
    """The caller asked a long computation to stop; nothing was changed."""


class EncoderMissing(IeumError):
    """An encoder is not installed, or its weights are not the ones the rules were measured with."""
