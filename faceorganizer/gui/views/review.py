"""One question after the other, answered by keys."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.faces import FaceRecord
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.people import same_name
from faceorganizer.domain.review import AreSame, HoldsTwo, IsPerson, Question, QuestionKey, Suggestion, WhoIs
from faceorganizer.gui import theme
from faceorganizer.gui.delegates.faces import FaceTile, ShownFace
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.models.records import RecordModel
from faceorganizer.gui.views.grid import GridView
from faceorganizer.gui.views.names import begin_typing, complete_with
from faceorganizer.gui.views.place import Place

MOST_FACES: Final = 60
BEST_FACES: Final = 12
AHEAD: Final = 4  # questions that are ready to be shown at once
_ALMOST, _LIKELY = 0.95, 0.8
_YES: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_NO: Final = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})


@dataclass(frozen=True, slots=True)
class _Card:
    """A question with everything that is shown of it.

    Attributes:
        asked: The faces it is about, by heading.
        beside: Faces to compare them with, by heading.
        chosen: Of those asked about, the ones that an answer is for.
        recent: Known names, those used last first.
    """

    question: Question
    asked: Mapping[str, list[ShownFace]]
    beside: Mapping[str, list[ShownFace]]
    chosen: frozenset[FaceId]
    recent: list[tuple[PersonId, str]]


@dataclass(frozen=True, slots=True)
class _Queue:
    """What is to be asked, and everything that is shown of the first of it.

    Attributes:
        questions: In their order.
        cards: Of the first ones.
    """

    questions: list[Question]
    cards: list[_Card]


class ReviewPlace(Place):
    """The question that settles most faces, then the next one. The next one is read while this one is shown."""

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self.heading.setText(self.tr("Review"))
        self._questions: list[Question] = []
        self._done_keys: set[QuestionKey] = set()
        self._card: _Card | None = None
        self._coming: list[_Card] = []
        self._settled = 0
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Questions answered"))
        self.question = QLabel()
        self.question.setFont(theme.sized(self.font(), 1.4, strong=True))
        self.likelihood = QLabel()
        self.asked, self.asked_model = self._made_grid(QAbstractItemView.SelectionMode.MultiSelection)
        self.beside, self.beside_model = self._made_grid(QAbstractItemView.SelectionMode.NoSelection)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Type a name"))
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setFixedWidth(30 * theme.UNIT)
        self.name.returnPressed.connect(self._name_typed)
        self.name.installEventFilter(self)
        self._candidates = QHBoxLayout()
        self._candidate_buttons: list[QPushButton] = []
        self._nothing = QLabel(
            self.tr("Nothing to ask.\n\nQuestions come while photos are scanned and people are named.")
        )
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        environment.thumbnails.ready.connect(self._repaint)

    @property
    def current(self) -> Question | None:
        """The question that is shown."""
        return self._card.question if self._card is not None else None

    @property
    def questions(self) -> Sequence[Question]:
        """Those that come after it."""
        return self._questions

    def shown(self) -> None:
        """Ask anew what is worth asking; what was put off is asked again."""
        self._done_keys.clear()
        self.reload()
        self.setFocus()

    def reload(self) -> None:
        """Read the queue; the question that is shown stays."""
        self.environment.background.read(partial(self._read, self.current), self._come)

    def changed(self, changes: ChangeSet) -> None:
        """Something that was asked about may be settled."""
        if self.isVisible() and (changes.of("face") or changes.of("person")):
            self.reload()

    def actions_now(self) -> Mapping[str, Callable[[], None]]:
        """What can be said of the faces that are chosen."""
        if self._card is None:
            return {}
        return {"ignore": self._ignore, "not-a-face": self._not_a_face}

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Answer by keys: yes, no, later, a candidate, or a name."""
        key, text = event.key(), event.text()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if self._card is None or not plain:
            super().keyPressEvent(event)
        elif key in _YES:
            self._yes()
        elif key in _NO:
            self._no()
        elif key == Qt.Key.Key_Space:
            self._later()
        elif text.isdigit() and text != "0":
            self._choose(int(text) - 1)
        elif text.isprintable() and text.strip():
            begin_typing(self.name, text)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Keys are heard at once."""
        super().showEvent(event)
        self.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Escape leaves the name field."""
        if (
            watched is self.name
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.name.clear()
            self.setFocus()
            return True
        return False

    # What is read, in the background.

    def _read(self, shown: Question | None) -> _Queue:
        questions = [q for q in self.environment.library.review.queue() if q.key not in self._done_keys]
        if shown is not None:
            questions = [q for q in questions if q.key != shown.key]
        return _Queue(questions, [self._card_of(question) for question in questions[:AHEAD]])

    def _card_of(self, question: Question) -> _Card:
        library = self.environment.library
        recent = [(person.id, person.name) for person in library.people.recent(500) if person.name]
        asked, beside, chosen = self._faces_of(question)
        return _Card(question, asked, beside, chosen, recent)

    def _faces_of(
        self, question: Question
    ) -> tuple[dict[str, list[ShownFace]], dict[str, list[ShownFace]], frozenset[FaceId]]:
        if isinstance(question, IsPerson):
            fitting, doubtful = question.faces[:MOST_FACES], question.doubtful[:MOST_FACES]
            asked = {self.tr("Doubtful"): self._shown_faces(doubtful), self.tr("Likely"): self._shown_faces(fitting)}
            return asked, {question.name: self._best(question.person)}, frozenset(fitting)
        if isinstance(question, AreSame):
            one, other = (name or self.tr("Who is this?") for name in question.names)
            return {one: self._best(question.first)}, {other: self._best(question.second)}, frozenset()
        if isinstance(question, HoldsTwo):
            first, second = (self._shown_faces(part[:MOST_FACES]) for part in question.parts)
            return {self.tr("These"): first}, {self.tr("and these"): second}, frozenset()
        faces = self._shown_faces(question.faces[:MOST_FACES])
        return {"": faces}, {}, frozenset(question.faces)

    def _shown_faces(self, faces: Sequence[FaceId]) -> list[ShownFace]:
        return [ShownFace(face, ContentId(0), "", None) for face in faces]

    def _best(self, person: PersonId) -> list[ShownFace]:
        """A person's best faces."""
        faces = self.environment.library.faces.list(person=person)
        return [_shown(face) for face in sorted(faces, key=lambda face: -face.quality)[:BEST_FACES]]

    # What is shown.

    def _come(self, queue: _Queue) -> None:
        self._questions = queue.questions
        self._coming = [card for card in queue.cards if card.question.key not in self._done_keys]
        if self._card is None or self._card.question.key in self._done_keys:
            self._show_next()
        self._show_progress()

    def _show_next(self) -> None:
        card = self._coming.pop(0) if self._coming else None
        self._card = card
        left = [question for question in self._questions if question.key not in self._done_keys]
        self._nothing.setVisible(not left)  # the next one is being read
        self._stack.setCurrentIndex(0 if card is not None else 1)
        if card is None:
            self.possible.emit()
            return
        self.question.setText(self._words(card.question))
        self.likelihood.setText(self._likelihood(card.question))
        self.likelihood.setToolTip(_percent(card.question))
        self.asked_model.reset(card.asked)
        self.beside_model.reset(card.beside)
        self.beside.setVisible(bool(card.beside))
        self._choose_faces(card)
        self._show_candidates(card.question)
        self._show_answers(card.question)
        self.name.clear()
        complete_with(self.name, [name for _, name in card.recent])
        self.setFocus()
        self.possible.emit()

    def _choose_faces(self, card: _Card) -> None:
        selectable = bool(card.chosen) and isinstance(card.question, IsPerson)
        modes = QAbstractItemView.SelectionMode
        self.asked.setSelectionMode(modes.MultiSelection if selectable else modes.NoSelection)
        if selectable:
            self.asked.select_ids([face for face in self.asked_model.ids if face in card.chosen])

    def _words(self, question: Question) -> str:
        if isinstance(question, IsPerson):
            return self.tr("Is this {name}?").format(name=question.name)
        if isinstance(question, AreSame):
            return self.tr("Are these the same person?")
        if isinstance(question, HoldsTwo):
            name = question.name or self.tr("this group")
            return self.tr("Is {name} two people?").format(name=name)
        return self.tr("Who is this?")

    def _likelihood(self, question: Question) -> str:
        if isinstance(question, WhoIs):
            return ""
        if question.probability >= _ALMOST:
            return self.tr("almost certain")
        return self.tr("likely") if question.probability >= _LIKELY else self.tr("perhaps")

    def _show_candidates(self, question: Question) -> None:
        for button in self._candidate_buttons:
            button.deleteLater()
        self._candidate_buttons.clear()
        for place, candidate in enumerate(_candidates_of(question)):
            button = QPushButton(f"{place + 1}  {candidate.name}")
            button.setToolTip(f"{candidate.probability:.0%}")
            button.setProperty("place", place)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(self._candidate_clicked)
            self._candidates.addWidget(button)
            self._candidate_buttons.append(button)

    def _show_answers(self, question: Question) -> None:
        asks = not isinstance(question, WhoIs)
        self._yes_button.setVisible(asks)
        self._no_button.setVisible(asks)
        self.name.setVisible(isinstance(question, IsPerson | WhoIs))

    def _show_progress(self) -> None:
        left = len(self._questions) + (self._card is not None)
        self.progress.setRange(0, max(1, self._settled + left))
        self.progress.setValue(self._settled)
        self.counted.emit(left)

    # Answers.

    def _answer(self, work: Callable[..., ChangeSet] | None) -> None:
        """Settle the question and show the next one at once; what is to be done is done beside."""
        if self._card is None:
            return
        self._done_keys.add(self._card.question.key)
        self._settled += 1
        if work is not None:
            self.decide(work)
        self._show_next()
        if work is None and len(self._coming) < AHEAD // 2:
            self.reload()
        self._show_progress()

    def _yes(self) -> None:
        question = self.current
        library = self.environment.library
        if isinstance(question, IsPerson):
            self._be(question.person)
        elif isinstance(question, AreSame):
            people = [question.first, question.second]
            self._answer(partial(library.people.merge, people, name=question.names[0]))
        elif isinstance(question, HoldsTwo):
            self._answer(partial(library.people.break_up, question.person, question.parts))

    def _no(self) -> None:
        question = self.current
        library = self.environment.library
        if isinstance(question, IsPerson):
            faces = [*question.faces, *question.doubtful]
            self._answer(partial(library.faces.reject, faces, question.person))
        elif isinstance(question, AreSame):
            self._answer(partial(library.review.different, question.first, question.second))
        elif isinstance(question, HoldsTwo):
            self._answer(partial(library.review.one_person, question.person, question.parts))

    def _later(self) -> None:
        self._answer(None)

    def _choose(self, place: int) -> None:
        candidates = _candidates_of(self.current)
        if place < len(candidates):
            self._be(candidates[place].person)

    def _candidate_clicked(self) -> None:
        self._choose(self.sender().property("place"))

    def _be(self, person: PersonId) -> None:
        """The chosen faces are somebody."""
        question, faces = self.current, self._chosen()
        if isinstance(question, WhoIs):
            self._answer(partial(self.environment.library.people.merge, [person, question.group]))
        elif faces:
            self._answer(partial(self.environment.library.faces.confirm, faces, person))

    def _chosen(self) -> list[FaceId]:
        return [FaceId(face) for face in self.asked.selected_ids()]

    def _name_typed(self) -> None:
        text, card = self.name.text().strip(), self._card
        if not text or card is None:
            return
        known = next((person for person, name in card.recent if same_name(name, text)), None)
        if known is not None:
            self._be(known)
        elif isinstance(card.question, WhoIs):
            self._answer(partial(self.environment.library.people.name, card.question.group, text))
        elif faces := self._chosen():
            self._answer(partial(self.environment.library.people.name_faces, faces, text))

    def _ignore(self) -> None:
        self._answer(partial(self.environment.library.faces.ignore, self._asked_faces()))

    def _not_a_face(self) -> None:
        self._answer(partial(self.environment.library.faces.not_a_face, self._asked_faces()))

    def _asked_faces(self) -> list[FaceId]:
        """The chosen ones; all that are asked about where nothing can be chosen."""
        return self._chosen() or [FaceId(face) for face in self.asked_model.ids]

    def _repaint(self) -> None:
        self.asked.viewport().update()
        self.beside.viewport().update()

    def _want_faces(self, _rows: range) -> None:
        ahead = [faces for card in self._coming for faces in (*card.asked.values(), *card.beside.values())]
        now = [self.asked_model.ids[row] for row in self.asked.visible_rows()]
        beside = [self.beside_model.ids[row] for row in self.beside.visible_rows()]
        coming = [face.face for faces in ahead for face in faces[:BEST_FACES]]
        self.environment.thumbnails.want(("face", face) for face in [*now, *beside, *coming])

    def _made_grid(self, mode: QAbstractItemView.SelectionMode) -> tuple[GridView, RecordModel[ShownFace]]:
        model: RecordModel[ShownFace] = RecordModel(lambda face: face.face, lambda face: face.file_name, parent=self)
        tile = FaceTile(self.environment.thumbnails, self)
        grid = GridView(tile.cell)
        grid.setItemDelegate(tile)
        grid.show_model(model)
        grid.setSelectionMode(mode)
        grid.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grid.seen.connect(self._want_faces)
        return grid, model

    def _build(self) -> None:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(2 * theme.UNIT, theme.UNIT, 2 * theme.UNIT, 2 * theme.UNIT)
        column.setSpacing(theme.UNIT)
        words = QHBoxLayout()
        words.addWidget(self.question)
        words.addWidget(self.likelihood)
        words.addStretch(1)
        column.addLayout(words)
        column.addWidget(self.asked, 3)
        column.addWidget(self.beside, 2)
        answers = QHBoxLayout()
        self._yes_button = self._answer_button(self.tr("Yes  (Enter)"), self._yes, primary=True)
        self._no_button = self._answer_button(self.tr("No  (Delete)"), self._no)
        later = self._answer_button(self.tr("Later  (Space)"), self._later)
        for button in (self._yes_button, self._no_button, later):
            answers.addWidget(button)
        answers.addLayout(self._candidates)
        answers.addStretch(1)
        answers.addWidget(self.name)
        column.addLayout(answers)
        self._stack = QStackedLayout()
        self._stack.addWidget(sheet)
        self._stack.addWidget(self._nothing)
        self._stack.setCurrentIndex(1)
        self.content.addWidget(self.progress)
        self.content.addLayout(self._stack, 1)

    def _answer_button(self, text: str, answer: Callable[[], None], *, primary: bool = False) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("primary", "true" if primary else "false")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(answer)
        return button


def _shown(face: FaceRecord) -> ShownFace:
    return ShownFace(face.face, face.photo, face.path.name, face.assignment)


def _candidates_of(question: Question | None) -> Sequence[Suggestion]:
    return question.candidates[:9] if isinstance(question, IsPerson | WhoIs) else ()


def _percent(question: Question) -> str:
    return "" if isinstance(question, WhoIs) else f"{question.probability:.0%}"
