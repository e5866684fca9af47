"""What an organiser sets for a round, kept with it so that it can be repeated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from models import Edition
from services.errors import ServiceError

Fair = Literal["none", "left", "right", "both"]


class BoundsCross(ServiceError):
    """The least number of partners is above the most."""

    code = "bounds-cross"

    def __init__(self, least: int, most: int) -> None:
        super().__init__(f"Least is {least} and most is {most}: least may not be above most.")


class UnknownFairness(ServiceError):
    """A round can be fair to one side, to both or to none."""

    code = "unknown-fairness"


@dataclass(frozen=True)
class RoundParameters:
    """Bounds for people who set none, promises to those who start, and the seed of every choice.

    ``fair`` names the side whose worst-off person is raised. ``changes`` holds what was tried for
    single people, by profile id: so many partners ``more`` at most, or ``less`` at least.
    """

    least: int
    most: int
    seed: int = 0
    worth: float = 0.0
    fair: Fair = "none"
    least_early_career: int | None = None
    least_newcomers: int | None = None
    changes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most:
            raise BoundsCross(self.least, self.most)
        if self.fair not in get_args(Fair):
            raise UnknownFairness(f"Fair to {self.fair!r}? Choose none, left, right or both.")


def parameters_for(
    edition: Edition,
    *,
    least: int | None = None,
    most: int | None = None,
    seed: int = 0,
    fair: Fair = "none",
) -> RoundParameters:
    """Give the parameters of a round of this edition: its bounds by default, and its promises.

    Raises
    ------
    BoundsCross
        When least is above most.
    """
    return RoundParameters(
        least=edition.least_partners if least is None else least,
        most=edition.most_partners if most is None else most,
        seed=seed,
        fair=fair,
        least_early_career=edition.least_early_career,
        least_newcomers=edition.least_newcomers,
    )
