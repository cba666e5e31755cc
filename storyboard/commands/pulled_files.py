"""Rewrites the files of one storyboard with what people edited in the studio, as far as that goes.

Each edit is made as text, and then the compiler has to agree: all videos of the storyboard show
what they should, and nothing else has changed. An edit with which it does not is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from storyboard.catalogs.po_editing import with_translation
from storyboard.commands.pulled_check import Expected
from storyboard.commands.pulled_edits import Board, Left, Step, Translated, edits_of
from storyboard.commands.pulled_forms import names_of
from storyboard.commands.pulled_order import arranged_text, arranges
from storyboard.commands.request import Request
from storyboard.commands.rewriting import Rewrite
from storyboard.compiler import Compilation, compile_edited
from storyboard.counting import counted
from storyboard.errors import ConflictError, FailureCode
from storyboard.expand.origins import item_of
from storyboard.language.editing import CannotEdit, Edit, apply_edits
from storyboard.language.place import Place
from storyboard.language.storyboard import bind_storyboard
from storyboard.plan.diff import ChangeKind
from storyboard.plan.merged import Merged, MergeOutcome
from storyboard.source.diagnostic import Severity
from storyboard.source.document import Document
from storyboard.source.files import OverlaidFiles, ProjectFiles
from storyboard.source.reader import read_document
from storyboard.source.span import Span
from storyboard.source.text import read_text, with_mark_of
from storyboard.video import Address


@dataclass(frozen=True, slots=True)
class WhyLeft:
    """Why a value is left to the author, and where it is written."""

    reason: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class PulledBoard:
    """The new texts of a storyboard's files, and what is left, by address and path."""

    rewrites: tuple[Rewrite, ...]
    left: Mapping[tuple[Address, str], WhyLeft]


def pull_board(request: Request, compilation: Compilation, merged: Sequence[Merged]) -> PulledBoard:
    """Return the files of a storyboard whose videos were merged.

    Raises `ConflictError` where the file was changed since it was compiled.
    """
    return _Pulling.of(request, compilation, merged).pulled()


