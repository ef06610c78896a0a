"""The reference engine: the contract in plain Python, for tests and for reading; slow on purpose.

It keeps the documents in one JSON file and looks at every one of them for every query. Each line can be checked by eye,
so its match sets are the ones that other engines are compared with. Its scores are a plain tf-idf.
"""

from tipsearch.engines.memory.engine import MemoryEngine

__all__ = ["MemoryEngine"]
