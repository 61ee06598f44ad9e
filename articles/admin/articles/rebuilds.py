"""What an act rebuilds: the stored pages, as the page of the act lists them before it is done."""

from articles import pagemap, publishing
from articles.models import Article

from ..works.page import KINDS
from .act_forms import ActForm, PublishForm
from .acts import Act


def rebuilds(article: Article, act: Act, form: ActForm) -> list[tuple[str, str]]:
    """Return the pages that the act stores anew, each with what it is, in the order of their addresses."""
    if not act.rebuilds:
        return []
    live_at = form.moment if isinstance(form, PublishForm) else None
    paths = sorted(publishing.rebuilt_pages(article, form.at, live_at=live_at))
    targets = ((path, pagemap.read_address(path)) for path in paths)
    return [(path, str(KINDS[target.kind])) for path, target in targets if target is not None]
