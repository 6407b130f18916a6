"""What a caption is like, as levels past captions can be compared by.

Statistics only: a level says what stands there, never what should. English is read word by word;
of other languages only what needs no words is told (questions, numbers, quotes, years, lengths),
and the rest is "other" or absent, never guessed.
"""

from __future__ import annotations

import re

from studio.captions.emoji import EMOJI, JOINER, TAIL
from studio.captions.tokens import tokens
from studio.captions.traits import traits

HOOKS = (
    *("question", "number", "memory", "command", "you", "quote", "statement", "other", "none"),
)
"""The kinds of a first sentence, as `hook` tells them."""

LENGTHS = ("none", "up to 50", "51–150", "151–500", "over 500")
"""Bands of a caption's length, in characters (code points) of the whole caption."""

HASHTAGS = ("0", "1–3", "4–5", "over 5")
"""Bands of the number of hashtags. Instagram takes at most five (platforms.md)."""

_LONGEST = 20_000  # characters looked at; no platform takes more

_NAMES = re.compile(r"https?://\S+|(?<!\w)[#＃@][\w.]+")
_LINE_END = re.compile("\r\n|[\n\r\u2028\u2029\v\f]")
_DECORATION = f"\\s{EMOJI}{TAIL}{JOINER}\u200b\u2060\ufeff•·*_~|>–—\\-"
_LEADING = re.compile(f"\\A[{_DECORATION}.…]+")
_WORD = re.compile(r"\w(?:[\w'’-]*\w)?")
_SENTENCE = re.compile(r".*?(?:[.!?…。！？؟]+(?=[\s\"”’')»」]|$)|[。！？؟]|$)", re.DOTALL)
_QUESTION = re.compile("[?？؟]")
_ASKING = re.compile(  # without a question mark
    r"(?:who|what|where|why|how|which) (?:was|were|is|are|did|do|does|had|has|would|can|could)\b"
    r"|(?:do|did|does|have|had|are|were|can|could|would|will) (?:you|your|anyone|anybody)\b",
    re.IGNORECASE,
)
_QUOTE = re.compile("[\"“„«‹「『〝‘']")

_YEAR = re.compile(
    r"(?<![\d.,:/£$€])(?:19\d\d|200\d)(?![\d%]|[.,:/]\d)"  # 1900 to 2009
    r"|(?<!\w)['’‘]\d\d(?:s\b|\b)"  # ’89, ’80s
    r"|\b(?:19)?[2-9]0['’]?s\b",  # 80s, 1980s
)
_MEMORY = re.compile(
    r"\b(?:remember(?:s|ed|ing)?|back in|back when|back then|used to|when (?:we|i|you) were"
    r"|growing up|as a (?:kid|child)|childhood|nostalgi[ac]\w*|throwback|those days|the old days"
    r"|no longer exists?|(?:i am|i['’]m) (?:\w+ )?again|takes? me back"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ties)\b",
    re.IGNORECASE,
)
_YOU = re.compile(r"\b(?:you|your|yours|yourself|you['’](?:re|ve|ll|d))\b", re.IGNORECASE)
# Verbs that open an English sentence only as a request, and those that may be nouns as well.
_COMMAND = re.compile(
    r"(?:please |just |now |go |so )?(?:"
    r"(?:tell|imagine|save|send|listen|meet|choose|let|come|join|swipe|find|don['’]t|do not"
    r"|never forget|try|take|give|get|make|think|follow|raise|say)\b(?!['’-]|\s*[:,.]\s)"
    r"|(?:guess|watch|look|stop|wait|share|tag|pick|vote|check|show|ask|tap|click|keep|put|name"
    r"|rate|comment|drop) (?:an?|the|your|this|that|these|those|it|me|us|at|out|if|what|who|how"
    r"|where|for|until|till|one|below|on|with|every|scrolling|someone|somebody)\b)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?![\d\w%]|[.,:/]\d)|#\d+(?!\w)")
_NUMBER_WORD = re.compile(r"(?:two|three|four|five|six|seven|eight|nine|ten|twelve) \w", re.I)

# Function words that are of one language only among those that share its letters.
_ENGLISH_WORDS = (
    "the and of is it you your this that these those with we my not for what who when where had"
    " have they our was were there from but are be been would every i'm it's i he she his her their"
    " nobody everyone someone one all out up just still at by only things some any"
    " than then them us too very never always enough like about if there's that's don't didn't"
)
_FOREIGN_WORDS = (
    "der das und ist nicht ein eine ich wir mit für auf dem den von zu wie wer sich noch"
    " le la les des et est une je nous vous avec dans qui du au pas ce c'est"
    " el los las y es un una yo con por para que del al lo su como más"
    " il gli e è di che non per sono del della anche io o os é um uma não com em da"
    " het een ik niet van voor op zijn maar och att det som inte jag på er ikke av"
    " ve bir bu için się nie jest na co że"
)
_ENGLISH, _FOREIGN = frozenset(_ENGLISH_WORDS.split()), frozenset(_FOREIGN_WORDS.split())

