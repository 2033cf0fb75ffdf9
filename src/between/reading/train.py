"""Makes the heads anew and prints how they do on what was held back: ``python -m between.reading.train``.

A tool for developers: needs scikit-learn and, for the emotions, a folder with GoEmotions
(``train.tsv.gz``, ``dev.tsv.gz``: comment, label numbers, id; ``labels.txt``). Takes about five minutes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from between.memory.encoder import Encoder
from between.reading import distortion, emotion, features
from between.reading.linear import HEADS, Floats, Linear, quantised
from between.reading.train_intents import train_intents

Matrix = Any  # a scipy sparse matrix or a numpy one; neither says so in a type that both share
Truth = NDArray[np.int64]

MERGED = {
    "anger": "anger annoyance disapproval",
    "disgust": "disgust",
    "fear": "fear nervousness",
    "joy": "joy admiration amusement approval caring desire excitement gratitude love optimism pride relief",
    "sadness": "sadness disappointment grief",
    "surprise": "surprise confusion curiosity realization",
    "neutral": "neutral",
    "shame": "embarrassment",
    "guilt": "remorse",
}
ROW = 10.0
"""Unit rows are small numbers; this brings them to the size that the fit expects."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Texts with what is true of them."""

    texts: list[str]
    truth: Truth


def goemotions(folder: Path, name: str) -> Lines:
    """One part of GoEmotions with our nine labels."""
    names = (folder / "labels.txt").read_text(encoding="utf-8").split()
    ours = {fine: emotion.LABELS.index(label) for label, many in MERGED.items() for fine in many.split()}
    texts, rows = [], []
    with gzip.open(folder / f"{name}.tsv.gz", "rt", encoding="utf-8") as file:
        for line in file:
            text, numbers, _ = line.rstrip("\n").split("\t")
            row = np.zeros(len(emotion.LABELS), np.int64)
            row[[ours[names[int(number)]] for number in numbers.split(",")]] = 1
            texts.append(text)
            rows.append(row)
    return Lines(texts, np.array(rows))


def written(name: str, labels: tuple[str, ...]) -> Lines:
    """Lines written for Between."""
    kept = (distortion.DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in kept]
    truth = np.array([[int(label in record["labels"]) for label in labels] for record in records])
    return Lines([record["text"] for record in records], truth)


def rarity(texts: list[str]) -> Floats:
    """How rare each gram is in the texts."""
    seen = np.zeros(features.BUCKETS)
    for text in texts:
        seen[features.hashed(text)[0]] += 1
    return (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32)


def sparse(texts: list[str], idf: Floats) -> Matrix:
    """The weighted grams of each text."""
    rows = [features.weighted(text, idf) for text in texts]
    ends = np.cumsum([0, *(len(index) for index, _ in rows)])
    parts = np.concatenate([value for _, value in rows]), np.concatenate([index for index, _ in rows]), ends
    return sp.csr_matrix(parts, shape=(len(texts), features.BUCKETS))


def fit(inputs: Matrix, truth: Truth, strength: float) -> Linear:
    """One yes-or-no model for each label."""
    weights, bias = [], []
    for label in range(truth.shape[1]):
        model = LogisticRegression(C=strength, solver="liblinear").fit(inputs, truth[:, label])
        weights.append(model.coef_[0])
        bias.append(model.intercept_[0])
    return quantised(np.array(weights), np.array(bias))


def best_line(score: Floats, truth: Truth) -> Floats:
    """For each label the score that separates best."""
    lines = []
    for label in range(truth.shape[1]):
        tries = np.quantile(score[:, label], np.linspace(0.4, 0.999, 120))
        lines.append(max(tries, key=lambda line: f1_score(truth[:, label], score[:, label] > line)))
    return np.array(lines, np.float32)


def macro_f1(likely: Floats, truth: Truth, most: int, always: bool) -> float:
    """Macro-F1 of the labels at or over a half, at most so many of them."""
    order = np.argsort(-likely, axis=1)
    said = np.zeros_like(truth)
    for row, labels in enumerate(order):
        over = [label for label in labels if likely[row, label] >= 0.5][:most]
        said[row, over or (labels[:1] if always else [])] = 1
    return float(f1_score(truth, said, average="macro", zero_division=0))


def say(line: str) -> None:
    """A line for the person who trains."""
    sys.stdout.write(line + "\n")


# Emotions --------------------------------------------------------------------------------------


