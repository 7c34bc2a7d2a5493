"""What a reader asks of a spread: a search, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from search.request import Params
from search.study.request import StudyRequest, read_studied


@dataclass(frozen=True, slots=True)
class SpreadRequest(StudyRequest):
    """The spread of what is searched for."""

    @classmethod
    def from_params(cls, params: Params) -> SpreadRequest:
        """Read the search's parameters."""
        return cls(search=read_studied(params))
