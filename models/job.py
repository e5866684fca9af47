"""Long work in the worker: how far it is, and whether a worker is there at all."""

from datetime import datetime

from sqlmodel import Field as Column

from models.base import SQLModel, UtcDateTime


class Job(SQLModel, table=True):
    """The state of one kind of long work that needs no row of its own, such as encoding."""

    __tablename__ = "job"

    name: str = Column(primary_key=True, max_length=40)
    state: str = Column(default="idle", max_length=12)
    done: int = Column(default=0)
    of: int = Column(default=0)
    problem: str = Column(default="", max_length=300)
    updated_at: datetime = Column(sa_type=UtcDateTime)


class WorkerHeartbeat(SQLModel, table=True):
    """One row: when the worker last said that it is there."""

    __tablename__ = "worker_heartbeat"

    id: int = Column(default=1, primary_key=True)
    seen_at: datetime = Column(sa_type=UtcDateTime)