# What asks for something, at the beginning of a clause: "save this", not "we used to save".
_CLAUSE = re.compile(r"[.!?…,;:()\n\r\u2028\u2029]|\s[–—-]\s")
_POLITE = re.compile(
    r"\A(?:please|just|now|go|so|don['’]t forget to|make sure (?:to|you)|remember to|and)\s+", re.I
)
_LINK = re.compile(
    r"\b(?:link (?:is )?in (?:my |the |our )?bio|tap the link|click (?:the|on|here|below|this))\b",
    re.IGNORECASE,
)


def features(text: str) -> dict[str, str]:
    """Return what a caption is like; a feature that cannot be told is absent.

    About 0.15 ms for an ordinary caption.

    Args:
        text: the caption, raw; "" when there is none. Do not ask for a caption that is not known.

    Returns:
        "hook" (one of `HOOKS`), "caption length" (`LENGTHS`), "hashtags" (`HASHTAGS`), "emoji"
        and "question" ("yes", "no"), and "asks for" ("save", "share", "comment", "follow",
        "link": the first thing asked; "nothing"), which is absent where a caption has words
        that are not English.
    """
    text = text[:_LONGEST]
    plain = _NAMES.sub(" ", text)
    english = _is_english(plain)
    told = traits(text)
    made = {
        "hook": hook(text, english=english),
        "caption length": _band(len(text.strip()), (0, 50, 150, 500), LENGTHS),
        "hashtags": _band(
            sum(token.kind == "hashtag" for token in tokens(text, "instagram")), (0, 3, 5), HASHTAGS
        ),
        "emoji": "yes" if told.emoji else "no",
        "question": "yes" if told.question else "no",
    }
    asked = _asked(plain)
    if asked:
        made["asks for"] = asked
    elif english or not told.words:
        made["asks for"] = "nothing"
    return made


def hook(text: str, *, english: bool | None = None) -> str:
    """Return the kind of a caption's first sentence, of the first line that has words.

    The first that fits, in this order: quote (it opens with a quotation mark), question, number
    (it opens with one that is no year), memory (a year up to 2009, a decade, or words such as
    "remember"), command, you, statement. "other" where it is none of those that need no words,
    and not in English; "none" without words.

    Args:
        text: the caption, raw.
        english: whether the caption is in English, where that is known.
    """
    lines = (_NAMES.sub(" ", line) for line in _LINE_END.split(text[:_LONGEST]))
    line = next((line for line in lines if _has_words(line)), None)
    if line is None:
        return "none"
    line = _LEADING.sub("", line).strip()
    match = _SENTENCE.match(line)
    first = match[0].strip() if match and _has_words(match[0]) else line
    if english is None:
        english = _is_english(_NAMES.sub(" ", text[:_LONGEST]))
    english = english or _is_english(first)
    if _QUOTE.match(first) and not _YEAR.match(first):
        return "quote"
    if _QUESTION.search(first) or (english and _ASKING.match(first)):
        return "question"
    if (_NUMBER.match(first) and not _YEAR.match(first)) or (english and _NUMBER_WORD.match(first)):
        return "number"
    if _YEAR.search(first) or (english and _MEMORY.search(first)):
        return "memory"
    if not english:
        return "other"
    if _COMMAND.match(first):
        return "command"
    return "you" if _YOU.search(first) else "statement"


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _is_english(text: str) -> bool:
    """Tell whether a text has English function words, and more of them than of other languages."""
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(text)]
    ours = sum(word in _ENGLISH for word in words)
    letters = [character for character in text if character.isalpha()]
    latin = sum(character < "\u0250" for character in letters)
    return ours > sum(word in _FOREIGN for word in words) and latin * 2 > len(letters)


def _asked(plain: str) -> str | None:
    """Return the first thing a caption asks for, None for nothing (English only)."""
    link = _LINK.search(plain)
    start = 0
    for end in [*(match.start() for match in _CLAUSE.finditer(plain)), len(plain)]:
        if link is not None and link.start() < end:
            return "link"
        asked = _request(plain[start:end])
        if asked:
            return asked
        start = end + 1
    return None


def _request(clause: str) -> str | None:
    """Return what a clause asks for, when it begins with the verb: not "we used to save"."""
    words = _WORD.findall(_POLITE.sub("", _LEADING.sub("", clause)))
    if len(words) < 2 or words[0].casefold().endswith("ing"):
        return None
    opening = " ".join(words[:3])
    return next((one for one in traits(opening).actions if one == _verb(words[0])), None)


def _verb(word: str) -> str | None:
    """Return the action a verb alone stands for, by the table of `traits`."""
    low = word.casefold()
    for phrase in (low, f"{low} this", f"{low} a", f"{low} me", f"{low} me know"):
        for action in traits(phrase).actions:
            return action
    return None


def _band(value: int, ends: tuple[int, ...], names: tuple[str, ...]) -> str:
    """Return the name of the first band whose end is not below the value."""
    for end, name in zip(ends, names, strict=False):
        if value <= end:
            return name
    return names[-1]
