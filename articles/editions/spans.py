"""The cells of a table that stretch over columns and rows: as far as there are such, and never over one another."""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

STEPS = 50  # for each cell, on average: a table whose cells stretch over more than that is none of an article


@dataclass
class Cell:
    """`columns`, `rows`: how many of them it stretches over. `column`: where it begins."""

    at: int
    columns: int
    rows: int
    column: int = 0


Group = list[list[Cell]]  # the rows of a head or body; one without a cell goes


def settle(groups: list[Group]) -> None:
    """Correct how far the cells stretch: not into another, not over the end of their group, and over no column in
    which no cell begins. In a table that cannot be laid out in steps as many as it is long, no cell stretches."""
    cells = [cell for group in groups for row in group for cell in row]
    if all(cell.columns == cell.rows == 1 for cell in cells):
        return
    steps = STEPS * len(cells)
    for group in groups:
        steps = lay_out(group, steps)
        if steps < 0:
            for cell in cells:
                cell.columns = cell.rows = 1
            return
    begun = sorted({cell.column for cell in cells})
    for cell in cells:
        first = bisect_left(begun, cell.column)
        cell.columns = bisect_left(begun, cell.column + cell.columns) - first


def lay_out(group: Group, steps: int) -> int:
    """Give each cell of a group its column, as a browser does, and return how many of the steps are left."""
    kept = [0, *accumulate(1 if row else 0 for row in group)]
    until: dict[int, int] = {}  # column → the first row in which it is free again
    for number, row in enumerate(group):
        column = 0
        for cell in row:
            while until.get(column, 0) > number:
                column += 1
                steps -= 1
            cell.column = column
            last = min(number + cell.rows, len(group))
            cell.rows = kept[last] - kept[number]
            for wide in range(cell.columns):
                if until.get(column, 0) > number:
                    cell.columns = wide
                    break
                until[column] = last
                column += 1
                steps -= 1
                if steps < 0:
                    return steps
    return steps
