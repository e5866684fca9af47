"""What the pages of accounts share: the blueprint, proving a password, entering."""

from flask import Blueprint
from flask import session as cookie
from flask_login import login_user

from models import Account
from services.accounts_sign_in import Known, Proof, check, look_up, settle
from services.roles import roles_of
from web.account_words import SENTENCES
from web.clock import now
from web.database import session
from web.desk import desk
from web.forms.accounts import ProvingForm
from web.login import SignedIn
from web.login import account as signed_in_account

blueprint = Blueprint("accounts", __name__)


def prove(email: str, password: str) -> Account | None:
    """Check a password and count a wrong one; None says no and never why.

    Commits what it counted. In between nothing is held: hashing takes a tenth of a second, and
    everybody else would wait for the lock on the database.
    """
    known, proof = _checked(email, password)
    account = settle(session(), desk(), known, proof, now())
    session().commit()
    return account


def knows_password(email: str, password: str) -> bool:
    """Check a password without letting anybody in; a wrong one counts, and that is committed."""
    known, proof = _checked(email, password)
    if not proof.matched:
        settle(session(), desk(), known, proof, now())
        session().commit()
    return proof.matched


def prove_again(form: ProvingForm) -> Account | None:
    """Check that the owner sits here: by the password, unless ORCID has shown it just now.

    A wrong password is said beside its field. ``web.orcid_proof.ways_for`` has seen the form.
    """
    if "password" not in form:
        return signed_in_account()
    proven = prove(signed_in_account().email, form.password.data)
    if proven is None:
        form.password.errors = [SENTENCES["wrong-password"]]
    return proven


def _checked(email: str, password: str) -> tuple[Known, Proof]:
    known = look_up(session(), email)
    session().rollback()
    return known, check(desk().passwords, known, password)


def enter(account: Account, *, remember: bool | None = None) -> None:
    """Sign an account in, with a fresh cookie; ``remember`` None keeps what was chosen before."""
    language, lasting = cookie.get("language"), cookie.permanent
    cookie.clear()
    if language:
        cookie["language"] = language
    login_user(SignedIn(account, roles_of(session(), account.id), None))
    cookie.permanent = lasting if remember is None else remember
