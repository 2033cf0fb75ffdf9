"""Makes the classifier's heads anew and prints how they do on what was held back: ``python -m between.safety.train``.

A tool for developers: needs scikit-learn, torch and onnx (see ``train_top``). The lines are cut in three by whole blocks
of neighbours: most to *fit* the two readers, some to *set* how they come together and where the lines lie, some
*held* back for the figures. ``--kept`` keeps what the encoder made of each page for the next time; ``--beside`` names
a folder with Pepys and MemoryBank (see ``evaluate``), for figures on whole days without danger.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from between.domain import Tier
from between.memory.encoder import Encoder, packaged_folder
from between.reading.linear import Floats, quantised
from between.reading.train import rarity, sparse
from between.safety.classifier import HEADS, TOP, Classifier, Embedder, cut_in_pages, read_heads
from between.safety.screen import Screen
from between.safety.train_figures import Probabilities, curve, report, say
from between.safety.train_lines import Sample, calm_lines, diaries, joined, own_lines
from between.safety.train_top import tune

SOFT_ON_NONE, HARD_ON_NONE = 0.1, 0.015
"""Most false alarms of the classifier alone on lines that were written to mislead it."""
LONGER = (0.6, 0.8)
"""How much is taken off the odds of *crisis* and *any card* for each doubling or so of a text (see ``length``): on the
curve of slopes, the most that does not yet miss long posts (read off the held lines: see Decisions). Whole calm days still show a soft card too often."""
LOW_ON_NONE = 0.25
"""Share of misleading lines that count as low."""
TAKEN_BACK = 0.02
"""Most of the soft hits of the rules on lines that deserve a card that may be taken back."""
TALKS_ON_NONE = 0.2
"""Most false alarms on whole conversations, which were written to mislead as well."""
HARDLY_EVER = 0.985
"""Share of texts to whose odds the encoder brings less than what is reckoned with before it is asked."""
_WORDS_C = 4.0
Arrays = dict[str, NDArray[np.generic]]


class Reads:
    """An encoder that never reads a page twice; in a file, all pages' tokens lie one behind the other."""

    def __init__(self, encoder: Embedder, kept: Path | None) -> None:
        self._encoder, self._path = encoder, kept
        self._known: dict[str, NDArray[np.float16]] = {}
        if kept is not None and kept.is_file():
            with np.load(kept, allow_pickle=False) as file:
                parts = np.split(file["middle"], np.cumsum(file["sizes"])[:-1])
                self._known = dict(zip(file["texts"].tolist(), parts, strict=True))

    def middle(self, text: str) -> Floats:
        """The page's tokens after eight layers."""
        return self.kept(text).astype(np.float32)

    def kept(self, text: str) -> NDArray[np.float16]:
        """The same in half precision, to save memory."""
        if text not in self._known:
            self._known[text] = self._encoder.middle(text).astype(np.float16)
            if len(self._known) % 1000 == 0:
                say(f"  {len(self._known)} pages read")
        return self._known[text]

    def keep(self) -> None:
        """Write them down for the next time."""
        if self._path is not None:
            known = list(self._known.values())
            sizes = np.array([len(one) for one in known])
            np.savez(self._path, texts=np.array(list(self._known)), sizes=sizes, middle=np.concatenate(known))


def truth(samples: Sequence[Sample]) -> NDArray[np.bool_]:
    """One row for each sample: crisis, any card."""
    return np.array([[s.label == "crisis", s.label != "none"] for s in samples])


def fit(samples: Sequence[Sample], reads: Reads) -> tuple[Arrays, bytes]:
    """The two readers; not yet brought together."""
    texts, true = [s.text for s in samples], truth(samples)
    weight = np.array([s.weight for s in samples], np.float32)
    cut = [cut_in_pages(text) for text in texts]
    idf = rarity(texts).astype(np.float16).astype(np.float32)
    grams = sparse([" ".join(pages) for pages in cut], idf)
    fitted = [LogisticRegression(C=_WORDS_C, solver="liblinear").fit(grams, y, weight) for y in true.T]
    words = quantised(np.vstack([m.coef_ for m in fitted]), np.hstack([m.intercept_ for m in fitted]))
    middles = [[reads.kept(page) for page in pages] for pages in cut]
    reads.keep()
    top, head, bias = tune(packaged_folder() / "model.onnx", middles, true, weight, say)
    return {
        "idf": idf.astype(np.float16),
        **words.arrays("words"),
        **quantised(head, bias).arrays("tuned"),
    }, top


def unset() -> Arrays:
    """How the readers come together before that is known: not at all, and the encoder is always asked."""
    lines: Arrays = {name: np.zeros(1, np.float32) for name in ("calm", "low", "soft", "hard", "talk")}
    pairs: Arrays = {name: np.zeros(2, np.float32) for name in ("final.bias", "long", "most")}
    return {"final": np.zeros((2, 4), np.float32), **pairs, **lines}


