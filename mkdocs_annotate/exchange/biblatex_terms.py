"""The words of BibLaTeX: types of entries, languages, states of publication, and what we call them.

Source: the manual of BibLaTeX 3.20, chapters 2.1, 2.2.3, 4.9.2; names of CSL variables: 1.0.2.
"""

# Types of BibTeX and of BibLaTeX's manual, chapter 2.1; `misc` says nothing.
TYPES = {
    "article": "article-journal", "periodical": "periodical", "suppperiodical": "article-journal",
    "book": "book", "mvbook": "book", "manual": "book", "proceedings": "book",
    "mvproceedings": "book", "collection": "book", "mvcollection": "book", "reference": "book",
    "mvreference": "book", "booklet": "pamphlet", "inbook": "chapter", "bookinbook": "chapter",
    "suppbook": "chapter", "incollection": "chapter", "suppcollection": "chapter",
    "inreference": "entry-encyclopedia", "inproceedings": "paper-conference",
    "conference": "paper-conference", "report": "report", "techreport": "report",
    "thesis": "thesis", "phdthesis": "thesis", "mastersthesis": "thesis", "online": "webpage",
    "electronic": "webpage", "www": "webpage", "webpage": "webpage", "dataset": "dataset",
    "software": "software", "patent": "patent", "unpublished": "manuscript",
    "letter": "personal_communication", "movie": "motion_picture", "video": "motion_picture",
    "audio": "song", "music": "song", "artwork": "graphic", "image": "graphic",
    "legislation": "legislation", "jurisdiction": "legal_case", "legal": "treaty",
    "standard": "standard", "performance": "performance", "review": "review",
}  # fmt: skip
SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
GENRES = {
    "phdthesis": "PhD thesis", "mastersthesis": "Master's thesis", "mathesis": "Master's thesis",
    "bathesis": "Bachelor's thesis", "techreport": "Technical report",
    "resreport": "Research report", "candthesis": "Candidate thesis",
}  # fmt: skip
LANGUAGES = {
    "english": "en", "american": "en-US", "usenglish": "en-US", "british": "en-GB",
    "ukenglish": "en-GB", "german": "de", "ngerman": "de", "austrian": "de-AT",
    "naustrian": "de-AT", "swissgerman": "de-CH", "french": "fr", "francais": "fr",
    "spanish": "es", "portuguese": "pt", "brazilian": "pt-BR", "brazil": "pt-BR",
    "italian": "it", "dutch": "nl", "danish": "da", "swedish": "sv", "norwegian": "no",
    "norsk": "nb", "nynorsk": "nn", "finnish": "fi", "icelandic": "is", "polish": "pl",
    "czech": "cs", "slovak": "sk", "hungarian": "hu", "romanian": "ro", "greek": "el",
    "russian": "ru", "ukrainian": "uk", "turkish": "tr", "arabic": "ar", "hebrew": "he",
    "japanese": "ja", "chinese": "zh", "korean": "ko", "latin": "la", "catalan": "ca",
    "estonian": "et", "croatian": "hr", "serbian": "sr", "slovene": "sl", "slovenian": "sl",
    "bulgarian": "bg", "latvian": "lv", "lithuanian": "lt", "irish": "ga", "welsh": "cy",
    "vietnamese": "vi",
}  # fmt: skip
"""Languages as LaTeX calls them."""

STATES = {
    "inpreparation": "in preparation", "submitted": "submitted", "forthcoming": "forthcoming",
    "inpress": "in press", "prepublished": "forthcoming",
}  # fmt: skip
"""The words of `pubstate`, as dates."""

ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6",
    "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10",
}  # fmt: skip
"""Editions in words, which all styles of BibTeX want in English."""

VARIABLES = {
    "chapter": "chapter-number", "address": "publisher-place", "location": "publisher-place",
    "isbn": "ISBN", "issn": "ISSN", "version": "version", "part": "part",
    "eventtitle": "event-title", "venue": "event-place", "volumes": "number-of-volumes",
    "pagetotal": "number-of-pages", "shorttitle": "title-short", "shortjournal":
    "container-title-short", "keywords": "keyword", "abstract": "abstract", "pmid": "PMID",
    "pmcid": "PMCID", "annotation": "annote", "annote": "annote", "origtitle": "original-title",
    "origpublisher": "original-publisher", "origlocation": "original-publisher-place",
    "issuetitle": "volume-title",
}  # fmt: skip
"""Fields that have a variable of CSL, and none of ours."""

EPRINTS = {
    "jstor": "https://www.jstor.org/stable/", "hdl": "https://hdl.handle.net/",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/",
}  # fmt: skip
"""Where what `eprint` numbers is found, by the words of `eprinttype` other than `arxiv`."""

DATES = {"origdate": "original-date", "eventdate": "event-date"}
"""Dates that have a variable of CSL, and none of ours."""

PEOPLE = {
    "bookauthor": "container-author", "compiler": "compiler", "director": "director",
    "organizer": "organizer", "redactor": "collection-editor",
}  # fmt: skip
"""People that have a variable of CSL, and none of ours: fields, and kinds of editors."""
