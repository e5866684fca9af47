"""Who is signed in: a thin wrapper, so that the tables stay free of Flask."""

import secrets
from datetime import timedelta

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface
from flask_login import AnonymousUserMixin, LoginManager, UserMixin, current_user
from sqlmodel import col, select

from models import Account, Profile
from services.accounts_sessions import signed_in_account
from services.meeting_list import waiting_count
from services.message_threads import unread_messages
from services.roles import Roles, roles_of
from services.visibility import Viewer
from web.clock import now
from web.database import session

manager = LoginManager()
_SIGNED_IN_FOR = timedelta(days=30)


class SignedIn(UserMixin):
    """The account at the other end of this request, with its roles and the name to greet it by."""

    def __init__(
        self,
        account: Account,
        roles: Roles,
        profile: Profile | None,
        key: str = "",
        meetings_waiting: int = 0,
    ) -> None:
        self.account = account
        self.unread = 0
        self.key = key or secrets.token_urlsafe(16)
        self.permissions = roles
        self.profile_id = profile.id if profile else None
        self.meetings_waiting = meetings_waiting
        self.display_name = (profile.name if profile else "") or account.email

    @property
    def roles(self) -> set[str]:
        """The names of the roles, for the navigation."""
        held = {
            "coordinator": self.permissions.coordinator,
            "organiser": self.permissions.organiser,
            "administrator": self.permissions.administrator,
        }
        return {name for name, has in held.items() if has}

    def get_id(self) -> str:
        """Give what the cookie names: it dies with its key, or when the epoch moves on."""
        return f"{self.account.id}.{self.account.session_epoch}.{self.key}"


class Visitor(AnonymousUserMixin):
    """Somebody who has not signed in."""

    permissions = Roles()
    roles: frozenset[str] = frozenset()
    account: Account | None = None
    profile_id: int | None = None
    display_name = ""


class Cookies(SecureCookieSessionInterface):
    """Cookies that travel encrypted wherever the page did."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - the signature is Flask's
        """Tell whether the browser may send the cookie over https only."""
        return request.is_secure


def load(key: str) -> SignedIn | None:
    """Find the account of a session, if the session is still good."""
    number, epoch, own = [*key.split("."), "", ""][:3]
    if not (number.isdecimal() and epoch.isdecimal() and own):
        return None
    account = signed_in_account(session(), int(number), int(epoch), own)
    if account is None:
        return None
    # What waits is counted with it, so that the navigation costs no query of its own.
    unread = unread_messages(col(Profile.id)).scalar_subquery()
    query = select(Profile, waiting_count(col(Profile.id), now()), unread)
    row = session().exec(query.where(Profile.account_id == account.id)).first()
    profile, waiting, messages = row or (None, 0, 0)
    found = SignedIn(account, roles_of(session(), int(number)), profile, own, waiting)
    found.unread = messages
    return found


def account() -> Account:
    """Give the account that is signed in. Only for pages behind a sign-in."""
    found: Account = current_user.account
    return found


def viewer() -> Viewer:
    """Give who is looking, as the services ask for it."""
    return Viewer(current_user.profile_id, current_user.permissions)


def account_id() -> int:
    """Give the id of the account that is signed in. Only for pages behind a sign-in."""
    return account().id


def init_app(app: Flask) -> None:
    """Prepare sign-in; a page that needs it sends a visitor to /sign-in and back."""
    app.session_interface = Cookies()
    # For whoever chose to stay signed in; otherwise the cookie goes with the browser's window.
    app.config["PERMANENT_SESSION_LIFETIME"] = _SIGNED_IN_FOR
    manager.anonymous_user = Visitor
    manager.login_view = "accounts.sign_in"
    manager.session_protection = "basic"
    # The page says it; flask-login's own message is not in the catalogue.
    manager.login_message = None
    manager.user_loader(load)
    manager.init_app(app)
