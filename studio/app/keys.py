"""Keys: their names as a human may write them, as Textual names them, and as the footer shows them.

What a terminal can send is narrower than a keyboard: Ctrl+H is backspace and Ctrl+I is tab, byte
for byte, and a capital letter is a character of its own (Shift+P is "P"). Ctrl+Shift with a
letter, and Super, arrive only from terminals with the Kitty keyboard protocol.
"""

from __future__ import annotations

from textual.keys import (
    KEY_NAME_REPLACEMENTS,
    Keys,
    _character_to_key,
    format_key,
    key_to_character,
)

MODIFIERS = ("alt", "ctrl", "hyper", "meta", "shift", "super")  # as Textual orders them

_NAMED = frozenset(key.value for key in Keys if "+" not in key.value and key.value[0] != "<") - {
    "return",
    "ctrl-at",
}
# Textual's short names of characters (slash, minus); it does not know them when it looks up one.
_FRIENDLY = frozenset(KEY_NAME_REPLACEMENTS.values())
_EXAMPLES = "write a character, or a name such as enter, f5 or ctrl+s"
_OTHER_NAMES = {
    "return": "enter",
    "esc": "escape",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "page_up": "pageup",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "page_down": "pagedown",
    "spacebar": "space",
    "period": "full_stop",
    "dot": "full_stop",
    "control": "ctrl",
    "option": "alt",
    "opt": "alt",
    "cmd": "super",
    "command": "super",
}

NEVER = {
    "ctrl+h": "a terminal sends it as backspace",
    "ctrl+i": "a terminal sends it as tab",
    "ctrl+j": "a terminal sends it as a new line",
    "ctrl+m": "a terminal sends it as enter",
    "ctrl+left_square_bracket": "a terminal sends it as escape",
}
"""Keys that no command may have, and why."""

TAKEN = {
    "ctrl+c": "it copies",
    "ctrl+p": "it opens the palette of commands",
    "ctrl+q": "it quits",
    "ctrl+z": "it undoes",
    "escape": "it goes back",
    "tab": "it moves the focus",
    "shift+tab": "it moves the focus",
}
"""Keys that only a command which starts with them may have, and why."""

MOVING = frozenset(("up", "down", "home", "end", "pageup", "pagedown", "enter"))
"""Keys that lists and tables need; only a command which starts with them may have them there."""

# Keys our editor acts on besides characters: its BINDINGS, and enter.
EDITING = frozenset(
    (
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "enter"),
        *("shift+up", "shift+down", "shift+left", "shift+right", "shift+home", "shift+end"),
        *("ctrl+left", "ctrl+right", "ctrl+shift+left", "ctrl+shift+right"),
        *("backspace", "ctrl+backspace", "alt+backspace", "super+backspace"),
        *("delete", "alt+delete", "ctrl+delete"),
        *("ctrl+home", "ctrl+end", "ctrl+shift+home", "ctrl+shift+end", "ctrl+up", "ctrl+down"),
        *("ctrl+a", "ctrl+c", "ctrl+d", "ctrl+e", "ctrl+k", "ctrl+shift+k", "ctrl+u"),
        *("ctrl+v", "ctrl+w", "ctrl+x", "ctrl+y", "ctrl+z"),
        *("super+c", "super+x", "super+y", "super+z"),
    )
)
"""Keys an editor needs besides the characters."""


class UnknownKey(ValueError):
    """A key's name that no terminal sends; its text is what to write instead."""


def key_name(written: str) -> str:
    """Return Textual's name for one key as a human wrote it: "Shift+P", "Ctrl+s", "?", "PgUp".

    Raises:
        UnknownKey: it is no key's name.
    """
    text = written if written == " " else written.strip()
    if len(text) == 1:
        return _of_character(text)
    plus = text.endswith("++")  # "ctrl++" holds Ctrl and presses +
    *before, last = [*text[:-2].split("+"), "+"] if plus else text.split("+")
    held = {_OTHER_NAMES.get(part.strip().lower(), part.strip().lower()) for part in before}
    if not held <= set(MODIFIERS):
        raise UnknownKey(f"the keys to hold are {', '.join(MODIFIERS)}")
    key = _of_character(last) if len(last) == 1 else _of_name(last.strip().lower())
    if len(key) == 1 and held:
        if held == {"shift"}:
            if len(key.upper()) != 1 or key.upper() == key.lower():
                raise UnknownKey("write the character it types, such as !")
            return key.upper()
        if key.isupper() and "ctrl" not in held:
            held.add("shift")
        key = key.lower()
    elif held == {"shift"} and key != "space" and types_character(key):
        raise UnknownKey("write the character it types, such as !")
    return "+".join([*(modifier for modifier in MODIFIERS if modifier in held), key])


def _of_character(character: str) -> str:
    if not character.isprintable():
        raise UnknownKey(_EXAMPLES)
    return _character_to_key(character)


def _of_name(name: str) -> str:
    name = name.replace("-", "_")
    name = _OTHER_NAMES.get(name, name)
    if name in _NAMED or name in _FRIENDLY:
        return name
    character = key_to_character(name)
    if character is None or not character.isprintable() or len(name) == 1:
        raise UnknownKey(_EXAMPLES)
    return _character_to_key(character)


def types_character(key: str) -> bool:
    """Say whether a key, by Textual's name, writes something where there is text to edit."""
    character = key_to_character(key)
    return key in _FRIENDLY or (character is not None and character.isprintable())


def key_label(key: str) -> str:
    """Return how the footer shows a key, by Textual's name: "ctrl+z" is ^z, "P" is P."""
    *held, last = key.split("+")
    shown = format_key(last)
    if "ctrl" in held:
        held.remove("ctrl")
        shown = f"^{shown}"
    return "+".join([*held, shown])
