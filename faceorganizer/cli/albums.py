"""albums: photos put together by hand, or by a rule."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from faceorganizer.cli.answers import report_step
from faceorganizer.cli.queries import Asked, asks_for_photos, photo_fields, photo_in_words
from faceorganizer.cli.session import counted, session_of
from faceorganizer.domain.albums import AlbumRecord, PhotoQuery
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.ids import AlbumId, ContentId
from faceorganizer.library import Library

app = typer.Typer(help="Albums: kept by hand, or by a rule.", no_args_is_help=True)

AlbumArgument = Annotated[str, typer.Argument(metavar="ALBUM", help="A name or an id.")]
PhotosArgument = Annotated[list[str], typer.Argument(metavar="PHOTO", help="Paths or ids.")]


@app.command("list")
def list_albums(context: typer.Context) -> None:
    """List albums; with --json one object a line."""
    session = session_of(context)
    with session.open() as library:
        records = library.albums.list()
        names = _names(library)
    if session.as_json:
        session.lines(map(_fields, records))
        return
    session.table(
        ("Album", "Name", "Photos", "Rule"),
        ((record.id, record.name, record.photos, _rule_in_words(record, names)) for record in records),
    )


@app.command()
def show(context: typer.Context, album: AlbumArgument) -> None:
    """Show an album with its photos."""
    session = session_of(context)
    with session.open() as library:
        record = library.albums.find(album)
        photos = library.albums.photos(record.id)
        names = _names(library)
    if session.as_json:
        session.document({**_fields(record), "photos_list": [photo_fields(photo) for photo in photos]})
        return
    session.show(f"{record.name}, album {record.id}: {counted(record.photos, 'photo')}")
    if record.smart:
        session.show(_rule_in_words(record, names))
    for photo in photos:
        session.show(f"{photo.path}  {photo_in_words(photo)}")


@app.command()
@asks_for_photos
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the new album.")],
    asked: Asked,
    photo: Annotated[
        list[str] | None, typer.Option(metavar="PHOTO", help="Put this photo in: a path or an id; may be repeated.")
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the photos that fit now, not the rule.", show_default=False)
    ] = False,
) -> None:
    """Make an album: a smart one that keeps the options as its rule, or without any one that is kept by hand."""
    session = session_of(context)
    if photo and asked.anything and not keep:
        raise UsageError("An album keeps a rule or photos, not both.", "Say --keep to put in what fits now.")
    with session.open() as library:
        query = asked.query(library) if asked.anything else None
        if query is None or keep:
            photos = [library.photo(text) for text in photo or ()]
            photos += [record.photo for record in _found(library, query) if record.photo is not None]
            changes = library.albums.create(name, photos=list(dict.fromkeys(photos)))
        else:
            changes = library.albums.create(name, query=query)
        (number,) = changes.of("album")
        record = library.albums.get(AlbumId(number))
    report_step(session, changes, f"Album {record.id}, {record.name}, has {counted(record.photos, 'photo')}.")


@app.command()
@asks_for_photos
def rule(context: typer.Context, album: AlbumArgument, asked: Asked) -> None:
    """Give a smart album another rule: the options that ask for photos."""
    session = session_of(context)
    if not asked.anything:
        raise UsageError("A rule needs an option that says which photos.")
    with session.open() as library:
        number = library.albums.find(album).id
        changes = library.albums.set_query(number, asked.query(library))
        record = library.albums.get(number)
    report_step(session, changes, f"Album {record.id}, {record.name}, has {counted(record.photos, 'photo')} now.")


@app.command()
def rename(
    context: typer.Context,
    album: AlbumArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The new name.")],
) -> None:
    """Give an album another name."""
    session = session_of(context)
    with session.open() as library:
        number = library.albums.find(album).id
        changes = library.albums.rename(number, name)
        record = library.albums.get(number)
    report_step(session, changes, f"Album {record.id} is named {record.name} now.")


@app.command()
def add(context: typer.Context, album: AlbumArgument, photos: PhotosArgument) -> None:
    """Put photos into an album that is kept by hand."""
    session = session_of(context)
    with session.open() as library:
        number, chosen = _chosen(library, album, photos)
        changes = library.albums.add(number, chosen)
        record = library.albums.get(number)
    report_step(session, changes, f"Album {record.id}, {record.name}, has {counted(record.photos, 'photo')} now.")


@app.command()
def remove(context: typer.Context, album: AlbumArgument, photos: PhotosArgument) -> None:
    """Take photos out of an album that is kept by hand; the photos stay where they are."""
    session = session_of(context)
    with session.open() as library:
        number, chosen = _chosen(library, album, photos)
        changes = library.albums.remove(number, chosen)
        record = library.albums.get(number)
    report_step(session, changes, f"Album {record.id}, {record.name}, has {counted(record.photos, 'photo')} now.")


@app.command()
def delete(context: typer.Context, album: AlbumArgument) -> None:
    """Delete an album; its photos stay where they are, and undo brings it back."""
    session = session_of(context)
    with session.open() as library:
        record = library.albums.find(album)
        changes = library.albums.delete(record.id)
    report_step(session, changes, f"Album {record.id}, {record.name}, is gone.")


def _chosen(library: Library, album: str, photos: list[str]) -> tuple[AlbumId, list[ContentId]]:
    return library.albums.find(album).id, [library.photo(text) for text in photos]


def _found(library: Library, query: PhotoQuery | None) -> list[Any]:
    return [] if query is None else library.photos(query)


def _names(library: Library) -> dict[int, str]:
    return {person.id: person.name or f"person {person.id}" for person in library.people.list()}


def _fields(record: AlbumRecord) -> dict[str, Any]:
    return {
        "album": record.id,
        "name": record.name,
        "rule": None if record.query is None else record.query.to_json(),
        "photos": record.photos,
        "cover": record.cover,
        "created": record.created.isoformat(timespec="seconds"),
        "people": list(record.people),
        "gone": list(record.gone),
    }


def _rule_in_words(record: AlbumRecord, names: Mapping[int, str]) -> str:
    """A rule as the options that make it."""
    if record.query is None:
        return ""
    query = record.query
    gone = set(record.gone)

    def named(people: Any) -> list[str]:
        return [f"person {p}, who is gone" if p in gone else names.get(p, f"person {p}") for p in people]

    words = [
        _listed("any of", named(query.any_of)),
        _listed("all of", named(query.all_of)),
        _listed("only", named(query.only)),
        _listed("without", named(query.without)),
        f"in {query.year}" if query.year is not None else "",
        f"from {query.taken_from}" if query.taken_from else "",
        f"up to {query.taken_to}" if query.taken_to else "",
        f"{query.min_faces} faces or more" if query.min_faces is not None else "",
        f"{query.max_faces} faces or fewer" if query.max_faces is not None else "",
        "with faces without a name" if query.unnamed else "",
        f"in {query.folder}" if query.folder else "",
        "that could not be read" if query.failed else "",
        "without faces" if query.no_faces else "",
    ]
    return "; ".join(filter(None, words)) or "everything"


def _listed(what: str, names: list[str]) -> str:
    return f"{what} {', '.join(names)}" if names else ""