def bring_together(samples: Sequence[Sample], scores: Floats) -> Arrays:
    """The calibrated mixture of the four scores, fitted on lines that no reader has seen."""
    weight = np.array([s.weight for s in samples])
    middle, spread = scores.mean(axis=0), scores.std(axis=0)
    models = [LogisticRegression(C=1.0).fit((scores - middle) / spread, y, weight) for y in truth(samples).T]
    final = np.vstack([m.coef_ for m in models]) / spread
    bias = np.hstack([m.intercept_ for m in models]) - final @ middle
    brought = scores[:, 2:] @ final[:, 2:].T
    return {
        "final": final.astype(np.float32),
        "final.bias": bias.astype(np.float32),
        "long": np.array(LONGER, np.float32),
        "most": np.quantile(brought, HARDLY_EVER, axis=0).astype(np.float32),
    }


def probabilities(samples: Sequence[Sample], classifier: Classifier) -> Probabilities:
    """As the product sees them: of several turns the highest, and all turns together where they are over their line."""
    rows = []
    for sample in samples:
        scored = [classifier.score(turn) for turn in sample.turns]
        crisis, elevated = max(s.crisis for s in scored), max(s.elevated for s in scored)
        if len(sample.turns) > 1 and classifier.is_turning(whole := classifier.score(sample.text)):
            elevated = max(elevated, whole.elevated, classifier.soft)
        rows.append((crisis, elevated))
    return np.array(rows)


def talk_line(samples: Sequence[Sample], classifier: Classifier) -> Arrays:
    """Where the line lies for conversations as a whole."""
    talks = [s for s in samples if len(s.turns) > 1 and s.label == "none"]
    values = np.array([classifier.score(s.text).elevated for s in talks])
    return {"talk": np.array([lowest(values, TALKS_ON_NONE)], np.float32)}


def lowest(values: Probabilities, most: float) -> float:
    """The lowest line over which no more than a share lies."""
    tries = np.append(np.sort(values) + 1e-6, 1.0)
    return float(next(line for line in tries if line >= 1 or (values >= line).mean() <= most))


def set_lines(own: Sequence[Sample], likely: Probabilities) -> Arrays:
    """Calm, low, soft and hard, by lines that were written to mislead and that no reader has seen."""
    none = np.array([s.label == "none" and s.genre != "calm" for s in own])
    soft_hits = [s.label != "none" and s.rules >= Tier.PASSIVE and not s.hard for s in own]
    soft = lowest(likely[none, 1], SOFT_ON_NONE)
    found = {
        "hard": lowest(likely[none, 0], HARD_ON_NONE),
        "soft": soft,
        "low": min(soft, lowest(likely[none, 1], LOW_ON_NONE)),
        "calm": min(soft / 2, float(np.quantile(likely[soft_hits, 1], TAKEN_BACK))),
    }
    return {name: np.array([line], np.float32) for name, line in found.items()}


def train(reads: Reads, beside: Path | None, anew: bool = True) -> None:
    """Fit, unless the readers are kept as they are; bring together, set the lines, write, report on what was held back."""
    screen = Screen()
    own = [*own_lines(screen), *calm_lines(screen)]
    fitted, setting, held = ([s for s in own if s.part == part] for part in ("fit", "set", "held"))
    fitted += joined(fitted)
    say(f"lines: {len(fitted)} to fit, {len(setting)} to set, {len(held)} held back")
    arrays, top = fit(fitted, reads) if anew else (dict(read_heads()), TOP.read_bytes())
    arrays |= unset()
    readers = Classifier(reads, arrays, top)
    arrays |= bring_together(setting, np.array([readers.evidence(s.text) for s in setting]))
    arrays |= talk_line(setting, Classifier(reads, arrays, top))
    classifier = Classifier(reads, arrays, top)
    arrays |= set_lines(setting, probabilities(setting, classifier))
    np.savez_compressed(HEADS, **arrays)  # type: ignore[arg-type]  # names are keys
    TOP.write_bytes(top)
    reads.keep()
    days = [day for day in diaries(screen, beside) if day.part == "held"]
    figures(Classifier(reads, arrays, top), held, days)


def figures(classifier: Classifier, held: Sequence[Sample], days: Sequence[Sample]) -> None:
    """How it does on lines and on whole days that nothing was fitted to or set by."""
    on_held, on_days = probabilities(held, classifier), probabilities(days, classifier)
    say(f"low {classifier.low:.3f}, soft {classifier.soft:.3f}, hard {classifier.hard:.3f}")
    quality = [
        (roc_auc_score(t, p), brier_score_loss(t, p)) for t, p in zip(truth(held).T, on_held.T, strict=True)
    ]
    say("held back, AUC and Brier: crisis {:.3f} {:.3f}, any card {:.3f} {:.3f}".format(*np.ravel(quality)))
    report(held, on_held, classifier.soft, classifier.hard)
    say("whole days without danger that set no line")
    report(days, on_days, classifier.soft, classifier.hard)
    curve(held, on_held, (days, on_days))


def main() -> None:
    """Train from the lines of the project."""
    parser = argparse.ArgumentParser(description="Train the safety classifier.")
    parser.add_argument("--kept", type=Path, help="file (.npz) in which what the encoder read is kept")
    parser.add_argument("--beside", type=Path, help="folder with pepys/ and memorybank/")
    parser.add_argument(
        "--lines", action="store_true", help="keep the readers, only bring together and set the lines anew"
    )
    chosen = parser.parse_args()
    train(Reads(Encoder(), chosen.kept), chosen.beside, anew=not chosen.lines)


if __name__ == "__main__":
    main()
