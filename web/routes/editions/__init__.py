"""The pages of editions, one file for each part of them."""

from web.routes.editions import (  # noqa: F401 - each hangs its pages on the blueprint
    check_in,
    directory,
    duplicates,
    joining,
    no_shows,
    people,
    people_columns,
    people_import,
    people_list,
    reading,
)
from web.routes.editions.base import blueprint

__all__ = ["blueprint"]
