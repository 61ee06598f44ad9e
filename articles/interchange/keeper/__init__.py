"""The desk's way for keepers' lists: a file is taken, compared, answered, planned, stored.

Each step can be gone on with by another person. What is stored is what was shown: a plan names the state that it was
made of, and is refused for any other.
"""

from .answers import accept_all, answer, answer_open, answers_to, confirm_names, open_rows
from .compare import compare, difference_of
from .layouts import keep_layouts, layouts_of
from .names import confirm_order, count_names, count_some, names_to_confirm, show_forms
from .plan import Plans, plan_of_file
from .refusing import faults_of, said
from .storing import beside, checked, drop, fresh, store_file
from .take import take

__all__ = [
    "Plans",
    "accept_all",
    "answer",
    "answer_open",
    "answers_to",
    "beside",
    "checked",
    "compare",
    "confirm_names",
    "confirm_order",
    "count_names",
    "count_some",
    "difference_of",
    "drop",
    "faults_of",
    "fresh",
    "keep_layouts",
    "layouts_of",
    "names_to_confirm",
    "open_rows",
    "plan_of_file",
    "said",
    "show_forms",
    "store_file",
    "take",
]