def train_emotions(folder: Path, encoder: Encoder) -> None:
    """Fits on nine tenths of the training part, sets the lines on the tenth, reports on ``dev``."""
    train, dev = goemotions(folder, "train"), goemotions(folder, "dev")
    tenth = np.random.default_rng(0).random(len(train.texts)) < 0.1
    idf = rarity(train.texts)
    grams, rows = sparse(train.texts, idf), encoder.embed(train.texts)
    diary = written("emotions", emotion.LABELS)
    diary_rows = encoder.embed(diary.texts)
    other_rows = encoder.embed(written("distortions", distortion.LABELS).texts)
    words = fit(grams[~tenth], train.truth[~tenth], 2.0)
    remarks = fit(rows[~tenth] * ROW, train.truth[~tenth], 1.0)
    sample = np.random.default_rng(1).choice(np.flatnonzero(~tenth), 10_000, replace=False)
    like_diary = np.vstack([diary_rows, other_rows])
    gate = _gate(like_diary, rows[sample])
    share = train.truth.mean(axis=0)
    arrays: dict[str, NDArray[np.generic]] = {
        "idf": idf.astype(np.float16),
        "prior": np.log(share / (1 - share)).astype(np.float32),
        **words.arrays("words"),
        **_on_rows(remarks).arrays("remarks"),
        **_on_rows(gate).arrays("gate"),
        "line.words": np.zeros(len(emotion.LABELS), np.float32),
        "line.both": np.zeros(len(emotion.LABELS), np.float32),
        "line.diary": np.zeros(1, np.float32),
    }
    fair = _across_folds(arrays, diary, diary_rows)
    arrays |= _on_rows(fit(diary_rows * ROW, diary.truth, 1.0)).arrays("diary")
    held = [train.texts[i] for i in np.flatnonzero(tenth)]
    arrays["line.words"] = best_line(_logit(arrays, held, None), train.truth[tenth])
    arrays["line.both"] = best_line(_logit(arrays, held, rows[tenth]), train.truth[tenth])
    arrays["line.diary"] = np.array([np.quantile(fair.max(axis=1), 0.25)], np.float32)
    np.savez_compressed(HEADS / f"{emotion.NAME}.npz", **arrays)  # type: ignore[arg-type]  # names are keys
    _report_emotions(dev, encoder, fair, diary)


def _gate(diary: Floats, remarks: Floats) -> Linear:
    inputs = np.vstack([diary, remarks]) * ROW
    truth = np.array([1] * len(diary) + [0] * len(remarks))
    model = LogisticRegression(C=0.3, class_weight="balanced", max_iter=500).fit(inputs, truth)
    return quantised(model.coef_, model.intercept_)


def _on_rows(model: Linear) -> Linear:
    """The same model for unit rows as the encoder gives them."""
    return Linear(model.weights, (model.scale * ROW).astype(np.float32), model.bias)


def _logit(arrays: dict[str, NDArray[np.generic]], texts: list[str], rows: Floats | None) -> Floats:
    heads = emotion.Emotions(arrays)
    likely = [heads.scores(text, None if rows is None else rows[i]) for i, text in enumerate(texts)]
    likely_all = np.clip(np.array(likely, np.float64), 1e-9, 1 - 1e-9)
    return np.log(likely_all / (1 - likely_all)).astype(np.float32)


def _across_folds(arrays: dict[str, NDArray[np.generic]], diary: Lines, rows: Floats) -> Floats:
    """Scores of each diary line by heads that never saw it; only the diary head is fitted anew."""
    scores = np.zeros(diary.truth.shape, np.float32)
    for seen, held in StratifiedKFold(5, shuffle=True, random_state=1).split(
        rows, diary.truth.argmax(axis=1)
    ):
        fold = arrays | _on_rows(fit(rows[seen] * ROW, diary.truth[seen], 1.0)).arrays("diary")
        scores[held] = _logit(fold, [diary.texts[i] for i in held], rows[held])
    return scores


def _report_emotions(dev: Lines, encoder: Encoder, fair: Floats, diary: Lines) -> None:
    heads, rows = emotion.Emotions(), encoder.embed(dev.texts)
    alone = np.array([heads.scores(text) for text in dev.texts])
    both = np.array([heads.scores(text, row) for text, row in zip(dev.texts, rows, strict=True)])
    for name, likely in (("words alone", alone), ("words and encoder", both)):
        say(
            f"emotions, GoEmotions dev (held back), {name}: macro-F1 {macro_f1(likely, dev.truth, 2, True):.3f}"
        )
    right = fair.argmax(axis=1) == diary.truth.argmax(axis=1)
    say(f"emotions, own diary lines, five folds: most likely label right {right.mean():.3f} of {len(right)}")


# Distortions -----------------------------------------------------------------------------------


