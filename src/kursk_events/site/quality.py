"""Stub."""
from markupsafe import Markup
from kursk_events.site.render import Page
def explorer_page(records): return Page("explorer.md","Explorer",Markup("<h1>Explorer</h1>"))
def explorer_assets(records): return ()
def quality_page(records, docs): return Page("quality.md","Data quality",Markup("<h1>Quality</h1>"),wide=False)
