"""Where articles get rendered: Python-Markdown, MkDocs, ProperDocs, Zensical."""
