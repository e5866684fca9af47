"""Files between the page that checks them and the page that takes them in.

Each lies in the instance folder, readable by its owner only, under a name that cannot be guessed,
and is removed when it was taken in or after an hour.
"""

import re
import secrets
import time
from pathlib import Path

from werkzeug.datastructures import FileStorage
from werkzeug.utils import secure_filename

from web.config import settings

_FOLDER = "uploads"
_SECONDS = 3600
_NAME = re.compile(r"[0-9a-f]{32}-[A-Za-z0-9_.-]{1,80}")


def keep(file: FileStorage) -> str:
    """Keep a file; return the name to find it by."""
    folder = _folder()
    _drop_old(folder)
    name = f"{secrets.token_hex(16)}-{secure_filename(file.filename or '')[-80:] or 'file'}"
    path = folder / name
    path.touch(mode=0o600)
    file.save(path)
    return name


def find(name: str) -> Path | None:
    """Find a file that was kept; None when there is none, or no longer."""
    if not _NAME.fullmatch(name):
        return None
    path = _folder() / name
    return path if path.is_file() else None


def shown_name(name: str) -> str:
    """Give the name that the file had where it came from."""
    return name.partition("-")[2]


def drop(name: str) -> None:
    """Remove a file."""
    path = find(name)
    if path is not None:
        path.unlink(missing_ok=True)


def drop_all() -> None:
    """Remove every file."""
    for path in _folder().iterdir():
        path.unlink(missing_ok=True)


def _folder() -> Path:
    folder = settings().instance_dir / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _drop_old(folder: Path) -> None:
    oldest = time.time() - _SECONDS
    for path in folder.iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
