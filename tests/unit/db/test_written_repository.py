from faceorganizer.db.repositories.written import PacketChange, WrittenRecord, packet_changes


def test_what_was_written_is_kept_and_taken_back(database, make):
    with database.write() as unit:
        make.photo(unit, "a.jpg")
        (file,) = unit.files.of_root(make.root(unit))
    record = WrittenRecord(None, file.id, "sidecar", {"mwg": [["Ann", 0.1]]}, None, b"<x/>" * 100)
    with database.write("write metadata") as unit:
        (number,) = unit.written.put([record])
    with database.write() as unit:
        unit.written.note_states([(number, 400, 5)])
    with database.read() as unit:
        (kept,) = unit.written.of_files([file.id])
        assert (kept.added, kept.former, kept.packet, kept.size) == (record.added, None, record.packet, 400)
        changes = unit.steps.changes(unit.steps.to_undo().id)
    assert packet_changes(changes, undoing=True) == [PacketChange(number, file.id, "sidecar", record.packet, None)]
    assert packet_changes(changes, undoing=False) == [PacketChange(number, file.id, "sidecar", None, record.packet)]
    with database.write("write metadata") as unit:
        unit.written.put([WrittenRecord(number, file.id, "sidecar", {}, record.packet, b"<y/>")])
    for wanted in (b"<x/>" * 100, None):
        with database.write() as unit:
            unit.steps.undo(unit.steps.to_undo().id)
        with database.read() as unit:
            assert [row.packet for row in unit.written.of_files()] == ([] if wanted is None else [wanted])
    with database.write() as unit:
        unit.steps.redo(unit.steps.to_redo().id)
    with database.read() as unit:
        assert [row.packet for row in unit.written.of_files([file.id])] == [record.packet]


def test_a_folder_that_is_removed_takes_its_records_along(database, make):
    with database.write() as unit:
        make.photo(unit, "a.jpg")
        (file,) = unit.files.of_root(make.root(unit))
    with database.write("write metadata") as unit:
        unit.written.put([WrittenRecord(None, file.id, "file", {}, None, b"x")])
    with database.write() as unit:
        unit.roots.remove(file.root)
    with database.write() as unit:
        unit.steps.undo(unit.steps.to_undo().id)
        assert unit.written.of_files() == []
