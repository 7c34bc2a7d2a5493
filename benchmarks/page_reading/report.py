"""The figures of a run as tables on the terminal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from benchmarks.page_reading.scoring import (
    VERDICTS,
    Score,
    draw_interval,
    list_figures,
    list_verdicts,
    share,
)


def print_set(name: str, scores: Sequence[Score]) -> None:
    """Print all figures of one set of pages."""
    figures = list_figures(scores)
    families = len({score.family for score in scores})
    print(f"\n{name}: {len(scores)} pages of {families} families")
    for verdict in VERDICTS:
        low, high = draw_interval(scores, verdict)
        print(f"  fields {verdict:<8} {figures[verdict]:>7.2%}  (95 %: {low:.2%} to {high:.2%})")
    if any(score.size for score in scores):
        _print_body(figures)
    for field, verdicts in list_verdicts(scores).items():
        shares = " / ".join(f"{share(verdicts, verdict):6.1%}" for verdict in VERDICTS)
        print(f"    {field:<13} {shares}  of {verdicts.total()}")


def _print_body(figures: Mapping[str, float]) -> None:
    print(f"  body lost       {figures['lost']:>7.3%}  outside flagged places")
    print(f"  body flagged    {figures['flagged']:>7.3%}")
    print(f"  noise left      {figures['left']:>7.3%}  of the body's characters")
    print(f"  completeness    {figures['completeness']:>7.2%}  right")
    print(f"  false truncated {figures['false_truncated']:>7.2%}")
    print(f"  gaps            {figures['gaps']:>7.2%}  right")


def print_carriers(scores: Sequence[Score], carriers: Mapping[str, str]) -> None:
    """Print the same by what carries the pages; so much is told of families aside, too."""
    groups: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        groups[carriers[score.family]].append(score)
    _print_rows("carrier", groups)


def print_families(scores: Sequence[Score]) -> None:
    """Print right, missing, wrong, lost and left of each family, the worst first."""
    groups: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        groups[score.family].append(score)
    _print_rows("family", groups)


def _print_rows(kind: str, groups: Mapping[str, Sequence[Score]]) -> None:
    rows = {name: list_figures(group) for name, group in groups.items()}
    print(f"\n{kind:<32} right missing  wrong   lost   left")
    for name, row in sorted(rows.items(), key=lambda item: item[1]["right"]):
        figures = " ".join(f"{row[key]:6.1%}" for key in (*VERDICTS, "lost", "left"))
        print(f"{name:<32} {figures}")