def train_distortions(encoder: Encoder) -> None:
    """Sets the lines across five folds, reports on a fifth that nothing saw, then fits on everything."""
    ours, calm = written("distortions", distortion.LABELS), written("emotions", emotion.LABELS)
    nothing = np.zeros((len(calm.texts), len(distortion.LABELS)), np.int64)
    lines = Lines(ours.texts + calm.texts, np.vstack([ours.truth, nothing]))
    rows = encoder.embed(lines.texts)
    groups = np.where(lines.truth.any(axis=1), lines.truth.argmax(axis=1), len(distortion.LABELS))
    seen, held = next(StratifiedKFold(5, shuffle=True, random_state=7).split(rows, groups))
    trial = _fit_distortions(_some(lines, seen), rows[seen], groups[seen])
    heads = distortion.Distortions(trial)
    texts = [lines.texts[i] for i in held]
    likely = np.array([heads.scores(text, row) for text, row in zip(texts, rows[held], strict=True)])
    truth = lines.truth[held]
    none = ~truth.any(axis=1)
    quiet = float((~(likely[none] >= 0.5).any(axis=1)).mean())
    found = float((likely[~none] >= 0.5).any(axis=1).mean())
    say(
        f"distortions, held-back fifth (n={len(held)}): macro-F1 {macro_f1(likely, truth, 3, False):.3f}, "
        f"none left alone {quiet:.3f}, some found {found:.3f}"
    )
    arrays = _fit_distortions(lines, rows, groups)
    np.savez_compressed(HEADS / f"{distortion.NAME}.npz", **arrays)  # type: ignore[arg-type]  # names are keys


def _some(lines: Lines, index: NDArray[np.int64]) -> Lines:
    return Lines([lines.texts[i] for i in index], lines.truth[index])


def _fit_distortions(lines: Lines, rows: Floats, groups: NDArray[np.int64]) -> dict[str, NDArray[np.generic]]:
    arrays = _distortion_heads(lines, rows)
    both = np.zeros((len(lines.texts), len(distortion.LABELS) + 1), np.float32)
    alone = np.zeros_like(both)
    for seen, held in StratifiedKFold(5, shuffle=True, random_state=3).split(rows, groups):
        heads = distortion.Distortions(_distortion_heads(_some(lines, seen), rows[seen]))
        both[held] = [heads.raw(lines.texts[i], rows[i]) for i in held]
        alone[held] = [heads.raw(lines.texts[i]) for i in held]
    arrays["line.both"] = _careful_line(both, lines.truth)
    arrays["line.words"] = _careful_line(alone, lines.truth)
    return arrays


def _distortion_heads(lines: Lines, rows: Floats) -> dict[str, NDArray[np.generic]]:
    idf = rarity(lines.texts)
    truth = np.column_stack([lines.truth, lines.truth.any(axis=1).astype(np.int64)])
    told = np.array([distortion.cues(text) for text in lines.texts])
    grams = sp.hstack([sparse(lines.texts, idf), sp.csr_matrix(told * distortion.CUE_WEIGHT)]).tocsr()
    dense = np.array([distortion.dense(row, text) for row, text in zip(rows, lines.texts, strict=True)])
    return {
        "idf": idf.astype(np.float16),
        **fit(grams, truth, 20.0).arrays("words"),
        **fit(dense, truth, 0.3).arrays("dense"),
        "line.both": np.zeros(2, np.float32),
        "line.words": np.zeros(2, np.float32),
    }


def _careful_line(raw: Floats, truth: Truth) -> Floats:
    """The line with the best macro-F1 among those that leave 93 in 100 of the accurate texts alone."""
    none, best = ~truth.any(axis=1), (-1.0, 0.0, 0.0)
    for line in np.linspace(-3, 1, 33):
        for floor in np.linspace(-3, 1.5, 19):
            said = (raw[:, :-1] >= line) & (raw[:, -1:] >= floor)
            if (~said[none].any(axis=1)).mean() >= 0.93:
                score = f1_score(truth, said, average="macro", zero_division=0)
                best = max(best, (float(score), float(line), float(floor)))
    return np.array(best[1:], np.float32)


def main() -> None:
    """Train what can be trained."""
    parser = argparse.ArgumentParser(description="Train the heads that read a text.")
    parser.add_argument("--goemotions", type=Path, help="folder with train.tsv.gz, dev.tsv.gz, labels.txt")
    chosen = parser.parse_args()
    encoder = Encoder()
    say(f"intents: head fitted on {train_intents(encoder)} lines")
    train_distortions(encoder)
    if chosen.goemotions:
        train_emotions(chosen.goemotions, encoder)
    else:
        say("emotions: left as they are (no --goemotions folder given)")


if __name__ == "__main__":
    main()
