"""The text editor as the article's form shows it: with the scripts that its tools have in common."""

from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import ImportMap, Media, Script

# The tools import one another by these names: what a script is called when it is stored with a checksum is found here.
SHARED = ImportMap(
    {
        f"newsroom/{name}": f"articles/editor-tools/{name}.js"
        for name in ("form", "segments", "ground", "matches", "replace")
    }
)


class ArticleTextWidget(AdminProseEditorWidget):
    @property
    def media(self) -> Media:
        """Add to the editor's own scripts and import map."""
        lengths = Script("articles/editor-tools/lengths.js", type="module")
        return super().media + Media(js=[lengths], importmap=SHARED)
