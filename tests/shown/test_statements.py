"""The reader's statements answer what the plain rules say, in newsrooms drawn at random, around the moments at which
something begins or ends."""

import pytest

from .draws import draw
from .questions import every_question

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(1))
def test_it_says_what_the_plain_rules_say(seed: int) -> None:
    draw(seed)
    for question in every_question():
        assert question.ask() == question.expected, (question.statement, question.words)
