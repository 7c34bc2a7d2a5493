"""manage.py search QUERY: the hits as a table, or as JSON (docs/query-language.md)."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from corpus_app.catalog.days import say_day
from corpus_app.outages import describe_outage
from search import EngineUnreachableError, QueryError, SearchRequest, SearchResult, run_search
from search.presentation.statement import write_statement
from search.request import MATCHES, SORTS, UNITS
from search.result import Hit

EXIT_BAD_QUERY = 2
DEFAULT_LIMIT = 20


def read_limit(value: str) -> int | None:
    """Return a number of hits, None for all."""
    if value == "all":
        return None
    number = int(value)
    if number < 0:
        raise ValueError(value)
    return number


def guard_query(arguments: Sequence[str], options: Collection[str]) -> list[str]:
    """Return the arguments so that argparse takes neither -信访 nor -date for an option.

    guard_query(["-信访", "--sort", "-date"], {"--sort"}) == ["--sort=-date", "--", "-信访"]
    """
    left: list[str] = []
    queries: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            return [*left, "--", *queries, *waiting]
        if argument == "--sort":
            left.append(f"{argument}={next(waiting, '')}")
        elif argument.startswith("-") and argument.partition("=")[0] not in options:
            queries.append(argument)
        else:
            left.append(argument)
    return [*left, "--", *queries] if queries else left


class Command(BaseCommand):
    """Search the corpus."""

    help = "检索讲话：按检索式列出命中的讲话或章节"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments of the contract."""
        parser.add_argument("query", metavar="QUERY")
        parser.add_argument("--unit", choices=UNITS, default="speech")
        parser.add_argument("--match", choices=MATCHES, default="auto")
        parser.add_argument("--sort", choices=SORTS, default="relevance")
        parser.add_argument("--limit", type=read_limit, default=DEFAULT_LIMIT, metavar="N|all")
        parser.add_argument("--json", action="store_true")

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Return a parser that knows a query from an option."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parse, options = parser.parse_known_args, parser._option_string_actions

        def parse_guarded(args: Sequence[str] | None = None, namespace: Any = None) -> Any:
            return parse(guard_query(args or (), options), namespace)

        parser.parse_known_args = parse_guarded  # type: ignore[method-assign, assignment]
        return parser

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the hits, or the place and reason of a bad query and exit 2."""
        limit: int | None = options["limit"]
        request = SearchRequest(
            text=options["query"],
            unit=options["unit"],
            sort=options["sort"],
            match=options["match"],
            per_page=limit,
        )
        try:
            if not request.text.strip():
                raise QueryError(0, _("检索式是空的"))
            result = run_search(request, leads=True)
        except QueryError as error:
            self._refuse(error, as_json=options["json"])
        except EngineUnreachableError as error:
            raise CommandError(describe_outage("engine")) from error
        if options["json"]:
            self.stdout.write(json.dumps(to_json(result), ensure_ascii=False))
        else:
            self._print_table(result)

    def _refuse(self, error: QueryError, *, as_json: bool) -> None:
        if as_json:
            content = {"error": {"position": error.position, "reason": error.reason}}
            self.stderr.write(json.dumps(content, ensure_ascii=False))
        else:
            message = _("检索式第 %(position)s 个字符处有误：%(reason)s")
            self.stderr.write(message % {"position": error.position + 1, "reason": error.reason})
        sys.exit(EXIT_BAD_QUERY)

    def _print_table(self, result: SearchResult) -> None:
        summary = _("%(total)s 条命中（%(understood)s），用时 %(took)s 毫秒")
        self.stdout.write(
            summary
            % {"total": result.total, "understood": result.understood, "took": result.took_ms}
        )
        for number, hit in enumerate(result.hits, start=1):
            day = say_day(hit.date, hit.day.kind)
            self.stdout.write(f"\n{number:>3}  [{name_place(hit)}]  {day:<10}  {hit.title}")
            self.stdout.write(f"     {mark_snippet(hit)}")
        if not result.total:
            self.stdout.write(f"\n{write_statement(result)}\n")
        for advice in (*result.leads, *result.advice):
            count = "" if advice.count is None else _("（%(count)s 条）") % {"count": advice.count}
            self.stdout.write(f"  · {advice.text}{count}")
        if result.stale:
            self.stderr.write(_("索引缺失或已过期，结果可能不全，请运行 rebuild_corpus_index。"))


def name_place(hit: Hit) -> str:
    """Return the speech's id with the section's key."""
    return f"{hit.speech_id}#{hit.section_key}" if hit.section_key else f"{hit.speech_id}"


def mark_snippet(hit: Hit) -> str:
    """Return the snippet with 【】 around what was found."""
    return "".join(f"【{piece.text}】" if piece.marked else piece.text for piece in hit.pieces)


def to_json(result: SearchResult) -> dict[str, Any]:
    """Return the contract's object, with what was understood and whether the index is stale."""
    return {
        "query": result.request.text,
        "total": result.total,
        "hits": [
            {
                "speech": hit.speech_id,
                "section": hit.section_key,
                "title": hit.title,
                "date": hit.date or None,
                "date_kind": hit.day.kind or None,
                "score": round(hit.score, 4),
                "snippet": hit.snippet,
                "path": [step.label for step in hit.path],
                "organisation": hit.organisation or None,
                "completeness": hit.completeness,
                "has_gap": hit.has_gap,
            }
            for hit in result.hits
        ],
        "took_ms": result.took_ms,
        "understood": result.understood,
        "runs": [asdict(run) for run in result.runs],
        "searched": asdict(result.searched),
        "stale": result.stale,
    }
