"""Actors: a dictionary of who can be mentioned, and under which names."""

from __future__ import annotations

import copy
import hashlib
import mmap
import pickle
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._actor_edits import aliases_of, merges, overwrite, subset, without_empty
from ._actor_files import WRITERS, read_csv, read_file
from ._actor_rows import COLUMNS, add_opaque, at, from_frame, from_mapping
from ._actor_table import (
    ALIAS_TEXTS,
    CASES,
    ENTRY_TEXTS,
    FIRST_DAY,
    KINDS,
    LAST_DAY,
    NUMBERS,
    Circle,
    Note,
    Parent,
    Rows,
    Strings,
    Table,
    check_cycles,
    days_of,
    renamed_parents,
)
from ._actor_writers import check_writable
from ._display import HTML_ROWS, page
from ._frames import pandas_of, stamped
from ._replacing import replacing
from ._results import one_of, plural, text_array
from ._unknown import who_is_meant
from ._version import __version__

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Actors"]

ACCENTS = ("exact", "fold")
SHORTS = ("document", "after", "always")
ACRONYMS = ("document", "off")

#: The same dictionary is the same bytes on every machine.
SEED = 1

SHORT = KINDS.index("short")


class Actors:
    """A frozen dictionary of actors and their aliases.

    Parameters
    ----------
    table : dict, or DataFrame of any library
        Dict of id → list of aliases, or of id → dict (label, class, parent, home, aliases), where
        an alias is a text or a dict (text, kind, case, start, end, priority); or a DataFrame with
        a row an alias and columns as in `to_frame`, of which actor and alias must be there. The
        order of the actors decides ties and the order of results.
    opaque : iterable of str
        Names that stand for no actor and hide what is inside them (``Washington Post``).
    case : {"smart", "exact", "fold", "title"}
        How aliases without a rule of their own match. Smart: an alias that is all capitals and at
        most five letters only as written; any other as written, in ALL CAPS, and with its first
        letter in upper case. Title: in any case in which every word of more than three letters
        begins with a capital; for dictionaries in capitals.
    accents : {"exact", "fold"}
        With fold, ``Téhéran`` and ``Teheran`` are one.
    short : {"document", "after", "always"}
        When aliases of kind short count (``Putin``): where a full name of the actor stands
        anywhere in the document, only behind it, or always.
    acronyms : {"document", "off"}
        Whether an acronym that a document introduces in brackets behind a name,
        ``National Resistance Front (NRF)``, counts in that document. Its mentions have kind
        acronym, and as their alias the name that introduced it.

    Raises
    ------
    TypeError
        If the table is of another kind, or aliases are no list: with the actor.
    ValueError
        If an option is not known, an actor has no alias, or a text, date or parent cannot be:
        with the actor or row.

    Notes
    -----
    One alias covers its typographic variants: a hyphen in it also matches other hyphens and
    dashes, with blanks around them or not, and a blank; a blank also matches other blanks, a
    hyphen, an unspaced en dash and a single line break; straight and curly apostrophes are one;
    a possessive may stand between its words; ``U.S.`` also matches ``U.S``. A ``*`` stands for any
    letters of a word (``Ethiopian*``), a ``?`` between letters for one (``wom?n``).

    An alias may have dates: it counts in documents of these days. A parent may have dates, as
    ``AFG:..2021-08-14;TALIBAN:2021-08-15..``: they say to whom the actor rolls up, the first range
    that fits; a document without a date gets the parent without dates. An alias with dates does
    not count in a document without one.

    Examples
    --------
    >>> import coactor as ca
    >>> actors = ca.Actors(
    ...     {"USA": ["United States", "U.S."], "ISISK": ["ISIS-K", "Islamic State-Khorasan"]},
    ...     opaque=["Washington Post"],
    ... )
    >>> actors
    Actors(2 actors, 4 aliases, 1 opaque name)
    """

    def __init__(
        self,
        table: Any,
        *,
        opaque: Iterable[str | Mapping[str, Any]] = (),
        case: str = "smart",
        accents: str = "exact",
        short: str = "document",
        acronyms: str = "document",
    ) -> None:
        if isinstance(table, Mapping):
            rows = from_mapping(table)
        elif (frame := pandas_of(table, "table")) is not None:
            rows = from_frame(frame)
        else:
            how = "; read a file with Actors.read" if isinstance(table, (str, Path)) else ""
            raise TypeError(
                f"table: expected a dict or a DataFrame, got {type(table).__name__}{how}"
            )
        if isinstance(opaque, str):
            raise TypeError("opaque: expected a list of names, got one text")
        add_opaque(rows, opaque, "opaque")
        self._build(rows.table(), _settings(case, accents, short, acronyms))

    # ---- making ----

    def _build(self, table: Table, settings: dict[str, str]) -> None:
        self._hold(table, settings)
        self._parents = check_cycles(table)
        default = CASES.index(settings["case"])
        rules = np.where(table.case == 0, default, table.case - 1).astype(np.uint8)
        shorts = (table.kind == SHORT).astype(np.uint8)
        days = _alias_days(table)
        self._dated = days is not None
        self._core = _core.Dictionary(
            _core.Texts(list(table.text)),
            self._alias_actor,
            table.priority,
            rules,
            True,
            SEED,
            settings["accents"] == "fold",
            shorts if shorts.any() else None,
            *(days or (None, None)),
        )
        self._problems = self._core.problems()

    def _hold(self, table: Table, settings: dict[str, str]) -> None:
        self._table, self._options = table, settings
        entries = np.array([id != "" for id in table.id], dtype=bool)
        actor = np.where(entries, np.cumsum(entries) - 1, -1).astype(np.int32)
        self._alias_actor = actor[table.entry] if len(actor) else np.zeros(0, dtype=np.int32)

    @property
    def _alias_texts(self) -> Strings:
        return self._table.text

    @property
    def _alias_kinds(self) -> np.ndarray:
        return self._table.kind

    @cached_property
    def ids(self) -> list[str]:
        """Ids of the actors, in the order of the dictionary."""
        return [id for id in self._table.id if id]

    @cached_property
    def _parents_of(self) -> dict[int, tuple[Parent, ...]]:
        """Parents by the number of the actor, those that have any."""
        ids = list(self._table.id)
        number = {id: i for i, id in enumerate(self.ids)}
        return {number[ids[i]]: held for i, held in self._parents.items() if ids[i]}

    @classmethod
    def _of(cls, table: Table, settings: dict[str, str]) -> Actors:
        self = cls.__new__(cls)
        self._build(table, settings)
        return self

    @classmethod
    def read(
        cls,
        path: str | Path,
        *,
        format: str | None = None,
        case: str = "smart",
        accents: str = "exact",
        short: str = "document",
        acronyms: str = "document",
    ) -> Actors:
        """Read a dictionary from a file.

        Parameters
        ----------
        path : path
            The file.
        format : str, optional
            Default: by the suffix. ``yml``, ``yaml``, ``json``: ``ID: [alias, ...]`` or ``ID:
            {label:, class:, parent:, home:, aliases: [...]}`` with opaque names under ``_opaque``,
            or nested levels as quanteda and newsmap have them (``quanteda``, ``newsmap``), where
            each level is the parent of what is in it. ``csv``: a row an alias, columns as in
            `to_frame`, between commas, semicolons or tabs; an empty actor is an opaque name.
            ``actors`` (``petrarch``, ``tabari``) and ``agents``: TABARI's and PETRARCH's files,
            also as ``NAME.actors.txt``. ``dic`` (``liwc``): categories between two lines of ``%``.
        case, accents, short, acronyms
            As in `Actors`.

        Returns
        -------
        Actors

        Raises
        ------
        FileNotFoundError, ValueError
            With the file and the line; also for a file that holds nothing, and for a key that is
            misspelt: it would be an actor. What is wrong in TABARI's files is in `report` instead.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import coactor as ca
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "actors.yml")
        ...     _ = path.write_text("NOR: [Norway, {text: Oslo, kind: capital}]", encoding="utf-8")
        ...     ca.Actors.read(path)
        Actors(1 actor, 2 aliases)
        """
        settings = _settings(case, accents, short, acronyms)
        path = Path(path)
        rows = read_file(path, format)
        try:
            return cls._of(rows.table(), settings)
        except ValueError as error:
            line = error.line if isinstance(error, Circle) else 0
            raise ValueError(f"{at(str(path), line)}{error}") from None

    @classmethod
    def world(cls, *, groups: Sequence[str] = KINDS[:-1]) -> Actors:
        """Return the starter dictionary: states, main organisations and armed groups.

        A start, not an authority: read `to_frame` before you publish. It names no persons, since
        a list of some leaders would count them and not the others: add those you study, with
        dated parents, as in ``world + Actors.read("mine.yml")``. A state named in the
        possessive is counted beside the group ("Lebanon's Hezbollah"), and a description is not
        a name ("the Islamic State's Afghan branch").

        Parameters
        ----------
        groups : sequence of str
            Kinds of aliases to take: name, official, acronym, demonym, capital, metonym; person
            adds nothing yet. Opaque names, which hide what is inside them, always belong to it.

        Returns
        -------
        Actors

        Raises
        ------
        ValueError
            If a group is not known.

        Examples
        --------
        >>> import coactor as ca
        >>> world = ca.Actors.world()
        >>> world.labels["RUS"]
        'Russia'
        >>> without = ca.Actors.world(groups=["name", "official", "acronym"])
        >>> "Moscow" in without.to_frame()["alias"].tolist()
        False
        """
        from importlib.resources import files

        groups = [groups] if isinstance(groups, str) else list(groups)
        for group in groups:
            one_of("groups", group, KINDS)
        text = (files("coactor") / "data" / "world.csv").read_text(encoding="utf-8")
        table = read_csv(text, "world").table()
        kinds = [KINDS.index(group) for group in groups]
        opaque = np.array([id == "" for id in table.id])[table.entry]
        return cls._of(subset(table, np.isin(table.kind, kinds) | opaque), _settings())

    # ---- to files, processes and back ----

    def write(self, path: str | Path) -> None:
        """Write the dictionary as ``.yml``, ``.csv`` or ``.json``; reading it gives the same.

        A rule of case other than smart is written with every alias; accents, short and acronyms
        are no part of the file, but said to `read`.

        Parameters
        ----------
        path : path
            A file of this name is replaced, whole or not at all.

        Raises
        ------
        ValueError
            For an unknown suffix, and for what a format cannot hold: a lone surrogate outside of
            ``.json``, NUL in ``.csv``, an actor called ``opaque`` or with an underscore in front
            outside of ``.csv``.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import coactor as ca
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "actors.csv")
        ...     ca.Actors({"NOR": ["Norway", "Oslo"]}).write(path)
        ...     ca.Actors.read(path).to_frame()["alias"].tolist()
        ['Norway', 'Oslo']
        """
        path = Path(path)
        if path.suffix.lower() not in WRITERS:
            known = ", ".join(WRITERS)
            raise ValueError(f"{path}: unknown format {path.suffix!r}; expected one of {known}")
        table = copy.copy(self._table)
        if self._options["case"] != CASES[0]:
            own = CASES.index(self._options["case"]) + 1
            table.case = np.where(table.case == 0, own, table.case).astype(np.uint8)
        suffix = path.suffix.lower()
        check_writable(table, path, suffix)
        _replace(path, WRITERS[suffix](table).encode("utf-8"))

    def _to_bytes(self) -> Any:
        """Return the flat buffer, which an opened dictionary has already."""
        if self._opened is not None:
            return self._opened
        arrays: dict[str, np.ndarray] = {"problems": self._problems, "actor": self._alias_actor}
        meta = self._table.to_bytes({"options": self._options, "dated": self._dated}, arrays)
        return self._core.to_bytes(meta)

    #: The buffer of a dictionary that was not built but opened.
    _opened: Any = None

    @classmethod
    def _open(cls, buffer: Any) -> Actors:
        self = cls.__new__(cls)
        self._core = _core.Dictionary.open(buffer)
        meta = self._core.meta()
        assert meta is not None
        self._table, head, arrays = Table.from_bytes(meta)
        self._options, self._dated = head["options"], head["dated"]
        self._problems, self._alias_actor = arrays["problems"], arrays["actor"]
        self._opened = buffer
        return self

    @cached_property
    def _parents(self) -> dict[int, tuple[Parent, ...]]:
        return check_cycles(self._table)

    def save(self, path: str | Path) -> None:
        """Save the dictionary as it is in memory, for `load`.

        The file is for the same version of coactor on a machine of the same kind; to keep or share
        a dictionary, `write` it.

        Parameters
        ----------
        path : path
            A file of this name is replaced, whole or not at all.

        Raises
        ------
        FileNotFoundError
            If the folder does not exist.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import coactor as ca
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "actors.bin")
        ...     ca.Actors({"NOR": ["Norway", "Oslo"]}).save(path)
        ...     ca.Actors.load(path, mmap=False).ids
        ['NOR']
        """
        _replace(Path(path), self._to_bytes())

    @classmethod
    def load(cls, path: str | Path, *, mmap: bool = True) -> Actors:
        """Load a saved dictionary.

        Parameters
        ----------
        path : path
            Of a file that `save` wrote.
        mmap : bool
            Map the file, so that processes share its memory; else read it.

        Returns
        -------
        Actors

        Raises
        ------
        FileNotFoundError, ValueError
            For what is no saved dictionary, damaged in any byte, or saved under other rules of
            tokenizing.

        Examples
        --------
        >>> import coactor as ca, tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "actors.coactor"
        >>> ca.Actors({"MLI": ["Mali"]}).save(path)
        >>> ca.Actors.load(path)
        Actors(1 actor, 1 alias)
        """
        path = Path(path)
        if not path.exists():
            raise FileNotFoundError(f"{path}: no such file")
        if path.is_dir():
            raise ValueError(f"{path}: is a folder, expected a file")
        try:
            return cls._open(_mapped(path) if mmap and path.stat().st_size else path.read_bytes())
        except (ValueError, OverflowError) as error:
            raise ValueError(f"{path}: {error}") from None

    def __reduce_ex__(self, protocol: Any) -> Any:
        buffer = self._to_bytes()
        if protocol >= 5:
            return _open_buffer, (pickle.PickleBuffer(buffer),)
        return _open_buffer, (bytes(buffer),)

    def __deepcopy__(self, memo: dict[int, Any]) -> Actors:
        """Return the dictionary itself: it is frozen."""
        return self

    def __copy__(self) -> Actors:
        return self

    # ---- changing ----

    def __add__(self, other: Actors) -> Actors:
        """Return a dictionary with the actors of both; aliases of an actor in both are united.

        Aliases keep their rules of case; accents, short names and acronyms are handled as in the
        first one.
        """
        if not isinstance(other, Actors):
            return NotImplemented
        rows = Rows()
        held: dict[tuple[Any, ...], int] = {}
        priorities = rows.columns["priority"]
        for one, second in ((self, False), (other, True)):
            table = one._table
            case = CASES.index(one._options["case"]) + 1
            same = one._options["case"] == self._options["case"]
            entries = [
                rows.actor(id, label, cls, parent, home, line)
                for id, label, cls, parent, home, line in zip(
                    *(getattr(table, name) for name in ENTRY_TEXTS),
                    table.entry_line.tolist(),
                    strict=True,
                )
            ]
            if second:
                overwrite(rows, table, entries)
            for entry, *alias in aliases_of(table):
                entry = entries[entry]
                text, kind, own, start, end, priority, _ = alias
                key = (entry, text, kind == SHORT, own or case, start, end)
                if second and key in held:
                    priorities[held[key]] = max(priorities[held[key]], priority)
                    continue
                held[key] = len(priorities)
                alias[2] = own if same or own else case
                rows.alias(entry, *alias)
            rows.notes += table.notes
            for name, n in table.counts.items():
                rows.counts[name] = rows.counts.get(name, 0) + n
        return Actors._of(rows.table(), self._options)

    def select(self, ids: Iterable[str]) -> Actors:
        """Return a dictionary of some actors only, in its order; opaque names stay.

        Parameters
        ----------
        ids : list of str
            Of the actors to keep.

        Returns
        -------
        Actors

        Raises
        ------
        ValueError
            If an id is not in the dictionary.

        Examples
        --------
        >>> import coactor as ca
        >>> ca.Actors({"MLI": ["Mali"], "NER": ["Niger"]}).select(["NER"]).ids
        ['NER']
        """
        wanted = {ids} if isinstance(ids, str) else set(ids)
        self._check_ids("ids", wanted)
        keep = np.array([id == "" or id in wanted for id in self._table.id], dtype=bool)
        return Actors._of(subset(self._table, keep[self._table.entry], keep), self._options)

    def edit(
        self,
        *,
        merge: Mapping[str, str | Iterable[str]] = {},
        drop: Iterable[str | tuple[str, str]] = (),
    ) -> Actors:
        """Return a dictionary with some actors merged into others, and some left out.

        Parameters
        ----------
        merge : dict
            What to merge into what, ``{"ISISK": "ISIS"}``, or what takes in which others,
            ``{"ISIS": ["ISISK", "DAESH"]}``. An id that is new becomes an actor. Whoever belonged
            to what is merged belongs to what it is merged into.
        drop : iterable
            Ids of actors, or (id, alias).

        Returns
        -------
        Actors

        Raises
        ------
        ValueError
            For an id or an alias that is not there.

        Examples
        --------
        >>> import coactor as ca
        >>> actors = ca.Actors({"US": ["US"], "USA": ["United States"], "X": ["Xanadu"]})
        >>> actors.edit(merge={"US": "USA"}, drop=["X"]).to_frame()["actor"].tolist()
        ['USA', 'USA']
        """
        into = merges(merge)
        self._check_ids("merge", into)
        dropped = {drop} if isinstance(drop, str) else set(drop)
        pairs = {item for item in dropped if not isinstance(item, str)}
        for item in pairs:
            if not isinstance(item, tuple) or len(item) != 2:
                raise TypeError(f"drop: expected an id or a pair (id, alias), got {item!r}")
        self._check_ids("drop", {item for item in dropped if isinstance(item, str)})
        self._check_ids("drop", {id for id, _ in pairs})
        table, rows = self._table, Rows()
        entries: list[int | None] = []
        ids = list(table.id)
        columns = zip(
            *(getattr(table, name) for name in ENTRY_TEXTS), table.entry_line, strict=True
        )
        for id, label, cls, parent, home, line in columns:
            to = into.get(id, id)
            parent = renamed_parents(parent, into, id)
            if id in dropped:
                entries.append(None)
            elif to == id:
                entries.append(rows.actor(id, label, cls, parent, home, int(line)))
            else:
                entries.append(rows.actor(to, line=int(line)))
        missing = set(pairs)
        for entry, text, *rest in aliases_of(table):
            to_entry = entries[entry]
            if (ids[entry], text) in pairs:
                missing.discard((ids[entry], text))
            elif to_entry is not None:
                rows.alias(to_entry, text, *rest)
        if missing:
            id, text = min(missing)
            raise ValueError(f"drop: {id!r} has no alias {text!r}")
        rows.notes, rows.counts = list(table.notes), dict(table.counts)
        return Actors._of(without_empty(rows), self._options)

    def _check_ids(self, argument: str, ids: Iterable[str]) -> None:
        unknown = sorted(set(ids) - set(self.ids))
        if unknown:
            meant = who_is_meant(unknown[0], self.ids, self)
            raise ValueError(f"{argument}: {unknown[0]!r} is not in the dictionary{meant}")

    # ---- looking ----

    @cached_property
    def labels(self) -> dict[str, str]:
        """Label of each actor, by id; the id itself where there is none."""
        table = self._table
        return {id: label or id for id, label in zip(table.id, table.label, strict=True) if id}

    @cached_property
    def classes(self) -> dict[str, str]:
        """Class of each actor, by id; empty where there is none."""
        table = self._table
        return {id: cls for id, cls in zip(table.id, table.cls, strict=True) if id}

    def parents(self, date: Any = None) -> dict[str, str]:
        """Return the parent of each actor that has one, on a date.

        Parameters
        ----------
        date : date or ISO 8601 text, optional
            Default: the parents without dates.

        Returns
        -------
        dict of str to str
            Parent by id, for actors that have one then.

        Raises
        ------
        ValueError
            If `date` is no date.

        Examples
        --------
        >>> import coactor as ca
        >>> actors = ca.Actors({"KABUL": {"parent": "AFG:..2021-08-14;TALIBAN:2021-08-15..",
        ...                               "aliases": ["Kabul"]}})
        >>> actors.parents("2020-01-01"), actors.parents("2022-01-01"), actors.parents()
        ({'KABUL': 'AFG'}, {'KABUL': 'TALIBAN'}, {})
        """
        from ._rollup import parent_on

        try:
            day = None if date is None else days_of(str(date)[:10], "")[0]
        except ValueError as error:
            raise ValueError(f"date: {error}") from None
        found = {i: parent_on(held, day) for i, held in self._parents_of.items()}
        return {self.ids[i]: parent for i, parent in sorted(found.items()) if parent}

    @cached_property
    def _report_rows(self) -> list[Note]:
        from ._actor_report import rows_of

        return rows_of(self)

    @property
    def report(self) -> pd.DataFrame:
        """What is to be known of the dictionary: kind, actor, alias, line, detail.

        Problems: malformed, bad_date, many_codes (from TABARI's files, with their lines), conflict
        (rows of a table say different things of an actor), empty, too_long, repeated, ambiguous
        (aliases of two actors that match the same; which wins), unknown_parent,
        overlapping_dates. Worth a look: character, no_code, code_ignored, column_ignored, nested
        (an alias within one of another actor: a row for each two actors, with how many aliases of
        theirs there are), ordinary_word, very_short.
        ``report.attrs["counts"]`` says how much of what there is, and of each kind of line in a
        TABARI file.
        """
        from ._actor_report import report_of

        return stamped(report_of(self), self.config)

    def to_frame(self) -> pd.DataFrame:
        """Return a row an alias.

        Returns
        -------
        DataFrame
            actor, label, class, parent, home, alias, kind, case (the rule in force), start, end
            (ISO 8601, or empty), priority (int64; all others `str`). Opaque names have an empty
            actor; an actor without aliases has one row without one.

        Examples
        --------
        >>> import coactor as ca
        >>> frame = ca.Actors({"NOR": ["Norway"]}, opaque=["Oslo Accords"]).to_frame()
        >>> frame[["actor", "alias", "kind", "case"]].values.tolist()
        [['NOR', 'Norway', 'name', 'smart'], ['', 'Oslo Accords', 'name', 'smart']]
        """
        import pandas as pd

        table = self._table
        label = [text or id for id, text in zip(table.id, table.label, strict=True)]
        of_entry = (list(table.id), label, list(table.cls), list(table.parent), list(table.home))
        bare = np.setdiff1d(np.arange(len(table.id)), table.entry)
        bare = bare[[bool(of_entry[0][i]) for i in bare]] if len(bare) else bare
        entry = np.concatenate([table.entry, bare]).astype(np.int64)
        order = np.argsort(entry, kind="stable")
        none = [""] * len(bare)
        default = self._options["case"]
        kinds = [KINDS[k] for k in table.kind.tolist()] + none
        cases = [CASES[c - 1] if c else default for c in table.case.tolist()] + none
        of_alias = {
            "alias": [*table.text, *none],
            "kind": kinds,
            "case": cases,
            "start": [*table.start, *none],
            "end": [*table.end, *none],
        }
        columns: dict[str, Any] = {
            name: text_array(values).take(entry[order]).reset_index(drop=True)
            for name, values in zip(COLUMNS[:5], of_entry, strict=True)
        }
        for name, values in of_alias.items():
            columns[name] = text_array(values).take(order).reset_index(drop=True)
        priority = np.concatenate([table.priority, np.zeros(len(bare), dtype=np.int64)])
        columns["priority"] = priority[order].astype(np.int64)
        return stamped(pd.DataFrame(columns), self.config)

    @cached_property
    def _hash(self) -> str:
        state = hashlib.sha256(repr(sorted(self._options.items())).encode())
        for name in (*ENTRY_TEXTS, *ALIAS_TEXTS):
            column = getattr(self._table, name)
            state.update(len(column).to_bytes(8, "little") + column.ends.tobytes() + column.blob)
        for name in NUMBERS:
            if "line" not in name:
                state.update(getattr(self._table, name).tobytes())
        return state.hexdigest()[:16]

    @property
    def config(self) -> dict[str, Any]:
        """Settings and a hash of the content."""
        return {
            "version": __version__,
            "n_actors": len(self.ids),
            "n_aliases": self._table.n_aliases,
            **self._options,
            "hash": self._hash,
        }

    def methods(self) -> str:
        """Return a paragraph for a methods section.

        Returns
        -------
        str
        """
        from ._methods import about_actors

        return about_actors(self)

    def __len__(self) -> int:
        return len(self.ids)

    def __repr__(self) -> str:
        from ._actor_report import n_problems

        n_opaque = int((self._alias_actor < 0).sum())
        opaque = f", {plural(n_opaque, 'opaque name')}" if n_opaque else ""
        problems = n_problems(self)
        warning = f"; {plural(problems, 'problem')}, see .report" if problems else ""
        if not len(self):
            warning = f"; without actors it finds nobody{warning}"
        aliases = self._table.n_aliases - n_opaque
        n_aliases = f"{aliases:,} alias" + ("" if aliases == 1 else "es")
        return f"Actors({plural(len(self.ids), 'actor')}, {n_aliases}{opaque}{warning})"

    def _repr_html_(self) -> str:
        few = np.arange(len(self._table.id)) < HTML_ROWS
        head = Actors._of(subset(self._table, few[self._table.entry], few), self._options)
        return page(repr(self), head.to_frame(), self._table.n_aliases)


