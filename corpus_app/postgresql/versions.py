"""The version of what readers are shown: a number that every change draws anew, as on SQLite.

A transaction that changes a shown table puts one row with a number drawn at random into
corpus_version; the version is the sum of all such rows. A reader sees the row when it sees the
change, and no earlier; a change undone takes its row along. No transaction waits for another: each
writes its own row and removes only what nobody holds, so that few are ever there.
"""

from __future__ import annotations

from typing import Final

READ_VERSION: Final = "SELECT coalesce(sum(number), 0) FROM corpus_version"

PREPARE: Final = """
CREATE TABLE IF NOT EXISTS corpus_version (transaction bigint PRIMARY KEY, number bigint NOT NULL);
CREATE OR REPLACE FUNCTION draw_corpus_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    own constant bigint := pg_current_xact_id()::text::bigint;
    drawn constant bigint :=
        ('x' || left(replace(gen_random_uuid()::text, '-', ''), 12))::bit(48)::bigint;
BEGIN
    UPDATE corpus_version SET number = drawn WHERE transaction = own;
    IF NOT FOUND THEN
        INSERT INTO corpus_version VALUES (own, drawn);
        DELETE FROM corpus_version WHERE transaction IN (
            SELECT transaction FROM corpus_version WHERE transaction <> own
            FOR UPDATE SKIP LOCKED
        );
    END IF;
    RETURN NULL;
END
$$
"""

FOLLOW: Final = (
    "CREATE TRIGGER draw_corpus_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION draw_corpus_version()"
)
