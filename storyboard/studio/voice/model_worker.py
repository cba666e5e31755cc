"""The program that runs a voice's network: requests as lines of JSON on stdin, answers on stdout.

A model is a stranger's file, and takes what memory and time it likes: here it has a process of its
own, with a limit, that its parent ends. It is read once and opened for each narration anew, so that
its random numbers are the same each time. Nobody imports this.

Request: `{"model", "digest", "memory", "rate", "sentences": [[id]], "scales": [number], "speaker":
id or null}`. Answer: a line `{"spoken": [{"samples", "durations"}]}`, then the samples, 32-bit
floats in the machine's order; or `{"error"}`. Durations are in a unit of the model's, one for each
id, or null. The program ends with stdin, or when it was idle for some time.
"""

from __future__ import annotations

import json
import os
import select
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from storyboard.studio.voice.levels import is_sound
from storyboard.studio.voice.model_bytes import NoModel, model_facts, one_more_output
from storyboard.studio.voice.speech_runtime import import_speech

IDLE_SECONDS: Final = 30.0
"""Until a program ends that nobody asks: its next start takes half a second. A choice."""

LONGEST_SECONDS: Final = (2.0, 0.3)
"""Of a sentence: so many, and so many for each id, of which a letter has two; slow speech takes
0.2 a letter. A model that gives more may never end."""

_INPUTS: Final = ("input", "input_lengths", "scales", "sid")
_REASON: Final = 200
"""Characters of what the runtime says: it goes on about its own files."""

Spoken = tuple[npt.NDArray[np.float32], list[float] | None]


class Refused(Exception):
    """The model gives no speech; says why."""


class Network:
    """A model that is opened for one narration."""

    def __init__(self, model: bytes, durations: str | None) -> None:
        """Open it, with its durations among the outputs; raises what the runtime does."""
        runtime = import_speech("onnxruntime")
        runtime.set_default_logger_severity(4)
        runtime.set_seed(1)
        options = runtime.SessionOptions()
        options.log_severity_level = 4
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # As quick as optimized, and half as long to open.
        options.graph_optimization_level = runtime.GraphOptimizationLevel.ORT_DISABLE_ALL
        whole = model if durations is None else model + one_more_output(durations)
        only = ["CPUExecutionProvider"]
        # A file can be both an ONNX model and one of the runtime's own format, which is not walked.
        options.add_session_config_entry("session.load_model_format", "ONNX")
        with _opening_nothing():
            self._session = runtime.InferenceSession(whole, options, providers=only)
        self._takes = {each.name for each in self._session.get_inputs()}
        if not {"input", "input_lengths", "scales"} <= self._takes <= set(_INPUTS):
            told = ", ".join(sorted(self._takes))[:_REASON]
            raise Refused(f"it is no voice of the Piper kind: it takes {told or 'nothing'}")

    def say(self, ids: Sequence[int], scales: Sequence[float], speaker: int | None) -> Spoken:
        """Speak one sentence; raises `Refused`, and what the runtime does."""
        feeds = {
            "input": np.asarray([ids], np.int64),
            "input_lengths": np.asarray([len(ids)], np.int64),
            "scales": np.asarray(scales, np.float32),
            "sid": np.asarray([speaker or 0], np.int64),
        }
        told = self._session.run(None, {name: feeds[name] for name in self._takes})
        return _samples(told[0]), _durations(told[1:], len(ids))


def _samples(told: Any) -> npt.NDArray[np.float32]:
    is_line = isinstance(told, np.ndarray) and told.size == max(told.shape, default=0)
    if not is_line or told.dtype.kind != "f" or not is_sound(told):
        raise Refused("it gives no samples")
    return np.ascontiguousarray(told.reshape(-1), np.float32)


def _check_length(samples: npt.NDArray[np.float32], count: int, rate: int) -> None:
    least, each = LONGEST_SECONDS
    seconds, most = len(samples) / rate, least + each * count
    if seconds > most:
        raise Refused(f"it gives {seconds:,.0f} seconds for a sentence of {most:,.0f} at most")


def _durations(told: Sequence[Any], count: int) -> list[float] | None:
    if not told or not isinstance(told[0], np.ndarray) or told[0].size != count:
        return None
    found = told[0].reshape(-1).astype(np.float64)
    return [float(each) for each in found] if np.isfinite(found).all() else None


def answer(request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Speak the sentences of a request; gives the answer's JSON object and the samples."""
    failures: tuple[type[Exception], ...] = (OSError, RuntimeError, ValueError, *_failures())
    try:
        model, durations = _read(request["model"], request["digest"])
        network = Network(model, durations)
        spoken = []
        for ids in request["sentences"]:
            spoken.append(network.say(ids, request["scales"], request["speaker"]))
            _check_length(spoken[-1][0], len(ids), request["rate"])
    except (Refused, NoModel) as refusal:
        return {"error": str(refusal)}, b""
    except MemoryError:
        return {"error": "it needs more memory than a voice may have"}, b""
    except failures as failure:
        return {"error": _reason(failure)}, b""
    lengths = [{"samples": len(samples), "durations": times} for samples, times in spoken]
    return {"spoken": lengths}, b"".join(samples.tobytes() for samples, _ in spoken)


def _failures() -> tuple[type[Exception], ...]:
    """Return what the runtime raises: a dozen classes that have no parent of their own."""
    runtime = import_speech("onnxruntime.capi.onnxruntime_pybind11_state")
    named = vars(runtime).values()
    return tuple(each for each in named if isinstance(each, type) and issubclass(each, Exception))


@lru_cache(maxsize=1)
def _read(path: str, digest: str) -> tuple[bytes, str | None]:
    """Read the model that was meant; a speech is kept under the digest of its bytes."""
    model = Path(path).read_bytes()
    if sha256(model).hexdigest() != digest:
        raise Refused("it was changed just now; try again")
    return model, model_facts(model).durations


def _reason(failure: Exception) -> str:
    said = str(failure)
    if "bad_alloc" in said or "bad allocation" in said or "Failed to allocate memory" in said:
        return "it needs more memory than a voice may have"
    return f"it fails: {' '.join(said.split())[:_REASON]}"


def limit_memory(size: int) -> None:
    """Let this process have so many bytes of addresses, where the system can see to that."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def _opening_nothing() -> Iterator[None]:
    """Have no file opened meanwhile, where the system can see to that: the model is in memory."""
    try:
        import resource
    except ImportError:
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def _asked() -> bytes:
    """Return the next request, empty once nobody asks any more."""
    if os.name == "posix":
        ready, _, _ = select.select([sys.stdin], [], [], IDLE_SECONDS)
        if not ready:
            return b""
    return sys.stdin.buffer.readline()


def main() -> None:
    """Answer requests until stdin ends."""
    has_limit = False
    while line := _asked():
        request = json.loads(line)
        if not has_limit:
            limit_memory(request["memory"])
            has_limit = True
        head, samples = answer(request)
        sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + samples)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
