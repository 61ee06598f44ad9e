"""What the search keeps beside its index: where words stand in an edition, in how many articles a word is, under which
rubrics a row is filed."""

from django.db import models

from .fields import CharField, TextField
from .languages import LANGUAGES


class SearchPlace(models.Model):
    """The beginning of a row of the search index, word for word, for the order by relevance.

    `row`: the number as in `Release.indexed_as`. `headline`, `summary`, `opening` (the first words of the body): a
    lemma for each word, in their order. `authors`: the ids of those whose names it prints, each between blanks.
    `counted`: whether `SearchWord` counts its words, which are those of a release that readers see.
    """

    row = models.BigIntegerField(primary_key=True)
    headline = TextField(blank=True)
    summary = TextField(blank=True)
    opening = TextField(blank=True)
    authors = TextField(blank=True)
    counted = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.row)


class SearchWord(models.Model):
    """How many articles that readers see hold a word, in each language; the empty word counts the articles.

    `word`: a lemma, as the index has it. `sound`: how it is read in Latin letters, about (`search.letters`).
    """

    language = CharField(max_length=2, choices=LANGUAGES)
    word = CharField(max_length=60, blank=True)
    sound = CharField(max_length=120, blank=True)
    number = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="searchword_once")]
        indexes = [models.Index(fields=["language", "sound"], name="searchword_sound")]

    def __str__(self) -> str:
        return f"{self.language} {self.word}: {self.number}"


class Filing(models.Model):
    """That a row of the search index is filed under a combination of rubrics (`search.filings.together`).

    `row`: as in `SearchPlace`; rows are in the order of publication.
    """

    pk = models.CompositePrimaryKey("rubrics", "row")
    rubrics = models.BigIntegerField()
    row = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.rubrics}: {self.row}"
