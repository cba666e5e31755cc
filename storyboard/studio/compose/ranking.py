"""How much each sentence says of the whole: TextRank over TF-IDF, smoothed. Chooses nothing.

Scores come from the words that sentences share (Mihalcea & Tarau 2004, with cosine similarity),
from their neighbors', less for what is said at every meeting, and more for what the brief asks.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from storyboard.studio.compose.sentences import Sentence
from storyboard.studio.compose.small_talk import is_about_itself
from storyboard.studio.compose.words import brief_terms, stems

_DAMPING: Final = 0.85
"""PageRank's, which TextRank took over."""

_ROUNDS: Final = 40
"""What a round still changes shrinks by the damping: after 40, to less than 0.2 %."""

_NEIGHBOR: Final = 0.25
"""The share of each neighbor's score that a sentence gets; a choice, as are those below."""

_BRIEF_WEIGHT: Final = 4.0
"""How much more the sentence counts that has most of the brief."""

_ITSELF_FACTOR: Final = 0.3
"""What is left of the score of a sentence that tells what will be said."""

_PART_FACTOR: Final = 0.25
"""What is left of the score of a sentence without its beginning or its end."""

_ROW_FACTOR: Final = 0.04
"""What is left of the score of what has neither, as a row of a table."""

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Terms:
    """TF-IDF weights of all sentences in coordinates: sentence, term, weight; rows have norm 1."""

    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]
    vocabulary: dict[str, int]
    idf: npt.NDArray[np.float64]
    count: int

    def times(self, vector: Scores) -> Scores:
        """Return the similarity matrix times a vector, without ever building the matrix."""
        size = len(self.vocabulary)
        by_term = np.bincount(self.columns, self.weights * vector[self.rows], minlength=size)
        back = np.bincount(self.rows, self.weights * by_term[self.columns], minlength=self.count)
        return np.asarray(back - vector * self.filled(), dtype=np.float64)

    def filled(self) -> Scores:
        """Return 1 for each sentence with a term: its similarity to itself."""
        return (np.bincount(self.rows, minlength=self.count) > 0).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Ranking:
    """What each sentence is worth, 0 to 1, and `answers`: how much of the brief it has itself."""

    scores: tuple[float, ...]
    answers: tuple[float, ...]


def rank(sentences: Sequence[Sentence], brief: str = "") -> Ranking:
    """Return what sentences are worth, the best one 1; the same for the same texts, always."""
    terms = weigh(sentences)
    scores = _smoothed(_text_rank(terms), sentences)
    scores = scores / (scores.max() or 1.0)
    answers = _overlap(terms, brief)
    asked = _smoothed(answers, sentences)
    if asked.max() > 0:
        scores = (0.15 + scores) * (1.0 + _BRIEF_WEIGHT * asked / asked.max())
    scores = scores * np.array([worth(each) for each in sentences])
    scores = scores / (scores.max() or 1.0)
    return Ranking(tuple(map(float, scores)), tuple(map(float, answers)))


def worth(sentence: Sentence) -> float:
    """Return what a sentence is good for by its form, 0 to 1, whatever it says."""
    missing = (not sentence.begins) + (not sentence.ends)
    whole = (1.0, _PART_FACTOR, _ROW_FACTOR)[missing]
    return whole * (_ITSELF_FACTOR if is_about_itself(sentence.text) else 1.0)


def weigh(sentences: Sequence[Sentence]) -> Terms:
    """Return the weights of every sentence's terms."""
    counts = [Counter(stems(sentence.text)) for sentence in sentences]
    spread = Counter(term for count in counts for term in count)
    vocabulary = {term: number for number, term in enumerate(spread)}
    idf = np.array([math.log(1 + len(sentences) / spread[term]) for term in vocabulary])
    rows, columns, weights = [], [], []
    for number, count in enumerate(counts):
        values = [(1 + math.log(times)) * idf[vocabulary[term]] for term, times in count.items()]
        length = math.sqrt(sum(value * value for value in values))
        rows += [number] * len(values)
        columns += [vocabulary[term] for term in count]
        weights += [value / length for value in values]
    return Terms(
        np.array(rows, dtype=np.int64),
        np.array(columns, dtype=np.int64),
        np.array(weights, dtype=np.float64),
        vocabulary,
        idf,
        len(sentences),
    )


def _text_rank(terms: Terms) -> Scores:
    ones = np.ones(terms.count)
    degrees = terms.times(ones)
    share = np.where(degrees > 1e-12, 1 / np.maximum(degrees, 1e-12), 0.0)
    scores = ones / terms.count
    for _ in range(_ROUNDS):
        scores = (1 - _DAMPING) / terms.count + _DAMPING * terms.times(scores * share)
    return scores


def _smoothed(scores: Scores, sentences: Sequence[Sentence]) -> Scores:
    """Give each sentence a share of its neighbors' scores; sources do not touch."""
    result = scores * (1 - 2 * _NEIGHBOR)
    source = np.array([sentence.source for sentence in sentences])
    same = source[1:] == source[:-1]
    result[1:] += _NEIGHBOR * np.where(same, scores[:-1], scores[1:])
    result[:-1] += _NEIGHBOR * np.where(same, scores[1:], scores[:-1])
    result[0] += _NEIGHBOR * scores[0]
    result[-1] += _NEIGHBOR * scores[-1]
    return result


def _overlap(terms: Terms, brief: str) -> Scores:
    """Return how much of the brief each sentence has: the summed idf of the terms they share."""
    wanted = brief_terms(brief) & terms.vocabulary.keys()
    value = np.zeros(len(terms.vocabulary))
    for term in wanted:
        value[terms.vocabulary[term]] = terms.idf[terms.vocabulary[term]]
    return np.bincount(terms.rows, value[terms.columns], minlength=terms.count).astype(np.float64)
