"""Invented lives for the tests of insights: moods that drift, topics that come in spells, and what is planted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from between.domain import Entry, ItemId, Mood, Tier

FIRST = date(2024, 1, 1)

TOPICS: dict[str, tuple[str, ...]] = {
    "garden": (
        "Cleared the weeds behind the shed.",
        "The tomatoes in the garden are coming on.",
        "Planted garlic.",
    ),
    "bus": (
        "The bus was late and I stood in the rain.",
        "Missed the bus by a minute.",
        "Read on the bus home.",
    ),
    "cooking": ("Cooked lentil soup for two days.", "Tried a new bread recipe.", "Burned the onions a bit."),
    "sister": (
        "Rang my sister about the holidays.",
        "My sister sent photos of her dog.",
        "Lunch with my sister.",
    ),
    "report": (
        "Finished the report for the office.",
        "The report took all afternoon.",
        "Edited slides at my desk.",
    ),
    "swim": ("Swam twenty lengths before breakfast.", "The pool was crowded.", "Cold water but a good swim."),
    "flat": (
        "The landlord came about the boiler.",
        "The radiator in the flat still leaks.",
        "Cleaned the kitchen.",
    ),
    "film": ("Watched an old film about trains.", "Fell asleep during the film.", "Cinema with Tom."),
    "music": (
        "Practised the guitar for half an hour.",
        "Learned a chord I never get right.",
        "Choir rehearsal.",
    ),
    "money": ("Went through the bills and moved money.", "Bought shoes in the sale.", "The rent went out."),
    "walk": ("Walked along the canal after lunch.", "A heron stood by the canal.", "Long walk in the fog."),
    "book": ("Read two chapters of the novel.", "The library had my book.", "Gave the book to Priya."),
    "garage": ("Took the car to the garage.", "The brakes squeak again.", "Cycled instead of driving."),
    "neighbour": ("The neighbour drilled all morning.", "Fed the neighbour's cat.", "Parcel for next door."),
}
POOR_SLEEP = (
    "Slept badly again, awake from three.",
    "I slept badly because of the heat.",
    "Slept badly, four hours.",
)
LANDLORD = ("Mr Voss rang about the lease.", "Voss again, on the stairs.", "A letter from Voss this time.")
DREAD = (
    "Sunday again, and I kept thinking of the week ahead.",
    "The afternoon dragged.",
    "Quiet Sunday indoors.",
)
REVIEW = ("The review with Karen was at ten.", "Another review with Karen.", "Karen moved the review.")
HARD = ("I should have prepared better.", "It was my fault that it went wrong.", "I was so stupid in there.")


@dataclass(frozen=True)
class Plant:
    """What is planted in a life; nothing by default."""

    days: int = 120
    writes: float = 0.85
    """Share of days with an entry."""
    drift: float = 0.6
    """How alike the moods of neighbouring days are."""
    spells: float = 0.7
    """Share of topics that carry on from one day to the next."""
    sunday: float = 0.0
    """Mood steps that a Sunday takes."""
    sleep: float = 0.0
    """Mood steps that a night of poor sleep takes; such nights come at random, also when they take none."""
    landlord: float = 0.0
    """Mood steps that a word with the landlord takes."""
    loop: bool = False
    """Being hard on oneself follows a review with Karen."""


def life(seed: int, plant: Plant = Plant()) -> list[Entry]:
    """One entry a day that is written, oldest first."""
    dice = np.random.default_rng(seed)
    names = list(TOPICS)
    topics = list(dice.choice(names, 3, replace=False))
    level, entries = 0.0, []
    for n in range(plant.days):
        day = FIRST + timedelta(days=n)
        level = plant.drift * level + float(dice.normal(0, 0.7))
        topics = [t if dice.random() < plant.spells else str(dice.choice(names)) for t in topics]
        lines = [str(dice.choice(TOPICS[t])) for t in dict.fromkeys(topics)]
        extra = 0.0
        poor = dice.random() < 0.25
        heard = dice.random() < 0.2
        review = plant.loop and dice.random() < 0.2
        if poor:
            lines.insert(0, str(dice.choice(POOR_SLEEP)))
            extra += plant.sleep
        if heard:
            lines.append(str(dice.choice(LANDLORD)))
            extra += plant.landlord
        if plant.sunday and day.weekday() == 6:
            lines.insert(0, str(dice.choice(DREAD)))
            extra += plant.sunday
        if review:
            lines.append(str(dice.choice(REVIEW)))
        if plant.loop and dice.random() < (0.8 if review else 0.05):
            lines.append(str(dice.choice(HARD)))
        mood = Mood(int(np.clip(round(3.3 + level + extra), 1, 5)))
        if dice.random() < plant.writes:
            tags = tuple(t for t in dict.fromkeys(topics) if dice.random() < 0.6)
            entries.append(entry(n, " ".join(lines), day, mood, tags))
    return entries


def entry(n: int, text: str, day: date, mood: Mood | None = None, tags: tuple[str, ...] = ()) -> Entry:
    """An entry at noon."""
    at = datetime.combine(day, time(12), UTC)
    return Entry(id=ItemId(f"{n:032x}"), at=at, text=text, mood=mood, tags=tags)


def kept_apart(entries: list[Entry], which: Callable[[Entry], bool]) -> list[Entry]:
    """The same entries, some of them kept out of insights by the person or by the screen, in turn."""
    return [
        (replace(e, remember=False) if i % 2 else replace(e, tier=Tier.PASSIVE)) if which(e) else e
        for i, e in enumerate(entries)
    ]
