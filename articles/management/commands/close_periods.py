"""Close the archive's periods: those that have ended, or one that is named."""

from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.baking import close_periods, run_now, trouble
from articles.models import JobRun, Site
from articles.pagemap import bounds

FORMS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


class Command(BaseCommand):
    help = "Close the days, months and years that have ended and were not closed yet; or the one named, again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        one = parser.add_mutually_exclusive_group()
        one.add_argument("--day", help="such as 2024-03-25")
        one.add_argument("--month", help="such as 2024-03")
        one.add_argument("--year", help="such as 2024")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        named = [(period, options[period]) for period in FORMS if options[period]]
        today = at.astimezone(Site.current().zone).date()
        runs = [run_now(f"close_{period}", _key(period, text, today), at) for period, text in named]
        runs = runs or close_periods(at)
        for run in runs:
            self.stdout.write(_told(run))
        if not runs:
            self.stdout.write("Every period that has ended is closed.")
        if any(run.state != "done" for run in runs):
            raise CommandError("Not everything could be closed; it is tried again.")


def _key(period: str, text: str, today: date) -> str:
    form = FORMS[period]
    try:
        key = f"{datetime.strptime(text, form):{form}}"  # noqa: DTZ007  a date, no moment
    except ValueError as error:
        raise CommandError(f"--{period} is {text!r}; expected such as {datetime(2024, 3, 25):{form}}.") from error  # noqa: DTZ001
    _first, last = bounds(*map(int, key.split("-")))
    if last >= today:  # closed now, it would not be closed again when it has ended
        raise CommandError(f"The {period} {key} has not ended yet.")
    return key


def _told(run: JobRun) -> str:
    named = f"{run.job} {run.key}"
    if run.state != "done":
        return f"{named}: {run.state}, {trouble(run)}"
    if run.job == "follow_dates":
        return f"{named}: {run.detail['articles']} articles to be relabelled"
    if run.job == "verify_pages":
        return f"{named}: {run.detail['stored_anew']} pages stored anew, {run.detail['removed']} removed"
    if run.job == "clear_out":
        return f"{named}: {run.detail['cleared']} rows cleared"
    articles, pages = run.detail["articles"], run.detail["pages"]
    return (
        f"{named}: {sum(articles.values())} articles, {sum(pages.values())} pages, "
        f"{run.detail['wrong_counts']} counts put right, {run.detail['seconds']} s"
    )
