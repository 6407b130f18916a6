"""What a command is: one class that carries its words, its key and where its key works.

A command is a message. Its key, the palette or the help screen post it at the place that has the
focus, it bubbles, and whoever handles it (`@on(Keep)`) does the work.

| attribute  | is                                                                               |
| ---------- | -------------------------------------------------------------------------------- |
| `id`       | its name in the user's key file, "review.keep"; unique. "" marks a common base   |
| `title`    | what the palette says: "Keep this picture"                                       |
| `help`     | one sentence for the help screen and the tooltip                                 |
| `key`      | the keys it starts with, separated by commas; "" for none                        |
| `scope`    | where its key works, one of `SCOPES`                                             |
| `group`    | the heading it stands under on the help screen                                   |
| `footer`   | its short label in the footer; "" keeps it out                                   |
| `priority` | its key is seen before the focused widget sees it; never for a plain character   |

A pane takes its commands' keys with `BINDINGS = [*registry.bindings("preview")]` and runs them
by inheriting from `CommandHost` first; the app does the same with the scope "global".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias, get_args

from textual.binding import Binding
from textual.keys import _character_to_key  # the one place where Textual names characters
from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

    from textual.dom import DOMNode

    _Node: TypeAlias = DOMNode
else:
    _Node = object  # a second DOMNode base would hide the widget's own default styles

Scope = Literal["global", "board", "preview", "caption", "numbers"]
SCOPES: tuple[Scope, ...] = get_args(Scope)

NOWHERE = "nowhere."  # begins the key names that no keyboard sends


def key_names(keys: str) -> tuple[str, ...]:
    """Return the names Textual gives to comma-separated keys: "?, P" becomes question_mark, P."""
    parts = (part.strip() for part in keys.split(","))
    return tuple(_character_to_key(part) if len(part) == 1 else part for part in parts if part)


class Command(Message):
    """One thing a human can ask for; see the module for what each attribute is."""

    id: ClassVar[str] = ""
    title: ClassVar[str] = ""
    help: ClassVar[str] = ""
    key: ClassVar[str] = ""
    scope: ClassVar[Scope] = "global"
    group: ClassVar[str] = ""
    footer: ClassVar[str] = ""
    priority: ClassVar[bool] = False
    footer_group: ClassVar[Binding.Group | None] = None

    def __init_subclass__(cls, namespace: str = "command") -> None:
        # A handler is named on_command_keep; without the name space a command called Paste or
        # Focus would be delivered to the handlers of Textual's own events.
        super().__init_subclass__(namespace=namespace)

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """Return the keys it starts with, as Textual names them."""
        return key_names(cls.key)

    @classmethod
    def nowhere(cls) -> str:
        """Return a key name that no keyboard sends; remapped to it, a command has no key."""
        return f"{NOWHERE}{cls.id}"

    @classmethod
    def action(cls) -> str:
        """Return the action its key runs in a `CommandHost`."""
        return f"command({cls.id!r})"

    @classmethod
    def binding(cls) -> Binding:
        """Return the binding of its keys; one that starts without a key can still be given one."""
        return Binding(
            ",".join(cls.keys()) or cls.nowhere(),
            cls.action(),
            cls.footer or cls.title,
            show=bool(cls.footer and cls.key),
            priority=cls.priority,
            tooltip=cls.help,
            id=cls.id,
            group=cls.footer_group,
        )

    @classmethod
    def bindings(cls) -> tuple[Binding, ...]:
        """Return `binding` and a hidden twin on a key that no keyboard sends.

        While an editor has the focus Textual drops the bindings of plain characters, and only
        then applies the user's keymap; without the twin, "?" moved to F1 would be dead in there.
        """
        twin = Binding(
            cls.nowhere(),
            cls.action(),
            cls.title,
            show=False,
            priority=cls.priority,
            id=cls.id,
            system=True,
        )
        return (cls.binding(), twin) if cls.key else (cls.binding(),)


class Registry:
    """The commands by id, in the order they are told of.

    Raises:
        ValueError: an id is missing, malformed or taken, a scope is unknown or a title is empty.
    """

    def __init__(self, commands: Iterable[type[Command]]) -> None:
        self._by_id: dict[str, type[Command]] = {}
        for command in commands:
            name = command.id
            if not name or not name.replace(".", "").replace("-", "").replace("_", "").isalnum():
                raise ValueError(f"{command.__name__}: {name!r} is not a command's id")
            if name in self._by_id:
                raise ValueError(f"{name}: both {self._by_id[name].__name__}, {command.__name__}")
            if command.scope not in SCOPES:
                raise ValueError(f"{name}: there is no scope {command.scope!r}")
            if not command.title:
                raise ValueError(f"{name}: has no title")
            self._by_id[name] = command

    @classmethod
    def of(cls, *modules: ModuleType) -> Registry:
        """Return the registry of all commands defined in the modules, in the order written."""
        return cls(
            found
            for module in modules
            for found in vars(module).values()
            if isinstance(found, type)
            and issubclass(found, Command)
            and found.__module__ == module.__name__
            and found.id
        )

    def __getitem__(self, command_id: str) -> type[Command]:
        return self._by_id[command_id]

    def __contains__(self, command_id: object) -> bool:
        return command_id in self._by_id

    def __iter__(self) -> Iterator[type[Command]]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def all_commands(self) -> tuple[type[Command], ...]:
        """Return every command, in the order they were told of."""
        return tuple(self._by_id.values())

    def ids(self) -> tuple[str, ...]:
        """Return every command's id."""
        return tuple(self._by_id)

    def in_scope(self, scope: Scope) -> tuple[type[Command], ...]:
        """Return the commands whose keys work in this scope alone ("global" is its own scope)."""
        return tuple(command for command in self if command.scope == scope)

    def bindings(self, scope: Scope) -> list[Binding]:
        """Return what a host of this scope puts into its `BINDINGS`."""
        return [binding for command in self.in_scope(scope) for binding in command.bindings()]


class CommandHost(_Node):
    """Runs commands in a pane, screen or app; inherit from it first: `Pane(CommandHost, Vertical)`.

    The app carries `REGISTRY` and, once the key file is read, the ids in `unbound`: commands the
    user took the key from, which then have no place in the footer.
    """

    def action_command(self, command_id: str) -> None:
        """Post the command from here, so that it bubbles to whoever handles it."""
        self.post_message(_registry(self)[command_id]())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether an action can run here now; commands are asked of `command_state`."""
        if action != "command" or not parameters:
            return super().check_action(action, parameters)
        command_id = str(parameters[0])
        if command_id in getattr(self.app, "unbound", ()):
            return False
        return self.command_state(_registry(self)[command_id])

    def command_state(self, command: type[Command]) -> bool | None:  # noqa: ARG002
        """Return True if the command applies now, False to hide its key, None to show it dim."""
        return True


def _registry(node: DOMNode) -> Registry:
    registry: Registry = node.app.REGISTRY  # type: ignore[attr-defined]
    return registry