@dataclass(frozen=True, slots=True)
class _Made:
    """Files with some edits made, and the videos that wait for translations since."""

    contents: Mapping[str, bytes]
    held: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class _Pulling:
    request: Request
    compilation: Compilation
    files: ProjectFiles
    board: Board
    document: Document

    @classmethod
    def of(cls, request: Request, compilation: Compilation, merged: Sequence[Merged]) -> _Pulling:
        files, path = ProjectFiles(request.root), merged[0].video.span.file
        document, _ = read_document(path, files.read(path))
        compiled = (item_of(s.origin) for each in merged for s in each.video.scenes)
        same = (p.document.text for p in compiled if p is not None and p.document.path == path)
        if document is None or any(text != document.text for text in same):
            raise ConflictError(
                f"'{path}' was changed meanwhile",
                hint="run the command again",
                code=FailureCode.FILE_CHANGED,
            )
        storyboard = bind_storyboard(document)
        project = compilation.project
        overlay = project.overlay(request.environment)
        names = {
            each.video.address: names_of(storyboard, project, overlay, each.video.address.locale)
            for each in merged
        }
        board = Board(Place(document), tuple(merged), names)
        return cls(request, compilation, files, board, document)

    def pulled(self) -> PulledBoard:
        found = list(edits_of(self.board))
        steps = [each for each in found if isinstance(each, Step)]
        left = {key: why for each in found if isinstance(each, Left) for key, why in _left(each)}
        arrange = arranges(self.board)
        try:
            made = self._made(steps, arrange=arrange)
        except CannotEdit:
            steps, arrange, made, refused = self._one_by_one(steps, arrange=arrange)
            left |= refused
        rewrites = tuple(self._rewrites(made, steps, arrange=arrange))
        return PulledBoard(rewrites, {**dict(self._lacking(steps)), **left})

    def _lacking(self, steps: Sequence[Step]) -> Iterator[tuple[tuple[Address, str], WhyLeft]]:
        """Yield what was to be taken and does not come out so, with the edits that were made."""
        expected = Expected({s.key: s for step in steps for s in step.slots})
        for merged in self.board.merged:
            for path in expected.lacks(merged):
                yield (
                    (merged.video.address, path),
                    WhyLeft("it goes with a change that is left", None),
                )

    def _one_by_one(
        self, steps: Sequence[Step], *, arrange: bool
    ) -> tuple[list[Step], bool, _Made, dict[tuple[Address, str], WhyLeft]]:
        """Return the edits that can be made together, and why the others cannot."""
        good: list[Step] = []
        left: dict[tuple[Address, str], WhyLeft] = {}
        made = _Made({}, ())
        for step in steps:
            try:
                made = self._made([*good, step], arrange=False)
                good.append(step)
            except CannotEdit as refusal:
                left |= {(s.address, s.path): WhyLeft(str(refusal), None) for s in step.slots}
        if arrange:
            try:
                return good, True, self._made(good, arrange=True), left
            except CannotEdit as refusal:
                left |= dict(self._unarranged(str(refusal)))
        return good, False, made, left

    def _unarranged(self, reason: str) -> Iterator[tuple[tuple[Address, str], WhyLeft]]:
        for merged in self.board.merged:
            for item in merged.fields:
                if item.verdict is MergeOutcome.TAKEN and item.kind is not ChangeKind.CHANGED:
                    yield (merged.video.address, item.path), WhyLeft(reason, item.span)

    def _made(self, steps: Sequence[Step], *, arrange: bool) -> _Made:
        """Return the files with edits made; raises `CannotEdit` where the compiler disagrees."""
        contents = self._contents(steps, arrange=arrange)
        if not contents:
            return _Made({}, ())
        edited = OverlaidFiles(self.files, contents)
        after = compile_edited(self.compilation, edited, self.board.path)
        before = (*self.compilation.report.diagnostics, *self.compilation.elsewhere)
        known = {(finding.code, finding.message) for finding in before}
        for finding in after.report.diagnostics:
            is_new = (finding.code, finding.message) not in known
            if is_new and finding.severity is Severity.ERROR:
                raise CannotEdit(finding.message)
        expected = Expected({s.key: s for step in steps for s in step.slots}, arranged=arrange)
        videos = {video.address: video for video in after.videos}
        held = []
        for merged in self.board.merged:
            video = videos.get(merged.video.address)
            if video is None:
                raise CannotEdit(f"'{merged.video.address}' could not be compiled then")
            if video.holds:
                held += [] if merged.video.holds else [video.address]
            elif not merged.video.holds and not expected.is_met(merged, video):
                raise CannotEdit("something else would change with it")
        return _Made(contents, tuple(held))

    def _contents(self, steps: Sequence[Step], *, arrange: bool) -> dict[str, bytes]:
        path, text = self.board.path, self.document.text
        text = apply_edits(text, (s.edit for s in steps if isinstance(s.edit, Edit)))
        if arrange:
            document, _ = read_document(path, text)
            if document is None:
                raise CannotEdit("the file could not be read then")
            before, text = text, arranged_text(self.board, document)
            if text == before:
                raise CannotEdit("it comes from a loop or an include")
        contents = {} if text == self.document.text else {path: self._encoded(path, text)}
        texts = [step.edit for step in steps if isinstance(step.edit, Translated)]
        for file in dict.fromkeys(each.file for each in texts):
            own = [each for each in texts if each.file == file]
            contents[file] = self._encoded(file, self._translated(file, own))
        return contents

    def _encoded(self, path: str, text: str) -> bytes:
        return with_mark_of(self.files.read(path), text)

    def _translated(self, file: str, texts: Sequence[Translated]) -> str:
        text, _ = read_text(file, self.files.read(file))
        for each in sorted(texts, key=lambda each: -each.line):
            text = None if text is None else with_translation(text, each.line, each.text)
        if text is None:
            raise CannotEdit(f"'{file}' cannot be edited")
        return text

    def _rewrites(self, made: _Made, steps: Sequence[Step], *, arrange: bool) -> Iterator[Rewrite]:
        # Catalogs first: a source text alone would hold its translations, and what people edited of
        # them could not be pulled any more by the run after one that was killed in between.
        ordered = sorted(made.contents.items(), key=lambda item: item[0] == self.board.path)
        for path, content in ordered:
            news = dict.fromkeys(self._news(path, steps, arrange=arrange))
            held = [f"'{address}' waits for its translation" for address in made.held]
            told = (*news, *(held if path == self.board.path else ()))
            yield Rewrite(path, self.files.read(path), content, told)

    def _file(self, step: Step) -> str:
        return step.edit.file if isinstance(step.edit, Translated) else self.board.path

    def _news(self, path: str, steps: Sequence[Step], *, arrange: bool) -> Iterator[str]:
        for merged in self.board.merged:
            address = merged.video.address
            here = (step for step in steps if self._file(step) == path)
            slots = (slot for step in here for slot in step.slots)
            count = sum(slot.changes and slot.address == address for slot in slots)
            if arrange and path == self.board.path:
                count += sum(
                    item.verdict is MergeOutcome.TAKEN and item.kind is not ChangeKind.CHANGED
                    for item in merged.fields
                )
            if count:
                yield f"{counted(count, 'edit')} of '{address}'"


def _left(left: Left) -> Iterator[tuple[tuple[Address, str], WhyLeft]]:
    yield (left.slot.address, left.slot.path), WhyLeft(left.reason, left.span)
