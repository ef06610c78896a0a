"""What librarians decide: read and checked, carried out, listed, put into tables; and what still wants a decision."""

from tipsearch.catalogue.decisions import Decision
from tipsearch.decisions.desk import Desk, Outcome
from tipsearch.decisions.orders import Decided, FieldChange, Order, Wish
from tipsearch.decisions.review import Review
from tipsearch.decisions.wanted import Kind, Suggestion, Wanted

__all__ = [
    "Decided",
    "Decision",
    "Desk",
    "FieldChange",
    "Kind",
    "Order",
    "Outcome",
    "Review",
    "Suggestion",
    "Wanted",
    "Wish",
]
