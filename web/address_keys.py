"""The keys of addresses of this installation, and links that end mails."""

from flask import current_app

from services.address_keys import AddressKeys


def address_keys() -> AddressKeys:
    """Give the keys of the application at work."""
    return AddressKeys(str(current_app.config["SECRET_KEY"]))


def unsubscribe_path(kind: str, number: int, address: str) -> str:
    """Make the path of the page that ends mails to an address; nothing in it tells whose."""
    ticket = address_keys().ticket(kind, number, address)
    return str(current_app.url_map.bind("").build("unsubscribing.ask", {"ticket": ticket}))
