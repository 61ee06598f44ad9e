"""Natural persons: a family name or a pseudonym that was found, and the words beside it and in the article."""

from articles.footnotes.rules.persons.judging import PersonHit, ReadPeople, find_people, judge_people, read_people
from articles.footnotes.rules.persons.verdicts import PERSON_RULES

__all__ = ["PERSON_RULES", "PersonHit", "ReadPeople", "find_people", "judge_people", "read_people"]
