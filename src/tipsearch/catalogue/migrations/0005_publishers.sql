-- Publishers that aren't in the authority list, by document: the key by which spellings are compared, the name as spelt
-- there, the key of the acronym that it gives in brackets, whether a librarian chose it, and the name shown for them all.
CREATE TABLE publishers (
    document_id TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    spelling TEXT NOT NULL,
    acronym TEXT NOT NULL,
    decided INTEGER NOT NULL,
    shown TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX publishers_key ON publishers (key);
CREATE INDEX publishers_acronym ON publishers (acronym);
