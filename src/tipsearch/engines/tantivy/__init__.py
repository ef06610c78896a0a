"""tantivy, the default engine: embedded, compiled, one machine."""

from tipsearch.engines.tantivy.engine import TantivyEngine

__all__ = ["TantivyEngine"]
