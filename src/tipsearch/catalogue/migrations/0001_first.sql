-- What was found where.
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    location BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    added TEXT NOT NULL
);

-- One row a file that was ever seen; the path as the operating system's bytes.
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    sha256 TEXT,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    issues TEXT NOT NULL,
    media_type TEXT NOT NULL,
    reader TEXT NOT NULL,
    duplicate_of INTEGER REFERENCES files (id),
    run_id INTEGER NOT NULL REFERENCES runs (id)
);
CREATE INDEX files_sha256 ON files (sha256);
CREATE INDEX files_duplicate_of ON files (duplicate_of);

-- One row a bibliographic item that readers see. Ids are never reused: a removed one keeps its row, `composed` empty.
-- `seq` grows with every change, so that an engine that holds all up to one number can be told the rest.
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL UNIQUE,
    record_id INTEGER,
    composed BLOB
);

-- What one file says about one item.
CREATE TABLE records (
    id INTEGER PRIMARY KEY,
    file_id INTEGER NOT NULL REFERENCES files (id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    document_id TEXT NOT NULL,
    outline TEXT NOT NULL,
    page_count INTEGER NOT NULL
);
CREATE INDEX records_file_id ON records (file_id);
CREATE INDEX records_document_id ON records (document_id);

-- Names under which an item is known: URLs, titles of cards without one.
CREATE TABLE keys (
    record_id INTEGER NOT NULL REFERENCES records (id),
    key TEXT NOT NULL,
    PRIMARY KEY (key, record_id)
) WITHOUT ROWID;
CREATE INDEX keys_record_id ON keys (record_id);

CREATE TABLE facts (
    record_id INTEGER NOT NULL REFERENCES records (id),
    number INTEGER NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    origin TEXT NOT NULL,
    weight REAL NOT NULL,
    evidence TEXT NOT NULL,
    PRIMARY KEY (record_id, number)
) WITHOUT ROWID;
CREATE INDEX facts_field ON facts (field, value);

-- Text, compressed with zlib.
CREATE TABLE pages (
    record_id INTEGER NOT NULL REFERENCES records (id),
    number INTEGER NOT NULL,
    label TEXT,
    language TEXT,
    needs_ocr INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    text BLOB NOT NULL,
    PRIMARY KEY (record_id, number)
);

-- What librarians decided; nothing is overwritten, a later row for the same field counts.
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL,
    field TEXT NOT NULL,
    "values" TEXT,
    author TEXT NOT NULL,
    made TEXT NOT NULL
);
CREATE INDEX decisions_document_id ON decisions (document_id);

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT,
    version TEXT NOT NULL,
    report TEXT
);
