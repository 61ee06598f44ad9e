"""Accuracy on the labelled passages, for docs/performance.md; nothing where the passages are not there."""

from datetime import date

from tests.footnotes.test_starter_shared import SHARED, marked, passages, scorer

DAY = date(2025, 1, 1)
KINDS = {"MISS": "missed", "FALSE": "marked and should not be"}


def share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part} of {whole})" if whole else ""


def main() -> None:
    """Print a table by language and the errors by the passage's number."""
    if not (SHARED / "corpus/dev.jsonl").exists():
        return
    every = passages()
    print("| | recall of organizations | precision | marks on negatives | corrupted | house placement |")
    print("|---|---:|---:|---:|---:|---:|")
    listed: list[str] = []
    for title, languages in (("English", ("en",)), ("Russian", ("ru",)), ("together", ("en", "ru"))):
        gold = [one for one in every if one["lang"] in languages]
        out = {one["id"]: marked(one["input_text"], one["lang"], DAY)[0] for one in gold}
        total, groups, _, errors = scorer().score(gold, out, {})
        own, negative = groups["kind", "organisation"], groups["polarity", "negative"]
        print(
            f"| {title} | {share(own['found'], own['gold'])} | {share(total['true_marks'], total['marks'])} "
            f"| {negative['marks']} | {total['corrupted']} | {share(total['house_exact'], total['house'])} |"
        )
        listed = [f"{number}: {KINDS.get(kind, kind)}" for number, kind, _ in errors]
        persons = groups["kind", "person"]["gold"]
    print(f"\n{len(every)} passages as of {DAY.isoformat()}. Errors: {'; '.join(listed)}.")
    print(f"Among the missed are {persons} natural persons, of whom the starter registers hold none.")


if __name__ == "__main__":
    main()
