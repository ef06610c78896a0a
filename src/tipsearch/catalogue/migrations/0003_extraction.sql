-- By what texts are recognised as the same: number of words, and the smallest hashes of them (32 bits each).
ALTER TABLE records ADD COLUMN words INTEGER;
ALTER TABLE records ADD COLUMN sketch BLOB;
CREATE TABLE bands (
    band INTEGER NOT NULL,
    record_id INTEGER NOT NULL REFERENCES records (id),
    PRIMARY KEY (band, record_id)
) WITHOUT ROWID;
CREATE INDEX bands_record_id ON bands (record_id);
CREATE TABLE alike (
    record_id INTEGER NOT NULL REFERENCES records (id),
    other_id INTEGER NOT NULL REFERENCES records (id),
    PRIMARY KEY (record_id, other_id)
) WITHOUT ROWID;
CREATE INDEX alike_other_id ON alike (other_id);

-- What a record's addresses say that it is; `document_id` is what it was found to be the same as.
ALTER TABLE records ADD COLUMN item TEXT NOT NULL DEFAULT '';
UPDATE records SET item = document_id;
CREATE INDEX records_item ON records (item);

-- The file's name as links to it are compared with (`catalogue.linking.file_name`).
ALTER TABLE files ADD COLUMN name TEXT;
CREATE INDEX files_name ON files (name);

-- Read from a picture; and positions of hyphens at line ends that nobody could tell yet (JSON, NULL where there are none).
ALTER TABLE pages ADD COLUMN ocr INTEGER NOT NULL DEFAULT 0;
ALTER TABLE pages ADD COLUMN breaks TEXT;

-- Text of pages that are pictures, by the file's content: an hour's work that no later reading may cost again. The reason
-- says why a page could not be read; it is empty for one that was.
CREATE TABLE ocr (
    sha256 TEXT NOT NULL,
    page INTEGER NOT NULL,
    reader TEXT NOT NULL,
    confidence REAL NOT NULL,
    text BLOB NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (sha256, page)
) WITHOUT ROWID;

-- Content that a parser died of, and how often: twice, and it is set aside until there is another parser.
CREATE TABLE crashes (
    sha256 TEXT NOT NULL,
    parser TEXT NOT NULL,
    count INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (sha256, parser)
) WITHOUT ROWID;
