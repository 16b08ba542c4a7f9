"""What goes in comes out: text of any kind, JSON, row changes."""

import math
import sqlite3

from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select

from faceorganizer.db.columns import AnyText, JsonText, decode_text, encode_text
from faceorganizer.db.journal import decode_changes, encode_changes
from faceorganizer.domain.changes import RowChange

ANY_TEXT = st.text(st.characters())  # surrogates included
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=6,
)
LOOKS_LIKE_A_TAG = st.fixed_dictionaries({"base64": ANY_TEXT}) | st.fixed_dictionaries({"json": JSON})
VALUES = st.dictionaries(ANY_TEXT, JSON | st.binary() | LOOKS_LIKE_A_TAG, max_size=4)
CHANGES = st.builds(
    RowChange,
    st.sampled_from(["person", "face", "descriptor", "setting"]),
    st.tuples(st.integers()) | st.tuples(st.integers(), st.integers()),
    st.none() | VALUES,
    st.none() | VALUES,
)


@given(ANY_TEXT)
@example("\udcff")
@example("\udcc3\udca9")  # surrogate escapes that would join into a valid character
@example("\ud800")
@example("a\0b")
def test_text_survives_sqlite(text):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (x TEXT)")
    connection.execute("INSERT INTO t VALUES (?)", [encode_text(text)])
    (stored,) = connection.execute("SELECT x FROM t").fetchone()
    connection.close()
    assert decode_text(stored) == text


@given(ANY_TEXT, ANY_TEXT)
def test_different_texts_stay_different(first, second):
    assert (encode_text(first) == encode_text(second)) == (first == second)


@settings(max_examples=50)
@given(ANY_TEXT, JSON)
@example("1", 12345678901234567890)
@example("1e5", "007")
@example("", math.inf)
def test_columns_give_back_what_was_stored(text, value):
    table = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("a", AnyText), Column("b", JsonText))
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(insert(table), [{"a": text, "b": value}])
        row = connection.execute(select(table)).one()
        assert (row.a, row.b) == (text, value)
        assert repr(row.b) == repr(value)
        assert connection.execute(select(table.c.id).where(table.c.a == text)).scalar() == 1
    engine.dispose()


@given(st.lists(CHANGES, max_size=5))
def test_row_changes_survive_the_journal(changes):
    assert decode_changes(encode_changes(changes)) == changes
