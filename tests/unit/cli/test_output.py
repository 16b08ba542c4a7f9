"""What is printed: names of any kind, terminals and files, results and messages apart."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from program_calls import Call
from rich.console import Console

from faceorganizer.cli import people as people_commands
from faceorganizer.cli import progress, session
from faceorganizer.cli.session import Session, printable
from faceorganizer.domain.errors import CancelledError, StorageError, UsageError
from faceorganizer.library import Library
from faceorganizer.services.events import ScanAdvanced
from faceorganizer.services.people import TwoNamesError

REPO = Path(__file__).resolve().parents[3]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_terminal() -> tuple[Session, Terminal]:
    shown = Terminal()
    console = Console(file=shown, force_terminal=True, width=120, highlight=False, markup=False, emoji=False)
    return Session(err=console), shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 山 👩‍👧 a\u00a0b\u202fc\u3000d", "plain é 山 👩‍👧 a\u00a0b\u202fc\u3000d"),
        ("[red]x[/red] :smile:", "[red]x[/red] :smile:"),
        ("a\nb\tc\x1b[31m\x07\x7f\x9b", "a\ufffdb\ufffdc\ufffd[31m\ufffd\ufffd\ufffd"),
        ("\u202egpj.exe\u2066", "\ufffdgpj.exe\ufffd"),
        ("caf\udce9\ud800", "caf\ufffd\ufffd"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_instead(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_anything_can_be_printed_on_one_line(text: str) -> None:
    shown = printable(text)
    shown.encode()
    assert len(shown.splitlines()) <= 1
    assert printable(shown) == shown
    assert len(shown) == len(text)


@pytest.mark.parametrize("words", [("photos",), ("faces", "list"), ("people", "show", "1")])
def test_odd_names_are_neither_markup_nor_emoji_nor_lines(call: Call, library: Path, words: tuple[str, ...]) -> None:
    said = call(*words)
    assert said.code == 0
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out
    everything = call("photos").out + call("faces", "list").out
    for name in ("[red]x.jpg", ":smile:.jpg", "new\ufffdline.jpg", "\ufffd[31mred.jpg"):
        assert name in everything


def test_json_gives_every_name_back_exactly(call: Call, library: Path) -> None:
    paths = {row["path"] for row in call("photos", "--json").lines}
    on_disk = {str(path) for path in (library.parent / "photos").iterdir()}
    assert on_disk <= paths
    assert call("photos", "--json").out.isascii()


def test_a_person_with_markup_for_a_name_is_shown_so(call: Call, library: Path) -> None:
    assert call("people", "name", "1", "[bold]Ann[/bold] :heart:").code == 0
    assert "[bold]Ann[/bold] :heart:" in call("people", "list").out
    taken = call("people", "name", "2", "[bold]Ann[/bold] :heart:")
    assert "[bold]Ann[/bold] :heart:" in taken.err


def test_tables_line_up_by_width_on_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    Session().table(("Name", "N"), [("山田", 1), ("Ann", None), ("é", 22)])
    assert capsys.readouterr().out == "Name  N\n山田  1\nAnn\né     22\n"
    Session().table((), [])
    Session().table(("A", "B"), [])
    Session().table((), [("a", 1)])
    assert capsys.readouterr().out == "A  B\na  1\n"


def test_a_hundred_thousand_rows_take_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    Session().table(("A", "B"), ((number, f"/photos/{number}.jpg") for number in range(100_000)))
    assert capsys.readouterr().out.count("\n") == 100_001


def test_an_encoding_that_lacks_a_letter_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252"))
    Session().show("é 山")
    assert raw.getvalue().decode("cp1252").split() == ["é", "?"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told(library: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "faceorganizer", "people", "list"],
            stdout=full, stderr=subprocess.PIPE, text=True, cwd=REPO, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("faceorganizer: The results could not be written")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise there")
def test_a_reader_that_has_seen_enough_is_no_error(library: Path) -> None:
    command = [sys.executable, "-m", "faceorganizer", "settings", "list"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=REPO) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        done.stdout.close()
        assert done.stderr.read() == b""


def test_other_errors_of_stdout_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(sys, "stdout", Failing())
    with pytest.raises(StorageError, match="Input/output error"):
        Session().show("x")


def test_without_a_terminal_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    assert not Session().can_ask
    with pytest.raises(UsageError, match="--yes"):
        Session().confirm("Really?", "--yes")
    assert Session(yes=True).confirm("Really?", "--yes")
    asked, _ = on_terminal()
    assert asked.can_ask
    asked.as_json = True
    assert not asked.can_ask


@pytest.mark.parametrize(("typed", "answer"), [("y\n", True), ("n\n", False), ("what\ny\n", True)])
def test_questions_are_asked_on_a_terminal(monkeypatch: pytest.MonkeyPatch, typed: str, answer: bool) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    asked, _ = on_terminal()
    assert asked.confirm("Is it the same person?", "--merge") is answer


def test_an_end_of_input_cancels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    asked, _ = on_terminal()
    with pytest.raises(CancelledError):
        asked.confirm("Really?", "--yes")


def test_which_name_stays_is_chosen_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("7\nBob\n2\n"))
    asked, shown = on_terminal()
    error = TwoNamesError(["Ann", "[red]Bob"])
    assert asked.choose("Which name stays", error.names, otherwise=error) == "[red]Bob"
    assert "2  [red]Bob" in shown.getvalue()
    with pytest.raises(TwoNamesError):
        Session().choose("Which name stays", error.names, otherwise=error)


def test_a_merge_on_a_terminal_asks(library: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    call("people", "name", "1", "Ann")
    call("people", "name", "2", "Bob")
    monkeypatch.setattr(sys, "stdin", Terminal("2\n"))
    asked, _ = on_terminal()
    with monkeypatch.context() as patch:
        patch.setattr(people_commands, "session_of", lambda _: asked)
        people_commands.merge(None, ["Ann", "Bob"], None)  # type: ignore[arg-type]
    assert [person["name"] for person in call("people", "list", "--json").lines] == ["Bob"]


def test_progress_is_shown_on_a_terminal_only_and_never_on_stdout(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = ScanAdvanced(3, 10, 2, 1, 4.0, 75.0, "Looking for [red]faces")
    asked, shown = on_terminal()
    with Library.open(library) as opened, progress.shown_job(asked, opened) as job:
        job.report(3, 10, event.message)
        opened.events.publish(event)
        job.report(4, 10, event.message)
        asked.document({"a": 1})
        job.report(5, 10, "Grouping faces")
        job.report(10, None, "Grouping faces")
    assert json.loads(capsys.readouterr().out) == {"a": 1}
    assert "Looking for [red]faces" in shown.getvalue()
    assert "1 min 15 s left" in shown.getvalue()
    quiet = io.StringIO()
    silent = Session(err=Console(file=quiet))
    with Library.open(library) as opened, progress.shown_job(silent, opened) as job:
        job.report(3, 10, "Looking")
        opened.events.publish(event)
    assert quiet.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "0 s"), (59.6, "1 min 0 s"), (3600.0, "1 h 0 min"), (9e9, "2500000 h 0 min")]
)
def test_durations_are_told_in_words(seconds: float, words: str) -> None:
    assert progress._duration(seconds) == words


def test_a_command_without_a_session_is_a_bug() -> None:
    context = typer.Context(typer.main.get_command(typer.Typer(callback=lambda: None)))
    with pytest.raises(RuntimeError):
        session.session_of(context)
