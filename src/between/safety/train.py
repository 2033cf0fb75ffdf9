"""Makes the classifier's heads anew and prints how they do on what was held back: ``python -m between.safety.train``.

A tool for developers: needs scikit-learn. The encoder reads some 25,000 short texts, which takes a few minutes;
``--rows`` keeps them for the next time. ``--beside`` names a folder with Pepys and MemoryBank (see ``evaluate``):
with it the lines are set so that whole days without danger stay quiet as well.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.model_selection import GroupKFold

from between.domain import Tier
from between.memory.encoder import Encoder
from between.reading.linear import Floats, Linear, quantised
from between.reading.train import ROW, rarity, sparse
from between.safety.classifier import HEADS, Classifier, Embedder, length
from between.safety.screen import Screen
from between.safety.train_figures import Probabilities, curve, report, say
from between.safety.train_lines import Sample, calm_lines, diaries, own_lines
from between.safety.units import sentences, windows

SOFT_ON_NONE, HARD_ON_NONE = 0.08, 0.01
"""Most false alarms of the classifier alone on lines written to mislead it."""
CARDS_ON_DAYS, HARD_ON_DAYS = 0.05, 0.005
"""Most cards, those of the rules among them, and most hard ones of the classifier, on whole days without danger."""
HARDLY_EVER = 0.97
"""Share of texts to whose odds the encoder brings less than what is reckoned with before it is asked."""
_FOLDS = 4
_WORDS_C, _ROWS_C = 4.0, 0.03
Arrays = dict[str, NDArray[np.generic]]


class Rows:
    """An encoder that never reads a text twice."""

    def __init__(self, encoder: Embedder, kept: Path | None) -> None:
        self._encoder, self._path, self._rows = encoder, kept, dict[str, Floats]()
        if kept is not None and kept.is_file():
            with np.load(kept, allow_pickle=False) as arrays:
                self._rows = dict(zip(arrays["texts"].tolist(), arrays["rows"], strict=True))

    def embed(self, texts: Sequence[str]) -> Floats:
        """Rows in the order of the texts."""
        new = sorted({text for text in texts if text not in self._rows}, key=len)
        if new:
            self._rows.update(zip(new, self._encoder.embed(new), strict=True))
        return np.array([self._rows[text] for text in texts], np.float32)

    def keep(self) -> None:
        """Write them down for the next time."""
        if self._path is not None:
            np.savez(self._path, texts=np.array(list(self._rows)), rows=np.array(list(self._rows.values())))


def truth(samples: Sequence[Sample]) -> NDArray[np.bool_]:
    """One row for each sample: crisis, any card."""
    return np.array([[s.label == "crisis", s.label != "none"] for s in samples])


def fit_heads(samples: Sequence[Sample], rows: Rows) -> Arrays:
    """Grams, windows and sentences; not yet brought together."""
    texts, true = [s.text for s in samples], truth(samples)
    weight = np.array([s.weight for s in samples])
    idf = rarity(texts).astype(np.float16).astype(np.float32)
    grams = sparse(texts, idf)
    fitted = [LogisticRegression(C=_WORDS_C, solver="liblinear").fit(grams, y, weight) for y in true.T]
    words = quantised(np.vstack([m.coef_ for m in fitted]), np.hstack([m.intercept_ for m in fitted]))
    cut = [sentences(text) for text in texts]
    window = _fit_rows([rows.embed(windows(one)) for one in cut], true, weight)
    sentence = _fit_rows([rows.embed(one) for one in cut], true, weight)
    return {
        "idf": idf.astype(np.float16),
        **words.arrays("words"),
        **window.arrays("window"),
        **sentence.arrays("sentence"),
        "final": np.zeros((2, 6), np.float32),
        "final.bias": np.zeros(2, np.float32),
        "long": np.zeros(2, np.float32),
        "usual": np.zeros(2, np.float32),
        "most": np.zeros(2, np.float32),
        "soft": np.zeros(1, np.float32),
        "hard": np.zeros(1, np.float32),
    }


def _fit_rows(units: Sequence[Floats], true: NDArray[np.bool_], weight: Floats) -> Linear:
    """A text that is true holds at least one unit that is: fitted twice, the second time on the likeliest ones."""
    fitted = []
    for label in true.T:
        model: Any = None  # scikit-learn has no types
        for _ in range(2):
            inputs, share = [], []
            for rows, yes, heavy in zip(units, label, weight, strict=True):
                order = np.arange(len(rows)) if model is None else np.argsort(-(rows @ model.coef_[0]))
                chosen = order if model is None else order[: max(1, len(rows) // 4) if yes else 4]
                inputs.append(rows[chosen])
                each = 1 / len(chosen) if yes else max(1 / len(chosen), 0.4)
                share.append(np.full(len(chosen), each * heavy))
            y = np.repeat(label, [len(one) for one in inputs])
            model = LogisticRegression(C=_ROWS_C, max_iter=2000)
            model.fit(np.vstack(inputs) * ROW, y, np.hstack(share))
        fitted.append(model)
    made = quantised(np.vstack([m.coef_ for m in fitted]), np.hstack([m.intercept_ for m in fitted]))
    return Linear(made.weights, (made.scale * ROW).astype(np.float32), made.bias)


def evidence(samples: Sequence[Sample], arrays: Arrays, rows: Rows) -> Floats:
    """The six scores of each sample, its turns taken together."""
    classifier = Classifier(rows, arrays)
    found = [classifier.evidence(sample.text) for sample in samples]
    return np.array([np.zeros(6) if one is None else one for one in found], np.float32)


def across_folds(samples: Sequence[Sample], rows: Rows) -> tuple[Floats, list[tuple[Arrays, list[int]]]]:
    """The six scores of each sample by heads that saw neither it nor its neighbours; and those heads."""
    scores, made = np.zeros((len(samples), 6), np.float32), []
    groups = [s.group for s in samples]
    for seen, left in GroupKFold(_FOLDS).split(scores, groups=groups):
        arrays = fit_heads([samples[n] for n in seen], rows)
        scores[left] = evidence([samples[n] for n in left], arrays, rows)
        made.append((arrays, [int(n) for n in left]))
    return scores, made


def bring_together(samples: Sequence[Sample], scores: Floats) -> Arrays:
    """The calibrated mixture of the six scores."""
    weight = np.array([s.weight for s in samples])
    middle, spread = scores.mean(axis=0), scores.std(axis=0)
    models = [LogisticRegression().fit((scores - middle) / spread, y, weight) for y in truth(samples).T]
    final = np.vstack([m.coef_ for m in models]) / spread
    bias = np.hstack([m.intercept_ for m in models]) - final @ middle
    brought = scores[:, 2:] @ final[:, 2:].T
    return {
        "final": final.astype(np.float32),
        "final.bias": bias.astype(np.float32),
        "usual": brought.mean(axis=0).astype(np.float32),
        "most": np.quantile(brought, HARDLY_EVER, axis=0).astype(np.float32),
    }


def probabilities(samples: Sequence[Sample], classifier: Classifier) -> Probabilities:
    """As the product sees them: of several turns the highest."""
    scored = [[classifier.score(turn) for turn in sample.turns] for sample in samples]
    return np.array([[max(s.crisis for s in one), max(s.elevated for s in one)] for one in scored])


def lowest(values: Probabilities, most: float, given: NDArray[np.bool_]) -> float:
    """The lowest line over which, with what is given anyway, no more than a share lies."""
    tries = np.append(np.sort(values) + 1e-6, 1.0)
    return float(next(line for line in tries if line >= 1 or ((values >= line) | given).mean() <= most))


def set_lines(
    own: tuple[Sequence[Sample], Probabilities], days: tuple[Sequence[Sample], Probabilities]
) -> Arrays:
    """Soft and hard by what misleads and by days as short as a message; then what length takes off the odds."""
    none = own[1][[s.label == "none" and s.genre != "calm" for s in own[0]]]
    ruled = np.array([s.rules >= Tier.PASSIVE for s in days[0]])
    nothing = np.zeros_like(ruled)
    longer = np.array([length(s.text) for s in days[0]])
    lines, slopes = [], []
    for column, on_none, on_days, given in (
        (0, HARD_ON_NONE, HARD_ON_DAYS, nothing),
        (1, SOFT_ON_NONE, CARDS_ON_DAYS, ruled),
    ):
        likely, short = days[1][:, column], longer == 0
        line = max(
            lowest(none[:, column], on_none, np.zeros(len(none), bool)),
            lowest(likely[short], on_days, given[short]),
        )
        over = _odds(likely) - _odds(np.array(line))
        tries = np.arange(0.0, 8.0, 0.05)
        slopes.append(next((t for t in tries if ((over >= t * longer) | given).mean() <= on_days), tries[-1]))
        lines.append(line)
    hard, soft = (np.array([line], np.float32) for line in lines)
    return {"soft": soft, "hard": hard, "long": np.array(slopes, np.float32)}


def _odds(likely: Probabilities) -> Probabilities:
    kept = np.clip(likely, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(kept / (1 - kept)))


def train(rows: Rows, beside: Path | None) -> None:
    """Fits and sets lines on three quarters, writes the heads, reports on the last quarter."""
    screen = Screen()
    own = own_lines(screen)
    seen, held = [s for s in own if not s.held], [s for s in own if s.held]
    seen += calm_lines(screen)
    scores, folds = across_folds(seen, rows)
    final = bring_together(seen, scores)
    fair = np.zeros((len(seen), 2))
    for arrays, left in folds:
        fair[left] = probabilities([seen[n] for n in left], Classifier(rows, arrays | final))
    arrays = fit_heads(seen, rows) | final
    classifier = Classifier(rows, arrays)
    days = diaries(screen, beside)
    set_by, shown = [s for s in days if not s.held], [s for s in days if s.held]
    arrays |= set_lines((seen, fair), (set_by, probabilities(set_by, classifier)))
    np.savez_compressed(HEADS, **arrays)  # type: ignore[arg-type]  # names are keys
    classifier = Classifier(rows, arrays)
    soft, hard = float(arrays["soft"][0]), float(arrays["hard"][0])
    on_held, on_days = probabilities(held, classifier), probabilities(shown, classifier)
    true = truth(held)
    say(
        f"lines {len(seen)} seen, {len(held)} held back; soft {soft:.3f}, hard {hard:.3f}, long {arrays['long']}"
    )
    quality = [(roc_auc_score(t, p), brier_score_loss(t, p)) for t, p in zip(true.T, on_held.T, strict=True)]
    say("held back, AUC and Brier: crisis {:.3f} {:.3f}, any card {:.3f} {:.3f}".format(*np.ravel(quality)))
    report(held, on_held, soft, hard)
    say("whole days without danger that set no line")
    report(shown, on_days, soft, hard)
    curve(held, on_held, (shown, on_days))


def main() -> None:
    """Train from the lines of the project."""
    parser = argparse.ArgumentParser(description="Train the safety classifier.")
    parser.add_argument("--rows", type=Path, help="file (.npz) in which the encoder's rows are kept")
    parser.add_argument("--beside", type=Path, help="folder with pepys/ and memorybank/")
    chosen = parser.parse_args()
    rows = Rows(Encoder(), chosen.rows)
    train(rows, chosen.beside)
    rows.keep()


if __name__ == "__main__":
    main()
