"""Matrix products on one thread.

Public: ``one_blas_thread()``.

On a busy machine the threads of a matrix product wait for one another in a loop, which trebles the
CPU time and saves none; and a request of a web process gains nothing from a second core.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from threadpoolctl import ThreadpoolController


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Let matrix products use one thread, and put the setting back after."""
    with _controller().limit(limits=1, user_api="blas"):
        yield


@cache
def _controller() -> ThreadpoolController:
    # looking through the loaded libraries takes some milliseconds
    return ThreadpoolController()
