-- Kinds of publication are tags with an origin, as regions and topics are.
UPDATE documents SET composed = CAST(json_set(
    CAST(composed AS TEXT), '$.types',
    json((SELECT json_group_array(json_object('value', value, 'origin', 'source'))
          FROM json_each(CAST(documents.composed AS TEXT), '$.types')))) AS BLOB)
WHERE composed IS NOT NULL;

-- By which vocabularies and rules a record's facets were told (`enrich.fingerprint`); another one, and they are told anew
-- from the catalogue's own text.
ALTER TABLE records ADD COLUMN tagger TEXT NOT NULL DEFAULT '';
