"""The labelled passages about persons: figures to hold. Collected only where the shared corpus is."""

from tests.benchmarks.persons_bench import SHARED, scores

if (SHARED / "corpus/persons-dev.jsonl").exists():

    def test_the_figures_on_the_passages_about_persons() -> None:
        """Recall, precision, questions, passages wholly right; no mark where none is due."""
        table = scores()
        whole = table["all"]
        assert whole["recall"] >= 0.97
        assert whole["precision"] >= 0.985
        assert whole["asked_recall"] >= 0.9
        assert whole["right"] >= 0.93
        assert table["negatives"] == 0
