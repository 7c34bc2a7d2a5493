"""What a subcorpus named in a query holds."""

from __future__ import annotations

from collections.abc import Callable

from django.http import QueryDict
from django.utils.translation import gettext as _

from corpus_app.subcorpora.models import Subcorpus
from search.errors import QueryError
from search.matching.limits import list_conditions
from search.query import parse_query
from search.query.nodes import And, InSubcorpus, Node, SpeechesPicked
from search.request import Match, SearchRequest

Reader = Callable[[Node, Match], Node]


def fill_subcorpus(leaf: InSubcorpus, read: Reader) -> InSubcorpus:
    """Return the leaf with its name and what it holds; read reads the runs of its own query.

    Raises QueryError where there is none of that token.
    """
    found = Subcorpus.objects.filter(token=leaf.token).first()
    if found is None:
        words = _("没有代号为“%(token)s”的子语料库，可能已经删除")
        raise QueryError(leaf.position, words % {"token": leaf.token[:40]})
    if found.is_picked:
        return InSubcorpus(leaf.token, found.name, SpeechesPicked(tuple(sorted(found.picked))))
    request = read_asked(found)
    try:
        tree = read(parse_query(request.text), request.match)
    except QueryError as error:
        raise QueryError(leaf.position, error.reason) from error
    return InSubcorpus(leaf.token, found.name, And((tree, *list_conditions(request))))


def read_asked(subcorpus: Subcorpus) -> SearchRequest:
    """Return the search that a subcorpus stands for."""
    return SearchRequest.from_params(QueryDict(subcorpus.asked))