# ---- settings ------------------------------------------------------------------------------------


def _settings(
    case: str = "smart",
    accents: str = "exact",
    short: str = "document",
    acronyms: str = "document",
) -> dict[str, str]:
    one_of("case", case, CASES)
    one_of("accents", accents, ACCENTS)
    one_of("short", short, SHORTS)
    one_of("acronyms", acronyms, ACRONYMS)
    return {"case": case, "accents": accents, "short": short, "acronyms": acronyms}


# ---- tables --------------------------------------------------------------------------------------


def _alias_days(table: Table) -> tuple[np.ndarray, np.ndarray] | None:
    """Return the first and last day of each alias, or None where none has dates."""
    if not len(table.start.blob) and not len(table.end.blob):
        return None
    first = np.full(table.n_aliases, FIRST_DAY, dtype=np.int32)
    last = np.full(table.n_aliases, LAST_DAY, dtype=np.int32)
    for i, (start, end) in enumerate(zip(table.start, table.end, strict=True)):
        if start or end:
            first[i], last[i] = days_of(start, end)
    return first, last


# ---- files ---------------------------------------------------------------------------------------


def _replace(path: Path, content: Any) -> None:
    """Write a file beside its place, then put it there."""
    with replacing(path, binary=True) as (file,):
        file.write(content)


def _mapped(path: Path) -> mmap.mmap:
    with open(path, "rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _open_buffer(buffer: Any) -> Actors:
    """Open a dictionary that was pickled."""
    return Actors._open(buffer)
