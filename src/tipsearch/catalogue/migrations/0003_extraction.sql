-- By what texts are recognised as the same: number of words, and the smallest hashes of them (32 bits each).
ALTER TABLE records ADD COLUMN words INTEGER;
ALTER TABLE records ADD COLUMN sketch BLOB;

-- Read from a picture; and positions of hyphens at line ends that nobody could tell yet (JSON, NULL where there are none).
ALTER TABLE pages ADD COLUMN ocr INTEGER NOT NULL DEFAULT 0;
ALTER TABLE pages ADD COLUMN breaks TEXT;

-- Text of pages that are pictures, by the file's content: an hour's work that no later reading may cost again.
CREATE TABLE ocr (
    sha256 TEXT NOT NULL,
    page INTEGER NOT NULL,
    reader TEXT NOT NULL,
    confidence REAL NOT NULL,
    text BLOB NOT NULL,
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
