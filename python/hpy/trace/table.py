# python/hpy/trace/table.py: the figures of a recording as text.

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Dict, List, Mapping, Sequence

if TYPE_CHECKING:
    from .recording import Figures

# What sorts the rows; the largest comes first, but names come in their order.
SORTS: Dict[str, Callable[[Figures], Any]] = {
    "time": lambda row: (-row.duration, -row.calls, row.name),
    "calls": lambda row: (-row.calls, -row.duration, row.name),
    "mean": lambda row: (-mean(row), row.name),
    "name": lambda row: row.name,
}
NO_CALLS = "no module in trace mode called an HPy function"
INCLUSIVE = "A time includes all that is called inside: Python code, and HPy functions that this code calls."


def format_tables(tables: Mapping[str, Sequence[Figures]], sort: str, limit: int) -> str:
    """The tables that have figures, by the heads of their first columns, with `limit` rows each; 0 for all."""
    if sort not in SORTS:
        raise ValueError(f"a table sorted by {sort!r}: it is sorted by {', '.join(SORTS)}")
    if limit < 0:
        raise ValueError(f"a table of {limit} rows: give 0 for all, or a number from 1 on")
    texts = [table(head, figures, sort, limit) for head, figures in tables.items() if figures]
    return "\n\n".join([*texts, INCLUSIVE]) if texts else NO_CALLS


def table(head: str, figures: Sequence[Figures], sort: str, limit: int) -> str:
    """One table.

    HPy function  calls  time ms  % time  ns/call
    ctx_Add       1,000    0.402    70.9      402
    total         1,004    0.567   100.0      565
    """
    rows = sorted(figures, key=SORTS[sort])
    shown = rows[:limit] if limit else rows
    calls, duration = sum(row.calls for row in rows), sum(row.duration for row in rows)
    lines = [[head, "calls", "time ms", "% time", "ns/call"]]
    lines += [cells(row.name, row.calls, row.duration, duration) for row in shown]
    lines.append(cells("total", calls, duration, duration))
    text = align(lines)
    if len(shown) < len(rows):
        text.insert(-1, f"({len(rows) - len(shown)} more)")
    return "\n".join(text)


def cells(name: str, calls: int, duration: int, total: int) -> List[str]:
    share = 100 * duration / total if total else 0.0
    return [name, f"{calls:,}", f"{duration / 1e6:,.3f}", f"{share:.1f}", f"{duration / calls:,.0f}" if calls else "-"]


def mean(row: Figures) -> float:
    return row.duration / row.calls if row.calls else 0.0


def align(lines: Sequence[Sequence[str]]) -> List[str]:
    """The first column to the left, the numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*lines)]
    return [
        "  ".join([line[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(line[1:], widths[1:])])
        for line in lines
    ]
