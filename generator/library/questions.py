"""Questions about a library, each answered once, with a note of who asked which.

Whatever is made for a site is made of answers. So the answers are all that it depends on: as long
as they stay the same, it stays the same too. `question` turns a function of a library into a
question; a `Recorder` keeps the answers, and notes the questions of whoever is being served.

A question may ask others. Then its own answer is compared as well: where that stays the same,
nobody who asked for it needs anything new (an early cut-off, as in Salsa or in Bazel's Skyframe).

To add a question: write a function of the library and of strings, and put `@question` before it.
It may read nothing but its arguments, the model, and what it asks the library.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache, update_wrapper
from hashlib import blake2b
from typing import Any, Concatenate, Final, ParamSpec, Protocol, TypeVar

from msgspec import Struct, msgpack

P = ParamSpec("P")
T = TypeVar("T")

Key = tuple[str, ...]
"""The name of a question, and its arguments."""

Asked = set[int]
"""The numbers of questions: of each, the first eight bytes of the digest of its key."""

QUESTIONS: Final[dict[str, Callable[..., Any]]] = {}
"""Every question by its name, to be asked again by its key."""

_DECODERS: Final[dict[str, msgpack.Decoder[Any]]] = {}
"""For each `kept_question` what reads its kept answers."""

_DIGEST: Final = 16


def _plain_text(value: object) -> str:
    """Return a subclass of `str` as what it says; msgspec knows `str` alone."""
    if isinstance(value, str):
        return str(value)
    raise NotImplementedError


_encoder = msgpack.Encoder(order=None, enc_hook=_plain_text)


class Answer(Struct, frozen=True, array_like=True, gc=False):
    """What is kept of an answer: the key of its question, a digest, the questions it was made of.

    `asked` is from `packed`. Where it is empty, the answer comes from the records themselves.
    `value` is the answer itself in MessagePack, empty but for a `kept_question`.
    """

    key: Key
    digest: bytes
    asked: bytes
    value: bytes = b""


_decoder = msgpack.Decoder(dict[int, Answer])


class Recorder:
    """The answers that this process has given, and the questions of whoever is being served."""

    def __init__(self) -> None:
        """Start with no answer given, and nobody served."""
        # By question, then by arguments: so no key is put together to look one up.
        self.given: defaultdict[str, dict[Key, tuple[int, Any]]] = defaultdict(dict)
        self.asked: Asked = set()
        # Answers of the last build that still hold, packed.
        self.kept: Mapping[Key, bytes] = {}
        self._latest: list[tuple[Key, bytes]] = []

    def answer(
        self, key: Key, function: Callable[..., Any], library: HasRecorder
    ) -> tuple[int, Any]:
        """Return the number of a question and its answer, which is given for the first time."""
        if value := self.kept.get(key):
            self.put(key, _DECODERS[key[0]].decode(value))
            return self.given[key[0]][key[1:]]
        # As `serving` does, without its cost: a build gives a hundred thousand answers.
        before, self.asked = self.asked, set()
        try:
            answer, asked = function(library, *key[1:]), self.asked
        finally:
            self.asked = before
        self.given[key[0]][key[1:]] = given = number_of(key), answer
        self._latest.append((key, packed(asked)))
        return given

    def put(self, key: Key, answer: Any) -> None:  # noqa: ANN401 - as the question gives it
        """Take over an answer of the last build that still holds, so that nobody works it out."""
        self.given[key[0]].setdefault(key[1:], (number_of(key), answer))

    @contextmanager
    def serving(self) -> Iterator[Asked]:
        """Give the set into which all questions are noted that are asked meanwhile."""
        before, self.asked = self.asked, set()
        try:
            yield self.asked
        finally:
            self.asked = before

    def take(self) -> Answers:
        """Return what is to be kept of the answers given since this was last called."""
        latest, self._latest = self._latest, []
        taken = Answers()
        for key, asked in latest:
            number, answer = self.given[key[0]][key[1:]]
            value = _encoder.encode(answer) if key[0] in _DECODERS else b""
            taken.add(number, Answer(key, digest(answer), asked, value))
        return taken


class HasRecorder(Protocol):
    """What questions are asked: the library, which has its recorder."""

    recorder: Recorder


L = TypeVar("L", bound=HasRecorder)


def question(
    function: Callable[Concatenate[L, P], T],
) -> Callable[Concatenate[L, P], T]:
    """Turn a function of a library and of strings into a question, whose answer is kept."""
    name = function.__name__
    if name in QUESTIONS:
        raise ValueError(f"two questions have the name {name!r}")

    def ask(library: HasRecorder, *arguments: Any) -> Any:  # noqa: ANN401 - as the function has them
        recorder = library.recorder
        given = recorder.given[name].get(arguments)
        number, answer = given or recorder.answer((name, *arguments), function, library)
        recorder.asked.add(number)
        return answer

    QUESTIONS[name] = ask
    return update_wrapper(ask, function)  # type: ignore[return-value] # it has the same signature


def kept_question(
    type_: object,
) -> Callable[[Callable[Concatenate[L, P], T]], Callable[Concatenate[L, P], T]]:
    """Turn a function into a question whose answer, of this type, is kept as a value too.

    The next build takes it over where nothing that it was made of has changed. That is for what is
    small and takes long to work out; for all others the digest is enough.
    """

    def decorated(function: Callable[Concatenate[L, P], T]) -> Callable[Concatenate[L, P], T]:
        _DECODERS[function.__name__] = msgpack.Decoder(type_)
        return question(function)

    return decorated


def changed_answers(
    library: HasRecorder, kept: KeptAnswers, may_change: Callable[[Key], bool]
) -> tuple[dict[int, Key], Answers]:
    """Return the kept questions whose answers are others by now, and the present answers.

    Questions about the records themselves are asked again, unless `may_change` says that this is
    needless. Of the others, only those that asked one whose answer has changed. The present answers
    are those of all questions asked again.
    """
    changed: dict[int, Key] = {}
    present = Answers()
    known = kept.general()
    derived = [(n, array("Q", answer.asked)) for n, answer in known.items() if answer.asked]
    waiting = [n for n, answer in known.items() if not answer.asked and may_change(answer.key)]
    seen: Asked = set()
    now: dict[int, Answer] = {}  # an answer may have been given in an earlier round
    while waiting:
        for number in waiting:
            key = known[number].key
            # What is about a case or a term that is gone has no answer any more.
            with suppress(LookupError):
                QUESTIONS[key[0]](library, *key[1:])
        taken = library.recorder.take()
        present.update(taken)
        now |= taken.every()
        latest = {n for n in waiting if n not in now or now[n].digest != known[n].digest}
        for case in [known[n].key[1] for n in latest if known[n].key[0] == VERSION]:
            own = kept.of_case(case)
            known |= own
            derived += [(n, array("Q", answer.asked)) for n, answer in own.items()]
        changed |= {number: known[number].key for number in latest}
        seen.update(waiting)
        waiting = [n for n, asked in derived if n not in seen and not latest.isdisjoint(asked)]
    library.recorder.kept = {
        answer.key: answer.value for n, answer in known.items() if answer.value and n not in changed
    }
    return changed, present


VERSION: Final = "version"
"""The question on which all depends that is told of one case alone; its argument is the id."""


@dataclass(slots=True)
class Answers:
    """Answers by number: those that follow from one case alone by its id, and all others.

    Most are of the first sort. They are needed again only when their case has changed.
    """

    others: dict[int, Answer] = field(default_factory=dict)
    by_case: dict[str, dict[int, Answer]] = field(default_factory=dict)

    def add(self, number: int, answer: Answer) -> None:
        """Add an answer after those that it was made of."""
        case = answer.key[1] if len(answer.key) > 1 and answer.asked else ""
        own = self.by_case.get(case, {})
        unknown = {n for n in array("Q", answer.asked) if n not in own}
        if case and unknown <= {_version_number(case)}:
            self.by_case.setdefault(case, own)[number] = answer
        else:
            self.others[number] = answer

    def update(self, more: Answers) -> None:
        """Add all answers of another collection; of two to one question the later counts."""
        self.others |= more.others
        for case, own in more.by_case.items():
            self.by_case.setdefault(case, {}).update(own)

    def only(self, numbers: Asked) -> Answers:
        """Return those of the answers that have one of some numbers."""
        others = {n: answer for n, answer in self.others.items() if n in numbers}
        by_case = {
            case: {n: answer for n, answer in own.items() if n in numbers}
            for case, own in self.by_case.items()
        }
        return Answers(others, {case: own for case, own in by_case.items() if own})

    def every(self) -> dict[int, Answer]:
        """Return all answers by number."""
        every = dict(self.others)
        for own in self.by_case.values():
            every |= own
        return every

    def packed(self) -> PackedAnswers:
        """Return the answers as bytes, which take a tenth of the memory."""
        return PackedAnswers(
            _encoder.encode(self.others),
            {case: _encoder.encode(own) for case, own in self.by_case.items()},
        )


class PackedAnswers(Struct, frozen=True, array_like=True):
    """Answers as bytes: those that follow from one case alone by its id, and all others."""

    others: bytes
    by_case: dict[str, bytes]


class KeptAnswers:
    """Packed answers, each unpacked when it is needed; of two to one question the later counts."""

    def __init__(self, segments: Sequence[PackedAnswers]) -> None:
        """Take answers as they were packed, one part after the other."""
        self._segments = segments

    def general(self) -> dict[int, Answer]:
        """Return the answers that do not follow from one case alone."""
        return self._unpacked(segment.others for segment in self._segments)

    def of_case(self, id_: str) -> dict[int, Answer]:
        """Return the answers that follow from one case alone."""
        segments = (segment.by_case.get(id_) for segment in self._segments)
        return self._unpacked(packed for packed in segments if packed)

    def every(self) -> Answers:
        """Return all answers."""
        cases = dict.fromkeys(case for segment in self._segments for case in segment.by_case)
        return Answers(self.general(), {case: self.of_case(case) for case in cases})

    def _unpacked(self, segments: Iterable[bytes]) -> dict[int, Answer]:
        answers: dict[int, Answer] = {}
        for segment in segments:
            answers |= _decoder.decode(segment)
        return answers


def packed(asked: Asked) -> bytes:
    """Return the numbers of questions, eight bytes each."""
    return array("Q", sorted(asked)).tobytes()


def number_of(key: Key) -> int:
    """Return the number of a question."""
    return int.from_bytes(blake2b("\0".join(key).encode(), digest_size=8).digest(), "big")


@lru_cache
def _version_number(case: str) -> int:
    """Return the number of the question for the version of a case; many in a row are of one."""
    return number_of((VERSION, case))


def digest(answer: object) -> bytes:
    """Return the digest of an answer: of plain values, and of dataclasses made of them."""
    return blake2b(_encoder.encode(answer), digest_size=_DIGEST).digest()
