"""Asks queries in a process that works on another data folder.

python -m tests.operations.asking ask|finish    reads queries as JSON, prints the answers; finish
ends a restoration before. CORPUS_DATA_DIR is the folder.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def answer(queries: list[str]) -> list[Any]:
    """Return all hits of each query, in both units."""
    import search

    answers = []
    for text in queries:
        for unit in ("speech", "section"):
            request = search.SearchRequest(text=text, unit=unit, per_page=None)  # type: ignore[arg-type]
            result = search.run_search(request)
            hits = [
                [h.speech_id, h.section_key, h.title, h.date, round(h.score, 6), h.snippet]
                for h in result.hits
            ]
            answers.append([result.total, hits])
    return answers


def main() -> None:
    import os

    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "corpus_app.settings"
    django.setup()
    from django.core.management import call_command

    if sys.argv[1] == "finish":
        call_command("restore", "-", "--finish")
    print(json.dumps(answer(json.load(sys.stdin))))


if __name__ == "__main__":
    main()
