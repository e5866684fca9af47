import numpy as np
import pytest
from threadpoolctl import threadpool_info

from matchmaking.threads import one_blas_thread


def _threads() -> set[int]:
    # the library is there as soon as numpy is
    assert np.ones((2, 2)).shape == (2, 2)
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_products_use_one_thread_inside_and_as_many_as_before_after() -> None:
    before = _threads()
    with one_blas_thread():
        assert _threads() == {1}
    assert _threads() == before


def test_the_setting_is_put_back_after_an_error() -> None:
    before = _threads()
    with pytest.raises(ValueError, match="stop"), one_blas_thread():
        raise ValueError("stop")
    assert _threads() == before
