"""Names from elsewhere taken into the library: matched to faces, weighed against what was decided here, one step.

What somebody decided in this program wins; whatever is not taken over is listed with its reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from faceorganizer.db.database import Database
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.ids import FaceId
from faceorganizer.domain.people import folded
from faceorganizer.domain.regions import ImportedRegion, OnConflict
from faceorganizer.services.assigning import give, settle_links
from faceorganizer.services.events import EventBus
from faceorganizer.services.interchange.import_plan import Claim, Plan, plan_import
from faceorganizer.services.interchange.import_report import ImportNote, ImportReport
from faceorganizer.services.review import ReviewService

SURE: Final = 0.6  # probability from which a suggestion says which face a name belongs to


class ImportingService:
    """Takes names into the library, whatever they come from."""

    def __init__(self, database: Database, review: ReviewService, events: EventBus) -> None:
        self._database = database
        self._review = review
        self._events = events

    def take_in(
        self,
        regions: Iterable[ImportedRegion],
        *,
        on_conflict: OnConflict | None = None,
        dry_run: bool = False,
        step: str = "import names",
        problems: Sequence[ImportNote] = (),
        written: Mapping[FaceId, str] | None = None,
    ) -> ImportReport:
        """Take names in, as one step.

        A region is matched to a face found here by overlap, which becomes that person's (source ``imported``); where
        none was found, a face is drawn. A name without a box goes to a face where only one can be meant. An unnamed
        group whose imported names all agree takes the name; its other faces stay guesses.

        Args:
            regions: In photos of the library; others are reported.
            on_conflict: When a name is that of somebody here who has none of its faces yet: the same person, another
                one, or not to be taken over.
            dry_run: Only say what would be done; works beside a running scan.
            step: Label of the step.
            problems: Passed on into the report.
            written: Names that this program wrote for faces: where another program has changed one since, and nobody
                changed it here, the new name counts although the old one was decided.

        Raises:
            NamesTakenError: Names are taken, and ``on_conflict`` does not say what to do.
            LibraryLockedError: Another process is writing.
        """
        wanted = list(regions)
        with self._database.read() as unit:
            unsure = plan_import(unit, wanted, on_conflict or OnConflict.SKIP, written or {}, {}).unsure
        likely = {face: self._likely(face) for face in dict.fromkeys(unsure)}
        if dry_run:
            with self._database.read() as unit:
                plan = plan_import(unit, wanted, on_conflict, written or {}, likely)
            return _report(plan, problems, ChangeSet())
        with self._database.write(step) as unit:
            plan = plan_import(unit, wanted, on_conflict, written or {}, likely)
            _carry_out(unit, plan)
        self._events.changed(unit.changes)
        return _report(plan, problems, unit.changes)

    def _likely(self, face: FaceId) -> str:
        best = next(iter(self._review.suggestions(face)), None)
        return folded(best.name) if best is not None and best.probability >= SURE else ""


def _carry_out(unit: UnitOfWork, plan: Plan) -> None:
    by_name: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in plan.claims:
        by_name[folded(claim.name)].append(claim)
    faces = [claim.face for claim in plan.claims if claim.face is not None]
    target_of = {claim.face.id: plan.targets[folded(claim.name)] for claim in plan.claims if claim.face is not None}
    # All go before any comes, so that no photo shows somebody twice in between.
    moving = [face for face in faces if face.person is not None and face.person != target_of[face.id]]
    unit.people.unassign([*(face.id for face in moving), *plan.leaving])
    for key, claims in by_name.items():
        target = plan.targets[key]
        if target is None:
            target = unit.people.create(plan.spelled[key])
        elif plan.adopted.get(key) == target:
            unit.people.rename(target, plan.spelled[key])
        drawn = [_draw(unit, claim) for claim in claims if claim.face is None]
        chosen = unit.faces.held([*(claim.face.id for claim in claims if claim.face is not None), *drawn])
        give(unit, chosen, target, AssignmentSource.IMPORTED, same_photo=True)
    settle_links(unit, [face.id for face in faces])
    unit.people.drop_empty({face.person for face in moving if face.person is not None})


def _draw(unit: UnitOfWork, claim: Claim) -> FaceId:
    face = unit.faces.draw(claim.content, np.array(claim.box, np.float32))
    unit.scans.forget(claim.content)  # the next scan looks again, and describes what was drawn
    return face


def _report(plan: Plan, problems: Sequence[ImportNote], changes: ChangeSet) -> ImportReport:
    drawn = sum(claim.face is None for claim in plan.claims)
    new = {folded(claim.name) for claim in plan.claims}
    people = [plan.spelled[key] for key in new if plan.targets[key] is None or key in plan.adopted]
    return ImportReport(
        photos=len(plan.photos),
        confirmed=len(plan.claims) - drawn,
        drawn=drawn,
        agreed=plan.agreed,
        unnamed=plan.unnamed,
        people=tuple(sorted(people)),
        conflicts=tuple(plan.conflicts),
        unplaced=tuple(plan.unplaced),
        unknown=tuple(plan.unknown),
        problems=tuple(problems),
        changes=changes,
    )
