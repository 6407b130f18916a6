"""Texts that try to steer the terminal or the program, for every place where text comes in."""

from __future__ import annotations

# What each must show in some visible form, and what it tries.
NAMES = {
    "escape": "esc \x1b[31mred",
    "clipboard": "osc \x1b]52;c;c3R1ZGlv\x07 end",
    "title": "title \x1b]0;owned\x07\x1b[2J\x1b[H",
    "link": "link \x1b]8;;http://evil.invalid\x1b\\go\x1b]8;;\x1b\\",
    "query": "query \x1b[6n\x1bP+q544e\x1b\\",
    "C1": "c1 \x9b31m\x9d52;c;eA==\x9c",
    "controls": "ctl \x01\x07\x08\x7f end",
    "line feed": "line\nfeed\ttab\rreturn",
    "close": "close [/] tag",
    "close unknown": "close [/nope] tag",
    "click": "[@click=app.quit]free[/]",
    "markup link": "[link=http://evil.invalid]x[/link]",
    "style": "[bold red on white]loud[/bold red on white]",
    "variable": "[$accent]x[/] [$a]y",
    "WIP": "notes [WIP]",
    "backslash": "back\\[b]slash\\",
    "bidi": "bidi \u202egpj.exe\u202c \u2066iso\u2069 \u200f",
    "separator": "sep \u2028line\u2029para\u0085next",
    "zero": "zero\u200bwidth\u200djoin\ufeffbom",
    "zalgo": "Z͑ͫ̓a̴l̡g̕o̢" + "\u0301" * 40,
    "format": "{0} %s ${HOME} `id`",
    "wide": "全角文字" * 30,
    "family": "👩‍👩‍👧‍👦🇫🇷1️⃣" * 10,
    "long": "a" * 4000,
    "empty": " ",
}

# Those that can stand in a file name (no slash, no NUL, at most 255 bytes).
FILE_NAMES = {
    name: text
    for name, text in NAMES.items()
    if "/" not in text and len(text.encode()) < 200 and text.strip()
}
FILE_NAMES["slashless link"] = "[link=evil]x[" + "]"
FILE_NAMES["slashless click"] = "[@click=app.quit]free"
FILE_NAMES["close only"] = "[" + "]"
FILE_NAMES["dash"] = "-rf --no"

# One of each kind, where each needs a program of its own.
KINDS = ("clipboard", "C1", "line feed", "close", "click", "markup link", "bidi", "empty", "long")
