-- What librarians decided about words of sources (tags, categories) that no vocabulary knows, or knows wrongly: for all
-- documents that carry them, now and later. `word` is folded for comparing, `spelt` as it was typed; else as `decisions`.
CREATE TABLE word_decisions (
    id INTEGER PRIMARY KEY,
    word TEXT NOT NULL,
    spelt TEXT NOT NULL,
    field TEXT NOT NULL,
    "values" TEXT,
    author TEXT NOT NULL,
    made TEXT NOT NULL
);
