"""Deployed definitions read from the database; a version never changes, so it is cached."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.execution.bpmn_reader import read_bpmn
from engine.execution.compiled import CompiledProcess, compile_process
from engine.execution.dmn_reader import read_dmn
from engine.execution.flag_paths import FlagUse, flag_use
from engine.expressions.decision_graph import DecisionModel
from engine.forms.definition import FormDefinition
from engine.store import definitions
from engine.store.database import Database
from engine.work.catalogue import DefinitionRef
from engine.work.drawing import Drawing, read_drawing

Key = TypeVar("Key")
Thing = TypeVar("Thing")
Version = tuple[str, int]


class DatabaseCatalogue:
    """The definitions of an agency; one per process, safe for threads."""

    def __init__(self, database: Database, agency: str = definitions.DEFAULT_AGENCY) -> None:
        """Bind the database; nothing is read yet."""
        self._database = database
        self._agency = agency
        self._lock = threading.Lock()
        self._others: dict[str, DatabaseCatalogue] = {}
        self._files: dict[Version, Mapping[str, bytes]] = {}
        self._compiled: dict[Version, CompiledProcess] = {}
        self._drawings: dict[Version, Drawing] = {}
        self._flag_uses: dict[Version, FlagUse] = {}
        self._forms: dict[tuple[str, int, str], FormDefinition | None] = {}
        self._decisions: dict[Version, Mapping[str, DecisionModel]] = {}

    def of(self, agency: str) -> DatabaseCatalogue:
        """Return the definitions of another agency, or these if they are its own."""
        if agency == self._agency:
            return self
        return self._once(self._others, agency, lambda: DatabaseCatalogue(self._database, agency))

    def in_force(self, session: Session) -> Mapping[str, DefinitionRef]:
        """Return the version for new instances of every process."""
        active = definitions.active(session, agency=self._agency)
        return {one.process: DefinitionRef(one.process, one.version) for one in active}

    def compiled(self, process: str, version: int) -> CompiledProcess:
        """Return a version ready to run."""
        key = (process, version)
        return self._once(self._compiled, key, lambda: self._compile(key))

    def drawing(self, process: str, version: int) -> Drawing:
        """Return names and conditions of a version's diagrams."""
        key = (process, version)
        return self._once(self._drawings, key, lambda: self._draw(key))

    def flag_use(self, process: str, version: int) -> FlagUse:
        """Return which elements of a version write and read which flags."""
        key = (process, version)
        return self._once(self._flag_uses, key, lambda: self._read_flag_use(key))

    def form(self, process: str, version: int, form_id: str) -> FormDefinition | None:
        """Return a form of a version, or None if the version has no such form."""
        key = (process, version)
        return self._once(self._forms, (*key, form_id), lambda: self._form(key, form_id))

    def decision(self, process: str, version: int, decision_id: str) -> DecisionModel:
        """Return the document of a version that holds a decision; NotFound if none does."""
        key = (process, version)
        found = self._once(self._decisions, key, lambda: self._read_models(key)).get(decision_id)
        if found is None:
            raise NotFound(
                f"Expected a decision {decision_id} in {process} {version}, but there is none",
                f"流程 {process} 第 {version} 版没有决策 {decision_id}",
            )
        return found

    def _once(self, kept: dict[Key, Thing], key: Key, make: Callable[[], Thing]) -> Thing:
        # Made outside the lock: whoever makes waits for a connection, which others may hold.
        with self._lock:
            if key in kept:
                return kept[key]
        made = make()
        with self._lock:
            return kept.setdefault(key, made)

    def _files_of(self, key: Version) -> Mapping[str, bytes]:
        return self._once(self._files, key, lambda: self._read_files(key))

    def _read_files(self, key: Version) -> Mapping[str, bytes]:
        with self._database.read() as session:
            files = definitions.files(session, *key, agency=self._agency)
        if not files:
            raise NotFound(
                f"Expected version {key[1]} of {key[0]} in the database, but there is none",
                f"数据库中没有流程 {key[0]} 第 {key[1]} 版",
            )
        return files

    def _compile(self, key: Version) -> CompiledProcess:
        files = self._files_of(key)
        diagrams = [path for path in sorted(files) if path.endswith(".bpmn")]
        main = next((p for p in diagrams if p.endswith(f"{key[0]}.bpmn")), diagrams[0])
        called = [files[path] for path in diagrams if path != main]
        return compile_process(files[main], key[0], called=called)

    def _draw(self, key: Version) -> Drawing:
        return read_drawing(self._diagrams_of(key))

    def _diagrams_of(self, key: Version) -> Iterator[bytes]:
        files = self._files_of(key)
        return (files[path] for path in sorted(files) if path.endswith(".bpmn"))

    def _read_flag_use(self, key: Version) -> FlagUse:
        read = [read_bpmn(source) for source in self._diagrams_of(key)]
        return flag_use(read, lambda form: self._bound_by(key, form))

    def _bound_by(self, key: Version, form_id: str) -> Iterator[str]:
        form = self.form(*key, form_id)
        return (flag for _, flag in form.flags) if form is not None else iter(())

    def _form(self, key: Version, form_id: str) -> FormDefinition | None:
        for path, content in self._files_of(key).items():
            if path.rpartition("/")[2] == f"{form_id}.json":
                return FormDefinition.from_json(content)
        return None

    def _read_models(self, key: Version) -> Mapping[str, DecisionModel]:
        files = self._files_of(key)
        models = [
            read_dmn(content) for path, content in sorted(files.items()) if path.endswith(".dmn")
        ]
        return {node.id: model for model in models for node in model.decisions}
