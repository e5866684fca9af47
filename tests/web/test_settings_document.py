"""docs/settings.md lists every setting with its default, and no other."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from web.config import Settings

TEXT = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \| .+ \|$", TEXT, re.MULTILINE))
# For tests alone; no environment variable sets it.
HIDDEN = {"testing"}
SHOWN = [field for field in fields(Settings) if field.name not in HIDDEN]


def test_every_setting_is_listed_and_nothing_else_is() -> None:
    assert list(ROWS) == [field.name.upper() for field in SHOWN]


@pytest.mark.parametrize("field", SHOWN, ids=lambda field: field.name)
def test_the_default_is_the_one_in_the_code(field: object) -> None:
    name = field.name  # type: ignore[attr-defined] # a dataclass's Field has no public type
    default, listed = getattr(Settings, name), ROWS[name.upper()]
    if default in ("", ()) or default is False:
        assert not re.fullmatch(r"`[^`]+`", listed), "code says there is no default"
    elif isinstance(default, tuple):
        assert listed == f"`{','.join(map(str, default))}`"
    elif name != "instance_dir":
        assert listed == f"`{default}`"


def test_settings_come_from_the_environment(tmp_path: Path) -> None:
    given = {
        "INSTANCE_DIR": str(tmp_path),
        "PORT": " 8123 ",
        "TRUSTED_HOSTS": "forum.example.org, .example.com,",
        "MAIL_USE_TLS": "Yes",
        "REMINDER_HOURS": "48, 2",
        "HOST": "",
        "TESTING": "1",
    }
    read = Settings.from_environment(given)
    assert (read.instance_dir, read.port, read.host) == (tmp_path, 8123, "127.0.0.1")
    assert read.trusted_hosts == ("forum.example.org", ".example.com")
    assert read.mail_use_tls
    assert read.reminder_hours == (48, 2)
    assert not read.testing


def test_a_value_that_cannot_be_read_names_its_variable() -> None:
    with pytest.raises(SystemExit, match=r"PORT is 'many'; it takes a whole number\."):
        Settings.from_environment({"PORT": "many"})
