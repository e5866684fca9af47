"""How Alembic reaches the database: on the connection that it is handed."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from models import SQLModel
from models.base import NormalText, TextList, UtcDateTime


def _render_item(type_: str, item: Any, _context: AutogenContext) -> str | Literal[False]:  # noqa: ANN401 - Alembic's signature
    """Write plain column types into migrations, so that they stand when the code moves on."""
    if type_ != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, TextList):
        return "sa.JSON()"
    if isinstance(item, NormalText) or type(item).__name__ == "AutoString":
        length = getattr(item, "length", None)
        return f"sa.String(length={length})" if length else "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=_render_item,
    compare_type=False,
)
with context.begin_transaction():
    context.run_migrations()
