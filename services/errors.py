"""Errors of the services, named as facts; a page finds its sentence by ``code``."""

from matchmaking.errors import IeumError


class ServiceError(IeumError):
    """A request that cannot be served; ``code`` names the fact, the text says what to do next."""

    code = "not-possible"


class NotFound(ServiceError):
    """What was asked for is not there, or not for this person to see."""

    code = "not-found"


class NotAllowed(ServiceError):
    """An act that is not open to the person who asks."""

    code = "not-allowed"
