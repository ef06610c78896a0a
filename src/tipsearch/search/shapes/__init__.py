"""What the API answers, declared once: made by `tipsearch.search.json`, described by the OpenAPI document, read by the client.

Every key is always there. Text is plain text plus spans in characters (code points), never HTML. Links are paths on the same host.
"""

from tipsearch.search.shapes.common import (
    DocumentLinks,
    Record,
    Shape,
)
from tipsearch.search.shapes.documents import (
    Basis,
    Evidence,
    FullDocument,
    FullDocumentLinks,
    PageEntry,
    PageLinks,
    PageText,
    RoleWithEvidence,
    Section,
    SimilarDocument,
    SimilarDocuments,
    SimilarLinks,
    TagWithEvidence,
)
from tipsearch.search.shapes.found import (
    Answer,
    AnswerLinks,
    Expansion,
    FacetLinks,
    FacetValue,
    FacetValues,
    FoundValue,
    Part,
    Passage,
    Query,
    RegionTag,
    Result,
    RoleTag,
    Suggestion,
    Suggestions,
    TopicTag,
)
from tipsearch.search.shapes.problem import (
    ParameterProblem,
    Problem,
)

__all__ = [
    "Answer",
    "AnswerLinks",
    "Basis",
    "DocumentLinks",
    "Evidence",
    "Expansion",
    "FacetLinks",
    "FacetValue",
    "FacetValues",
    "FoundValue",
    "FullDocument",
    "FullDocumentLinks",
    "PageEntry",
    "PageLinks",
    "PageText",
    "ParameterProblem",
    "Part",
    "Passage",
    "Problem",
    "Query",
    "Record",
    "RegionTag",
    "Result",
    "RoleTag",
    "RoleWithEvidence",
    "Section",
    "Shape",
    "SimilarDocument",
    "SimilarDocuments",
    "SimilarLinks",
    "Suggestion",
    "Suggestions",
    "TagWithEvidence",
    "TopicTag",
]
