"""An annotated article in the vocabulary of schema.org, for search engines and archives.

https://schema.org, as JSON-LD. Every key is a constant; texts of a sidecar are values. There is no
`ClaimReview` and no rating, which say more than an annotation does.
"""

from typing import Any, TypeAlias

from mkdocs_annotate.anchoring.anchors import Anchor
from mkdocs_annotate.exchange.publication import PublishedArticle
from mkdocs_annotate.model.links import doi_link
from mkdocs_annotate.model.sources import Author, Source
from mkdocs_annotate.model.vocabulary import Kind, Vocabulary

Json: TypeAlias = dict[str, Any]

CONTEXT = "https://schema.org"

_ARTICLES = {
    "news": "ReportageNewsArticle",
    "analysis": "AnalysisNewsArticle",
    "opinion": "OpinionNewsArticle",
    "background": "BackgroundNewsArticle",
    "review": "ReviewNewsArticle",
    "interview": "NewsArticle",
    "statement": "CreativeWork",
    "speech": "CreativeWork",
    "law": "Legislation",
    "sponsored": "AdvertiserContentArticle",
    "satire": "SatiricalArticle",
    "documentation": "TechArticle",
}

# IPTC NewsCodes, genre: http://cv.iptc.org/newscodes/genre/.
_GENRES = {
    "analysis": "Analysis",
    "background": "Background",
    "opinion": "Opinion",
    "review": "Review",
    "interview": "Interview",
}

_SOURCES = {
    "article": "Article",
    "article-journal": "ScholarlyArticle",
    "article-newspaper": "NewsArticle",
    "bill": "Legislation",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "legislation": "Legislation",
    "map": "Map",
    "post": "SocialMediaPosting",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
"""The types of CSL that schema.org has a type for; others are a `CreativeWork`."""

# schema.org has `backstory` for articles alone, and these are none.
_NO_ARTICLES = ("CreativeWork", "Legislation")

_FREE = {"free": True, "subscription": False}


def schema_org(article: PublishedArticle, vocabulary: Vocabulary) -> Json:
    """Return the page as a work with its sources as `citation` and its notes as `comment`.

    Ids are whole addresses where the page's own is known, else they begin with `#`, which holds
    inside the page.  Cost: linear in the annotations.
    """
    return _Page(article, vocabulary).json()


class _Page:
    """One page that is exported."""

    def __init__(self, article: PublishedArticle, vocabulary: Vocabulary) -> None:
        self.article = article
        self.vocabulary = vocabulary
        self.cited = article.cited()

    def json(self) -> Json:
        about = self.article.article
        original = self.article.sources.get(about.based_on)
        # The type of an article that annotates another is that other one's.
        type_ = "background" if original else about.type
        page: Json = {"@context": CONTEXT, "@type": _ARTICLES.get(type_, "Article")}
        if self.article.address:
            page |= {"@id": self.article.address, "url": self.article.address}
        page["headline"] = self.article.title
        page |= _present(
            inLanguage=self.article.language,
            genre=_genre(type_),
            backstory="" if page["@type"] in _NO_ARTICLES else about.backstory,
        )
        if original:
            page["isBasedOn"] = self._original(original, about.type)
        if about.corrections:
            page["correction"] = [
                {"@type": "CorrectionComment", "datePublished": str(one.date), "text": one.text}
                for one in about.corrections
            ]
        citations = [self._source(key) for key in self.cited if key in self.article.entries]
        comments = [
            self._comment(anchor) for anchor in self.article.anchors if self._has_words(anchor)
        ]
        return page | _present(citation=citations, comment=comments)

    def _original(self, source: Source, type_: str) -> Json:
        work = self._work(source)
        if type_:
            work["@type"] = _ARTICLES[type_]
        return work | _present(genre=_genre(type_) or source.genre)

    def _source(self, key: str) -> Json:
        return {"@id": self._id(self.article.entry(key)), **self._work(self.cited[key])}

    def _work(self, source: Source) -> Json:
        work: Json = {"@type": _SOURCES.get(source.type, "CreativeWork"), "name": source.title}
        work |= _present(
            author=[_person(one) for one in source.author],
            editor=[_person(one) for one in source.editor],
            translator=[_person(one) for one in source.translator],
        )
        if source.publisher:
            work["publisher"] = {"@type": "Organization", "name": source.publisher}
        if source.container:
            work["isPartOf"] = {"@type": "CreativeWork", "name": source.container}
        doi = doi_link(source.doi)
        work |= _present(
            # It has no word for a date that isn't sure.
            datePublished=str(source.date.certain or "") if source.date else "",
            url=self.article.address_of(source),
            sameAs=doi.address if doi and source.url else "",
            archivedAt=self.article.whole(source.archive_url),
            genre=source.genre,
            inLanguage=source.language,
        )
        if source.access in _FREE:
            work["isAccessibleForFree"] = _FREE[source.access]
        return work

    def _has_words(self, anchor: Anchor) -> bool:
        """Return whether an annotation says more than where its passage can be checked."""
        return bool(anchor.annotation.note) or self._kind(anchor).group.shows_word

    def _kind(self, anchor: Anchor) -> Kind:
        return self.vocabulary.kind(anchor.annotation.kind)

    def _comment(self, anchor: Anchor) -> Json:
        annotation, kind = anchor.annotation, self._kind(anchor)
        comment: Json = {
            "@type": "Comment",
            "@id": self._id(f"{self.article.mark(anchor)}--note"),
            "additionalType": kind.iri,
            "keywords": [kind.id, *filter(None, [annotation.technique, *annotation.tags])],
        }
        if annotation.note:
            comment |= {"text": annotation.note, "encodingFormat": "text/markdown"}
        if annotation.by:
            comment["author"] = self._author(annotation.by)
        if annotation.date:
            comment["dateCreated"] = str(annotation.date)
        keys = dict.fromkeys(citation.source for citation in annotation.sources)
        cited = [
            {"@id": self._id(self.article.entries[k])} for k in keys if k in self.article.entries
        ]
        comment |= _present(citation=cited)
        comment["about"] = self._passage(anchor)
        return comment

    def _author(self, by: str) -> Json:
        person = self.article.person(by)
        known = _present(jobTitle=person.role, url=self.article.whole(person.url))
        return {"@type": "Person", "name": person.name, **known}

    def _passage(self, anchor: Anchor) -> Json:
        place, annotation = anchor.ranges[0], anchor.annotation
        words = self.article.text[place.start : place.end]
        quoted = annotation.voice == "quoted"
        return {
            "@type": "Quotation" if quoted else "CreativeWork",
            "@id": self._id(self.article.mark(anchor)),
            "text": words,
            **_present(spokenByCharacter=annotation.speaker if quoted else ""),
        }

    def _id(self, id_: str) -> str:
        return f"{self.article.address}#{id_}"


def _person(one: Author) -> Json | str:
    """Return a person; only a name that was taken apart is known to be one's."""
    if not one.given:
        return one.family
    named = {"givenName": one.given, "familyName": one.family, "name": str(one)}
    return {"@type": "Person", **named}


def _genre(type_: str) -> str:
    return f"http://cv.iptc.org/newscodes/genre/{_GENRES[type_]}" if type_ in _GENRES else ""


def _present(**values: Any) -> Json:
    """Return those of `values` that are not empty; their names are those of schema.org."""
    return {name: value for name, value in values.items() if value}
