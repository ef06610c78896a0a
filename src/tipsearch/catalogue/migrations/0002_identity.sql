-- Tells one catalogue from another: an index that was made from another one must not answer for this.
CREATE TABLE identity (
    id TEXT NOT NULL
);
INSERT INTO identity VALUES (lower(hex(randomblob(16))));
