"""The catalogue's tables for SQLAlchemy Core; the migrations make them, a test compares the two."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("location", LargeBinary, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("added", Text, nullable=False),
)

files = Table(
    "files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", LargeBinary, nullable=False, unique=True),
    Column("source_id", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("mtime_ns", Integer, nullable=False),
    Column("inode", Integer, nullable=False),
    Column("sha256", Text),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("issues", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("duplicate_of", Integer),
    Column("run_id", Integer, nullable=False),
    Column("name", Text),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("record_id", Integer),
    Column("composed", LargeBinary),
)

records = Table(
    "records",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_id", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("document_id", Text, nullable=False),
    Column("outline", Text, nullable=False),
    Column("page_count", Integer, nullable=False),
    Column("words", Integer),
    Column("sketch", LargeBinary),
    Column("item", Text, nullable=False),
    Column("tagger", Text, nullable=False, server_default=""),
)

bands = Table(
    "bands",
    metadata,
    Column("band", Integer, primary_key=True),
    Column("record_id", Integer, primary_key=True),
)

alike = Table(
    "alike",
    metadata,
    Column("record_id", Integer, primary_key=True),
    Column("other_id", Integer, primary_key=True),
)

keys = Table(
    "keys",
    metadata,
    Column("record_id", Integer, primary_key=True),
    Column("key", Text, primary_key=True),
)

facts = Table(
    "facts",
    metadata,
    Column("record_id", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("field", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("weight", Float, nullable=False),
    Column("evidence", Text, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("record_id", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("label", Text),
    Column("language", Text),
    Column("needs_ocr", Boolean, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("ocr", Boolean, nullable=False),
    Column("breaks", Text),
)

ocr = Table(
    "ocr",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("reader", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("reason", Text, nullable=False),
)

crashes = Table(
    "crashes",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("parser", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("reason", Text, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("values", Text),
    Column("author", Text, nullable=False),
    Column("made", Text, nullable=False),
)

word_decisions = Table(
    "word_decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("word", Text, nullable=False),
    Column("spelt", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("values", Text),
    Column("author", Text, nullable=False),
    Column("made", Text, nullable=False),
)

publishers = Table(
    "publishers",
    metadata,
    Column("document_id", Text, primary_key=True),
    Column("key", Text, nullable=False),
    Column("spelling", Text, nullable=False),
    Column("acronym", Text, nullable=False),
    Column("decided", Boolean, nullable=False),
    Column("shown", Text, nullable=False),
)

identity = Table("identity", metadata, Column("id", Text, nullable=False))

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", Text, nullable=False),
    Column("finished", Text),
    Column("version", Text, nullable=False),
    Column("report", Text),
)
