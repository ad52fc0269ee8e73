"""The programs that render articles: Python-Markdown, MkDocs, ProperDocs, Zensical."""
