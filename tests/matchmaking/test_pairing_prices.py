import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.pairing import Bounds
from matchmaking.pairing_flow import Network, solve_flow
from matchmaking.pairing_prices import Prices, central_prices, extreme_prices


def network_of(seed: int, size: int = 8) -> Network:
    rng = np.random.default_rng(seed)
    n, m = rng.integers(1, size, 2)
    pairs = np.argwhere(rng.random((n, m)) < rng.choice([0.3, 0.8, 1.0])).astype(np.int32)
    least_left, least_right = rng.integers(0, 3, n), rng.integers(0, 3, m)
    return Network(
        pairs[:, 0],
        pairs[:, 1],
        rng.integers(-5, 20, len(pairs)),
        Bounds(least_left, least_left + rng.integers(0, 3, n)),
        Bounds(least_right, least_right + rng.integers(0, 3, m)),
        penalty=400,
    )


def assert_proves(network: Network, prices: Prices) -> None:
    """Complementary slackness: together with feasibility it is a proof of optimality."""
    flow = solve_flow(network)
    rest = network.values - prices.left[network.rows] - prices.right[network.columns]
    assert (rest[flow.chosen] >= 0).all()
    assert (rest[~flow.chosen] <= 0).all()
    for bounds, people, short, price in (
        (network.left, network.rows, flow.short_left, prices.left),
        (network.right, network.columns, flow.short_right, prices.right),
    ):
        degree = np.bincount(people[flow.chosen], minlength=len(bounds.least))
        assert (degree + short >= bounds.least).all()
        assert (degree <= bounds.most).all()
        assert (price[degree < bounds.most] <= 0).all()
        assert (price[degree > bounds.least] >= 0).all()
        assert (price[short > 0] == -network.penalty).all()
        assert (price[bounds.most > 0] >= -network.penalty).all()


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6))
def test_prices_prove_the_flow_optimal(seed: int) -> None:
    network = network_of(seed)
    assert_proves(network, extreme_prices(network, solve_flow(network)))
    assert_proves(network, central_prices(network, solve_flow(network)))


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6))
def test_extreme_prices_are_the_highest_on_the_left(seed: int) -> None:
    network = network_of(seed)
    flow = solve_flow(network)
    extreme, central = extreme_prices(network, flow), central_prices(network, flow)
    assert (extreme.left >= central.left).all()
    assert (extreme.right <= central.right).all()


def test_the_size_of_prices_leaves_out_people_who_take_no_part() -> None:
    assert Prices(np.array([-3.0, np.inf]), np.array([1.0, 2.0])).size == 5.0


def test_nobody_has_no_prices() -> None:
    nobody = Bounds(np.zeros(0, int), np.zeros(0, int))
    empty = np.zeros(0, np.int32)
    network = Network(empty, empty, empty.astype(np.int64), nobody, nobody, 1)
    assert central_prices(network, solve_flow(network)).left.shape == (0,)
