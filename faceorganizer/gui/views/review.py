"""One question after the other, answered by keys."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError, UnknownIdError
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.review import AreSame, HoldsTwo, IsPerson, Question, QuestionKey, WhoIs
from faceorganizer.domain.sightings import Sighting
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import Decision, plain
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.reading import Reading
from faceorganizer.gui.steps import step_in_words
from faceorganizer.gui.views.blank import BlankPage
from faceorganizer.gui.views.context import LargeFace, PhotoContext
from faceorganizer.gui.views.faces import FaceGrid
from faceorganizer.gui.views.flow import FlowLayout
from faceorganizer.gui.views.grid import HEADING
from faceorganizer.gui.views.names import NameField, begin_typing, complete_with, known_names
from faceorganizer.gui.views.place import Place
from faceorganizer.gui.views.questions import (
    BEST_FACES,
    Card,
    about,
    candidates_of,
    card_of,
    concerns,
    likelihood_of,
    percent_of,
    words_of,
)

AHEAD: Final = 8  # questions that are ready to be shown at once
_YES: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_NO: Final = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
_GLANCE: Final = 0.4  # seconds that a question is to be seen before an answer counts, if it was waited for
_UNBOUND: Final = 16_777_215  # Qt's QWIDGETSIZE_MAX, which PySide leaves out
_ONE_ROW: Final = HEADING + theme.SMALL_TILE + 2 * theme.UNIT
_FLAGS: Final = QItemSelectionModel.SelectionFlag


@dataclass(frozen=True, slots=True)
class _Answered:
    """A card that was answered, as far back as undo leads.

    Attributes:
        stored: Whether the library was changed; not by putting off.
        faces: How many the answer settled.
        settled: Whether the question was; not by what is done to a single face of it.
    """

    card: Card
    stored: bool
    faces: int
    settled: bool = True


@dataclass(frozen=True, slots=True)
class _Queue:
    about: PersonId | None
    questions: list[Question]


class ReviewPlace(Place):
    """The question that settles most faces, then the next one. The next ones are read while this one is shown."""

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self.heading.setText(self.tr("Review"))
        self._left: dict[QuestionKey, Question] = {}  # without the one that is shown
        self._done_keys: set[QuestionKey] = set()
        self._card: Card | None = None
        self._coming: dict[QuestionKey, Card] = {}
        self._about: PersonId | None = None
        self._answered: list[_Answered] = []
        self._taken_back: list[_Answered] = []
        self._candidate_buttons: list[QPushButton] = []
        self._known = self._glancing = self._waited = False
        self._kept = ""  # typed before the question was there
        self._seen_from = 0.0  # when somebody can have read the question
        self._reading = Reading(environment.background, self._come, self._unread, self)
        self._filling = Reading(environment.background, self._cards_come, self._cards_lost, self)
        self._build()
        environment.thumbnails.ready.connect(self._repaint)

    @property
    def current(self) -> Question | None:
        """The question that is shown."""
        return self._card.question if self._card is not None else None

    @property
    def questions(self) -> Sequence[Question]:
        """Those that come after it."""
        return list(self._left.values())

    def visit(self, number: int, others: Sequence[ContentId]) -> None:
        """Ask about one person only, or about everybody."""
        self.show_questions(PersonId(number) if number else None)

    def show_questions(self, person: PersonId | None) -> None:
        """Ask about one person only, or about everybody."""
        if person != self._about:
            self._about, self._card, self._known = person, None, False
            self._left, self._coming = {}, {}
        self.shown()

    def shown(self) -> None:
        """Ask anew what is worth asking; what was put off is asked again, but not after a glance at a photo."""
        if not self._glancing:
            self._done_keys.clear()
            self._answered.clear()
            self._taken_back.clear()
        self._glancing = False
        self._kept = ""
        self._show_page()
        self.reload()
        self._take_keys()

    def reload(self) -> None:
        """Read the queue; the question that is shown stays."""
        self._reading.ask(partial(_read, self.environment, self._about))

    def changed(self, changes: ChangeSet) -> None:
        """Something that was asked about may be settled."""
        if self.isVisible() and (changes.of("face") or changes.of("person")):
            self.reload()

    def actions_now(self) -> Mapping[str, Callable[[], None]]:
        """What can be said of the faces; here, undoing leads back to the question."""
        possible: dict[str, Callable[[], None]] = {}
        if self._answered or self._typing:
            possible["undo"] = self._undo
        if self._taken_back:
            possible["redo"] = self._redo
        if self._card is not None:
            possible["not-a-face"] = self._not_a_face
            if self._card.choosable:
                possible["ignore"] = self._ignore
            if self._group is not None and self.asked_model.rowCount() > 1:
                possible["split"] = self._split
        return possible

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Answer by keys."""
        if not self._answer_key(event):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Keys are heard at once."""
        super().showEvent(event)
        self._take_keys()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Escape leaves the name field; in the faces, keys answer as well."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if watched is self.name and event.key() == Qt.Key.Key_Escape:
            self.name.clear()
            self._take_keys()
            return True
        return watched is self.asked and self._answer_key(event)

    def _answer_key(self, event: QKeyEvent) -> bool:
        """Yes, no, later, a candidate, a face left out, or the first letter of a name."""
        key, text = event.key(), event.text()
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if self._card is None:
            return not held and self._waiting and self._keep(key, text)
        if not held and self._too_soon and (key in _YES or key in _NO or key == Qt.Key.Key_Space or text.isdigit()):
            self.told.emit(self.tr("The question has only just come: look, and press again."))
        elif held == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_Space:
            self._leave_out()
        elif held:
            return False
        elif key in _YES:
            self._yes()
        elif key in _NO:
            self._no()
        elif key == Qt.Key.Key_Space:
            self._later()
        elif text.isdigit() and text != "0":
            self._choose(int(text) - 1)
        elif text.isprintable() and text.strip() and self.name.isVisible():
            begin_typing(self.name, text)
        else:
            return False
        return True

    def _keep(self, key: int, text: str) -> bool:
        """Keep letters for the name field of the question that comes; no answer to it is taken before it is seen."""
        if key == Qt.Key.Key_Backspace and self._kept:
            self._kept = self._kept[:-1]
        elif key == Qt.Key.Key_Escape and self._kept:
            self._kept = ""
        elif text.isprintable() and ((text.strip() and not text.isdigit()) or (text and self._kept)):
            self._kept += text
        elif key in _YES or key in _NO or key == Qt.Key.Key_Space or text.isdigit():
            self.told.emit(self.tr("The next question is not there yet."))
        else:
            return False
        self._waited = True
        self._show_page()
        return True

    @property
    def _waiting(self) -> bool:
        """Whether a question is still being looked for."""
        return self._card is None and (not self._known or bool(self._left))

    @property
    def _too_soon(self) -> bool:
        """Whether nobody can have read the question, which came while keys were pressed."""
        return time.monotonic() < self._seen_from

    # What is read, in the background.

    def _come(self, queue: _Queue) -> None:
        if queue.about != self._about:
            return
        self._known = True
        self._offer()
        passed = self._done_keys if self._card is None else {*self._done_keys, self._card.question.key}
        self._left = left = {question.key: question for question in queue.questions if question.key not in passed}
        self._coming = {
            key: card for key, card in self._coming.items() if key in left and about(card.question) == about(left[key])
        }
        if self._card is None:
            self._show_next()
        self._fill()
        self._show_progress()

    def _unread(self, error: FaceOrganizerError) -> None:
        self.told.emit(plain(error))

    def _fill(self) -> None:
        """Read the next questions' faces, so that they are there when they are asked."""
        missing = [question for question in islice(self._left.values(), AHEAD) if question.key not in self._coming]
        if missing and not self._filling.busy:
            self._filling.ask(partial(_cards, self.environment, missing if self._card is not None else missing[:1]))

    def _cards_come(self, cards: list[Card]) -> None:
        self._coming |= {card.question.key: card for card in cards}
        for card in cards:
            if not card.faces:  # settled between two readings
                self._left.pop(card.question.key, None)
        if self._card is None:
            self._show_next()
        self._fill()
        self._want_faces()

    def _cards_lost(self, _error: FaceOrganizerError) -> None:
        """Somebody who is asked about is gone; the queue knows by now."""
        self.reload()

    # What is shown.

    def _show_next(self) -> None:
        """Show the first question that is left, if it is ready."""
        following = next(iter(self._left), None)
        card = self._coming.pop(following, None) if following is not None else None
        if card is not None:
            del self._left[card.question.key]
        self._show_card(card)

    def _show_card(self, card: Card | None) -> None:
        if card is not None and self._waited:
            self._seen_from = time.monotonic() + _GLANCE
        self._card = card
        self._waited = self._waiting
        self._show_page()
        if card is None:
            self._take_keys()
            self.possible.emit()
            return
        self.question.setText(words_of(card.question))
        self.likelihood.setText(likelihood_of(card.question))
        self.likelihood.setToolTip(percent_of(card.question))
        self.likelihood.setVisible(bool(self.likelihood.text()))
        self.asked_model.reset(card.asked)
        self.beside_model.reset(card.beside)
        self.beside.setVisible(bool(card.beside))
        # Two who are compared take the same room; a row is enough of somebody who is known.
        comparing = not card.choosable
        self.beside.setMaximumHeight(_UNBOUND if comparing else _ONE_ROW)
        policies = Qt.ScrollBarPolicy
        self.beside.setVerticalScrollBarPolicy(policies.ScrollBarAlwaysOn if comparing else policies.ScrollBarAlwaysOff)
        self.asked.set_tiles(theme.TILE, fitting=comparing)
        self.beside.set_tiles(theme.TILE if comparing else theme.SMALL_TILE, fitting=comparing)
        self._choose_faces(card)
        self._show_candidates(card.question)
        self._show_answers(card)
        self.name.clear()
        kept, self._kept = self._kept, ""
        if kept and card.choosable:
            begin_typing(self.name, kept)
        else:
            self._take_keys()
        self._show_progress()
        self.possible.emit()

    def _choose_faces(self, card: Card) -> None:
        """Select the faces an answer is for; the first face, which is the most doubtful one, is the one pointed at."""
        faces = card.faces
        single = len(faces) == 1
        self.large.setVisible(single)
        self.asked.setVisible(not single)
        self.large.show_sighting(faces[0] if single else None)
        modes = QAbstractItemView.SelectionMode
        self.asked.setSelectionMode(modes.MultiSelection if card.choosable else modes.NoSelection)
        self.asked.show_left_out(card.choosable)
        if card.choosable:
            self.asked.select_ids([sighting.face for sighting in faces if sighting.face in card.chosen])
        self.asked.selectionModel().setCurrentIndex(self.asked_model.index(0), _FLAGS.NoUpdate)
        self.asked.verticalScrollBar().setValue(0)
        self._show_context()

    def _show_context(self) -> None:
        index = self.asked.currentIndex()
        self.photo.show_sighting(self.asked_model.record(index) if index.isValid() else None)
        self._want_faces()

    def _show_candidates(self, question: Question) -> None:
        for button in self._candidate_buttons:
            button.hide()
            button.deleteLater()
        self._candidate_buttons = []
        candidates = candidates_of(question)
        if isinstance(question, IsPerson) and len(candidates) == 1:
            candidates = ()  # that is what yes says
        for place, candidate in enumerate(candidates):
            button = _answer_button(f"{candidate.name}  ({place + 1})")
            button.setToolTip(f"{candidate.probability:.0%}")
            button.setProperty("place", place)
            button.clicked.connect(self._candidate_clicked)
            self._candidates.addWidget(button)
            self._candidate_buttons.append(button)

    def _show_answers(self, card: Card) -> None:
        asks = not isinstance(card.question, WhoIs)
        self._yes_button.setVisible(asks)
        self._no_button.setVisible(asks)
        self.name.setVisible(card.choosable)
        self._ignore_button.setVisible(card.choosable)
        self._hint.setVisible(card.choosable and len(card.faces) > 1)
        self._split_button.setVisible(card.choosable and self._group is not None and len(card.faces) > 1)

    def _show_progress(self) -> None:
        left = len(self._left) + (self._card is not None)
        settled = sum(entry.settled and entry.stored for entry in self._answered)
        self.progress.setRange(0, max(1, settled + left))
        self.progress.setValue(settled)
        if self._about is None:
            self.counted.emit(left)
        self._count.setText(self.tr("%n left", "", left) if left else "")

    def _show_page(self) -> None:
        """Show the question, or what is so when there is none."""
        self._stack.setCurrentIndex(0 if self._card is not None else 1)
        about_one = self._about is not None
        self._chip.setVisible(about_one)
        self._everybody.setVisible(about_one)
        if self._card is not None:
            return
        put_off = sum(not entry.stored for entry in self._answered)
        stored = [entry for entry in self._answered if entry.stored]
        waiting = self._waiting
        self._again.setVisible(not waiting and put_off > 0)
        self._people.setVisible(not waiting)
        if waiting:
            self._end.tell(self._kept, self.tr("Looking for what is worth asking…"))
        elif stored:
            said = self.tr("%n face(s) settled.", "", sum(entry.faces for entry in stored))
            later = "\n" + self.tr("%n question(s) put off.", "", put_off) if put_off else ""
            self._end.tell(self.tr("All done for now"), said + later)
        elif put_off:
            self._end.tell(self.tr("The rest can wait"), self.tr("%n question(s) put off.", "", put_off))
        else:
            text = self.tr("Questions come while photos are scanned and people are named.")
            self._end.tell(self.tr("Nothing to ask"), text)

    # Answers.

    @property
    def _group(self) -> PersonId | None:
        question = self.current
        return question.group if isinstance(question, IsPerson | WhoIs) else None

    @property
    def _typing(self) -> bool:
        return self.name.hasFocus() and self.name.isUndoAvailable()

    def _answer(self, work: Callable[..., ChangeSet] | None, faces: int = 0) -> None:
        """Settle the question and show the next one at once; what is to be done is done beside."""
        if self._card is None:
            return
        entry = _Answered(self._card, work is not None, faces)
        self._done_keys.add(self._card.question.key)
        self._note(entry, work)
        self._show_next()
        self._fill()
        self._show_progress()

    def _do_to_face(self, face: FaceId, work: Callable[..., ChangeSet]) -> None:
        """Something is said of one face of several: the question is about the others from then on."""
        if self._card is None:
            return
        if len(self._card.faces) < 2:
            self._answer(work, 1)
            return
        before, left_out = self._card, set(self.asked_model.ids) - set(self.asked.selected_ids())
        self._note(_Answered(before, True, 1, settled=False), work)
        after = before.without(face)
        row = max(0, min(self.asked.currentIndex().row(), len(after.faces) - 1))
        self._show_card(after)
        chosen = [sighting.face for sighting in after.faces if sighting.face not in left_out]
        self.asked.select_ids(chosen)
        self._point_at(row)

    def _note(self, entry: _Answered, work: Callable[..., ChangeSet] | None) -> None:
        self._answered.append(entry)
        self._taken_back.clear()
        if work is None:
            return
        decision = Decision(work, self.environment.background, self)
        decision.done.connect(self._decided)
        decision.failed.connect(partial(self._not_answered, entry))
        decision.cancelled.connect(partial(self._show_again, entry))
        decision.start()

    def _not_answered(self, entry: _Answered, error: FaceOrganizerError) -> None:
        """Somebody has gone meanwhile, which settles it; or the answer was refused, and is asked for again."""
        if isinstance(error, UnknownIdError):
            self._forget(entry)
            self.told.emit(self.tr("That was settled meanwhile."))
            self.reload()
        else:
            self._show_again(entry)
            self.told.emit(plain(error))

    def _forget(self, entry: _Answered) -> None:
        if entry in self._answered:
            self._answered.remove(entry)

    def _show_again(self, entry: _Answered) -> None:
        """Ask a question again; the one that is shown comes after it."""
        self._forget(entry)
        key = entry.card.question.key
        self._done_keys.discard(key)
        self._put_back(without=key)
        self._left.pop(key, None)
        self._show_card(entry.card)

    def _put_back(self, without: QuestionKey) -> None:
        """Let the question that is shown come next."""
        if self._card is not None and self._card.question.key != without:
            key = self._card.question.key
            self._coming[key] = self._card
            self._left = {key: self._card.question, **self._left}

    def _undo(self) -> None:
        """Take the last answer back, and ask again."""
        if self._typing:
            self.name.undo()
            return
        entry = self._answered[-1]
        if entry.stored:
            work = self.environment.library.undo
            self.environment.background.write(work, self._undone, self._not_walked)
        else:
            self._go_back()

    def _undone(self, changes: ChangeSet) -> None:
        self.told.emit(self.tr("Taken back: {step}").format(step=step_in_words(changes.step)))
        if self._answered:
            self._go_back()

    def _go_back(self) -> None:
        entry = self._answered[-1]
        self._show_again(entry)
        if entry.stored:
            self._taken_back.append(entry)
        self.possible.emit()

    def _redo(self) -> None:
        self.environment.background.write(self.environment.library.redo, self._redone, self._not_walked)

    def _redone(self, changes: ChangeSet) -> None:
        self.done.emit(changes.step)
        if not self._taken_back:
            return
        entry = self._taken_back.pop()
        self._answered.append(entry)
        if entry.settled:
            self._done_keys.add(entry.card.question.key)
        self._show_next()
        self._fill()

    def _not_walked(self, error: FaceOrganizerError) -> None:
        self.told.emit(plain(error))
        self._answered.clear()
        self._taken_back.clear()
        self.reload()

    def _yes(self) -> None:
        question, library = self.current, self.environment.library
        if isinstance(question, IsPerson):
            self._be(question.person)
        elif isinstance(question, AreSame):
            work = partial(library.people.merge, [question.first, question.second], name=question.names[0])
            self._answer(work, len(self.asked_model.ids))
        elif isinstance(question, HoldsTwo):
            work = partial(library.people.break_up, question.person, question.parts)
            self._answer(work, len(question.parts[1]))
        else:
            self.name.setFocus()

    def _no(self) -> None:
        question, library = self.current, self.environment.library
        if isinstance(question, IsPerson):
            faces = [*question.faces, *question.doubtful]
            self._answer(partial(library.faces.reject, faces, question.person), len(faces))
        elif isinstance(question, AreSame):
            self._answer(partial(library.review.different, question.first, question.second), len(self.asked_model.ids))
        elif isinstance(question, HoldsTwo):
            faces = [face for part in question.parts for face in part]
            self._answer(partial(library.review.one_person, question.person, question.parts), len(faces))

    def _later(self) -> None:
        self._answer(None)

    def _choose(self, place: int) -> None:
        candidates = candidates_of(self.current)
        if place < len(candidates):
            self._be(candidates[place].person)

    def _candidate_clicked(self) -> None:
        self._choose(self.sender().property("place"))

    def _be(self, person: PersonId) -> None:
        """The chosen faces are somebody."""
        question, faces, library = self.current, self._chosen(), self.environment.library
        if not faces:
            self.told.emit(self.tr("Choose faces first: click them."))
        elif isinstance(question, WhoIs) and len(faces) == len(question.faces):
            self._answer(partial(library.people.merge, [person, question.group]), len(faces))
        else:
            self._answer(partial(library.faces.confirm, faces, person), len(faces))

    def _chosen(self) -> list[FaceId]:
        return [FaceId(face) for face in self.asked.selected_ids()]

    def _name_typed(self) -> None:
        """Known names mean whoever has them."""
        text, question, faces = self.name.text().strip(), self.current, self._chosen()
        people = self.environment.library.people
        if not text or question is None:
            return
        if self._too_soon:
            self.told.emit(self.tr("The question has only just come: look, and press again."))
            return
        if not faces:
            self.told.emit(self.tr("Choose faces first: click them."))
        elif isinstance(question, WhoIs) and len(faces) == len(question.faces):
            self._answer(partial(people.name, question.group, text, same=True), len(faces))
        else:
            self._answer(partial(people.name_faces, faces, text, same=True), len(faces))

    def _ignore(self) -> None:
        """Nobody to be known; where no face is chosen, all of them are meant."""
        faces = self._chosen() or [FaceId(face) for face in self.asked_model.ids]
        self._answer(partial(self.environment.library.faces.ignore, faces), len(faces))

    def _not_a_face(self) -> None:
        if (face := self._pointed_at()) is not None:
            self._do_to_face(face, partial(self.environment.library.faces.not_a_face, [face]))

    def _split(self) -> None:
        face, group = self._pointed_at(), self._group
        if face is not None and group is not None:
            self._do_to_face(face, partial(self.environment.library.people.split, group, [face]))

    def _pointed_at(self) -> FaceId | None:
        index = self.asked.currentIndex()
        return self.asked_model.record(index).face if index.isValid() else None

    def _point_at(self, row: int) -> None:
        index = self.asked_model.index(row)
        self.asked.selectionModel().setCurrentIndex(index, _FLAGS.NoUpdate)
        self.asked.scrollTo(index)

    def _leave_out(self) -> None:
        """Leave the face that is pointed at out of the answer, or take it in again."""
        if self._card is not None and self._card.choosable:
            self.asked.selectionModel().select(self.asked.currentIndex(), _FLAGS.Toggle)

    def _ask_everybody(self) -> None:
        self.left_for.emit("review", 0)

    def _show_people(self) -> None:
        self.left_for.emit("people", 0)

    def _open_photo(self, photo: int) -> None:
        self._glancing = True
        self.left_for.emit("photo", photo)

    # Small things.

    def _take_keys(self) -> None:
        if self.isVisible():
            (self.asked if self.asked.isVisible() and self._card is not None else self).setFocus()

    def _offer(self) -> None:
        if not self.name.hasFocus():
            complete_with(self.name, known_names(self.environment.roster))

    def _repaint(self) -> None:
        self.large.update()

    def _want_faces(self) -> None:
        """What is seen first, then what the next questions need."""
        coming = list(self._coming.values())
        ahead = [("face", s.face) for card in coming for part in (card.asked, card.beside) for s in _first(part)]
        photos = [("photo", card.faces[0].photo) for card in coming if card.faces]
        beside = self.beside.wanted if self.beside.isVisible() else []
        self.environment.thumbnails.want([*self.asked.wanted, *self.photo.wanted, *beside, *ahead, *photos])

    # How it is built.

    def _build(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._count = QLabel()
        self.tools.addWidget(self._count)
        self._chip = QPushButton(self.tr("About one person  ✕"))
        self._chip.setAccessibleName(self.tr("Ask about everybody"))
        self._chip.clicked.connect(self._ask_everybody)
        self.tools.addWidget(self._chip)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Questions answered"))
        self._stack = QStackedLayout()
        self._stack.addWidget(self._made_sheet())
        self._stack.addWidget(self._made_end())
        self._stack.setCurrentIndex(1)
        self.content.addWidget(self.progress)
        self.content.addLayout(self._stack, 1)
        for before, after in ((self.name, self.asked), (self.asked, self)):
            self.setTabOrder(before, after)

    def _made_sheet(self) -> QWidget:
        thumbnails = self.environment.thumbnails
        self.question = QLabel()
        self.question.setFont(theme.sized(self.font(), 1.6, strong=True))
        self.likelihood = QLabel()
        self.likelihood.setObjectName("likelihood")
        self.asked = self._made_grid(FaceGrid(thumbnails, taking=True), self.tr("Faces in question"))
        self.asked_model = self.asked.sightings
        self.asked.installEventFilter(self)
        self.asked.selectionModel().currentChanged.connect(self._show_context)
        self.beside = self._made_grid(FaceGrid(thumbnails), self.tr("Faces to compare with"))
        self.beside_model = self.beside.sightings
        self.beside.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.beside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.large, self.photo = LargeFace(thumbnails), PhotoContext(thumbnails)
        self.photo.opened.connect(self._open_photo)
        words = QHBoxLayout()
        words.setSpacing(2 * theme.UNIT)
        words.addWidget(self.question)
        words.addWidget(self.likelihood, 0, Qt.AlignmentFlag.AlignVCenter)
        words.addStretch(1)
        faces = QVBoxLayout()
        for widget in (self.asked, self.large, self.beside):
            faces.addWidget(widget, 1)
        middle = QHBoxLayout()
        middle.addLayout(faces, 3)
        middle.addWidget(self.photo, 2)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(2 * theme.UNIT, theme.UNIT, 2 * theme.UNIT, 2 * theme.UNIT)
        column.setSpacing(theme.UNIT)
        column.addLayout(words)
        column.addLayout(middle, 1)
        column.addLayout(self._made_answers())
        return sheet

    def _made_answers(self) -> QVBoxLayout:
        self._yes_button = _answer_button(self.tr("Yes  (Enter)"), self._yes, primary=True)
        self._no_button = _answer_button(self.tr("No  (Delete)"), self._no)
        self._hint = QLabel(self.tr("Pale faces are left out: click one, or Ctrl+Space"))
        self._hint.setWordWrap(True)  # it is long in some languages, and must not keep the window wide
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.name = NameField()
        self.name.setPlaceholderText(self.tr("Type a name"))
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setMinimumWidth(15 * theme.UNIT)
        self.name.setMaximumWidth(28 * theme.UNIT)
        self.name.returnPressed.connect(self._name_typed)
        self.name.installEventFilter(self)
        self._candidates = FlowLayout()  # after the three answers
        for widget in (self._yes_button, self._no_button, _answer_button(self.tr("Later  (Space)"), self._later)):
            self._candidates.addWidget(widget)
        answers = QHBoxLayout()
        answers.setSpacing(theme.UNIT)
        answers.addLayout(self._candidates, 3)
        answers.addWidget(self.name, 1, Qt.AlignmentFlag.AlignTop)
        self._split_button = _answer_button(self.tr("Split Off  (Ctrl+E)"), self._split, link=True)
        links = FlowLayout()
        links.setSpacing(2 * theme.UNIT)
        self._ignore_button = _answer_button(self.tr("Ignore  (Ctrl+I)"), self._ignore, link=True)
        links.addWidget(self._ignore_button)
        links.addWidget(_answer_button(self.tr("Not a Face  (Ctrl+Backspace)"), self._not_a_face, link=True))
        links.addWidget(self._split_button)
        lesser = QHBoxLayout()
        lesser.setSpacing(2 * theme.UNIT)
        lesser.addLayout(links, 3)
        lesser.addWidget(self._hint, 2)
        rows = QVBoxLayout()
        rows.addLayout(answers)
        rows.addLayout(lesser)
        return rows

    def _made_end(self) -> BlankPage:
        self._again = QPushButton(self.tr("Ask Again What Was Put Off"))
        self._again.clicked.connect(self.shown)
        self._everybody = QPushButton(self.tr("Ask About Everybody"))
        self._everybody.clicked.connect(self._ask_everybody)
        self._people = QPushButton(self.tr("People"))
        self._people.clicked.connect(self._show_people)
        self._end = BlankPage(buttons=(self._again, self._everybody, self._people))
        return self._end

    def _made_grid(self, grid: FaceGrid, name: str) -> FaceGrid:
        grid.setAccessibleName(name)
        grid.seen.connect(self._want_faces)
        return grid


def _answer_button(
    text: str, answer: Callable[[], None] | None = None, *, primary: bool = False, link: bool = False
) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("primary", "true" if primary else "false")
    button.setProperty("link", "true" if link else "false")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # each has a key
    if answer is not None:
        button.clicked.connect(answer)
    return button


def _first(part: Mapping[str, list[Sighting]]) -> list[Sighting]:
    return [sighting for sightings in part.values() for sighting in sightings[:BEST_FACES]]


def _read(environment: Environment, person: PersonId | None) -> _Queue:
    questions = environment.library.review.queue()
    return _Queue(person, [q for q in questions if person is None or concerns(q, person)])


def _cards(environment: Environment, questions: Sequence[Question]) -> list[Card]:
    return [card_of(environment.library, question) for question in questions]
