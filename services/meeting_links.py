"""The address in the web at which a meeting takes place."""

from urllib.parse import urlsplit

from services.errors import ServiceError

_LONGEST = 500


class BadLink(ServiceError):
    """A text that is no address of a web page that is read over an encrypted line."""

    code = "bad-link"


def checked_link(text: str) -> str:
    """Return an address as it was given, without space around it; empty is allowed.

    Raises
    ------
    BadLink
        When it does not begin with https://, names nobody, or would hide where it leads.
    """
    link = text.strip()
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        host = parts.hostname
    except ValueError as error:
        raise BadLink("this is no address; copy it from your meeting service") from error
    plain = link.isprintable() and " " not in link and len(link) <= _LONGEST
    # What stands before an @ looks like where the link leads, and is not.
    if parts.scheme != "https" or not host or "." not in host or "@" in parts.netloc or not plain:
        raise BadLink("an address begins with https:// and names a server; copy the whole of it")
    return link
