"""A worker whose encoders need no weights, in a process of its own: it tells each batch it reads.

Takes the instance folder, the database's address and, where mails go out, a mail server's port.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from app import create_app
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.encoders import FloatMatrix
from services.shared_encoders import SharedEncoders
from tests.word_encoder import WordEncoder
from web.config import Settings
from web.worker import run


class TellingEncoder(WordEncoder):
    """Says on stdout how many texts it was given."""

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """Tell, and read."""
        sys.stdout.write(f"batch of {len(texts)}\n")
        sys.stdout.flush()
        return super().encode(texts)


def main(folder: str, address: str, mail_port: str = "") -> None:
    """Run until a signal."""
    app = create_app(
        Settings(
            instance_dir=Path(folder),
            database_url=address,
            mail_server="127.0.0.1" if mail_port else "",
            mail_port=int(mail_port or 25),
        )
    )
    run(app, SharedEncoders(DEFAULT_PLAN, TellingEncoder))


if __name__ == "__main__":
    main(*sys.argv[1:])
