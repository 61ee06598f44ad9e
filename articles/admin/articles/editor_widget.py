"""The text editor as the article's form shows it: with the scripts that its tools have in common."""

from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import ImportMap, Media, Script

TOOLS = "articles/editor-tools"
# The tools import one another by these names: what a script is called when it is stored with a checksum is found here.
NAMES = ("form", "segments", "ground", "matches", "replace", "photos", "figure-marks", "figure-dialog")
SHARED = ImportMap({f"newsroom/{name}": f"{TOOLS}/{name}.js" for name in NAMES})
# Fetched at once with the page, not one after the other as each names the next.
FETCHED = [Script(f"{TOOLS}/{name}.js", type="module") for name in (*NAMES, "lengths")]


class ArticleTextWidget(AdminProseEditorWidget):
    @property
    def media(self) -> Media:
        """Add to the editor's own scripts and import map."""
        return super().media + Media(js=FETCHED, importmap=SHARED)
