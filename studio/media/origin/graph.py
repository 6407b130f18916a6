"""ComfyUI's graphs as nodes: the API's form, and the editor's turned into it.

The API's form (`prompt`): number → class and inputs; an input is a value, or a link as [number,
output]. The editor's (`workflow`): nodes whose values have no names, and a list of links.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_NODES = 3_000
_MOST_INPUTS = 200  # of a node

# Values of the editor's nodes that have no names: by position (ComfyUI, nodes.py, 2025).
_WIDGETS = {
    "KSampler": ("seed", "", "steps", "cfg", "sampler_name", "scheduler"),
    "KSamplerAdvanced": (
        *("add_noise", "noise_seed", "", "steps", "cfg", "sampler_name", "scheduler"),
    ),
    "RandomNoise": ("noise_seed",),
    "CLIPTextEncode": ("text",),
    "CheckpointLoaderSimple": ("ckpt_name",),
    "UNETLoader": ("unet_name",),
    "UnetLoaderGGUF": ("unet_name",),
    "LoraLoader": ("lora_name", "strength_model"),
    "LoraLoaderModelOnly": ("lora_name", "strength_model"),
    "EmptyLatentImage": ("width", "height"),
    "EmptySD3LatentImage": ("width", "height"),
    "WanImageToVideo": ("width", "height"),
    "BasicScheduler": ("scheduler", "steps"),
    "KSamplerSelect": ("sampler_name",),
    "CFGGuider": ("cfg",),
    "PrimitiveString": ("value",),
    "PrimitiveStringMultiline": ("value",),
}


@dataclass(frozen=True)
class Node:
    """One node: its class, and its inputs by name."""

    kind: str
    inputs: dict[str, Any]


Graph = dict[str, Node]  # by number


def api_graph(data: Any) -> Graph:  # noqa: ANN401 (JSON)
    """Return the nodes of the API's form that are nodes."""
    if isinstance(data, dict) and isinstance(data.get("prompt"), dict):
        data = data["prompt"]  # as it is posted to the server
    if not isinstance(data, dict):
        return {}
    graph: Graph = {}
    for name, node in data.items():
        if len(graph) >= MOST_NODES:
            break
        if not isinstance(node, dict) or not isinstance(node.get("class_type"), str):
            continue
        inputs = node.get("inputs")
        inputs = inputs if isinstance(inputs, dict) else {}
        graph[name] = Node(node["class_type"], dict(list(inputs.items())[:_MOST_INPUTS]))
    return graph


def editor_graph(data: Any) -> Graph:  # noqa: ANN401 (JSON)
    """Return the editor's nodes in the API's form, as far as their values can be told."""
    if not isinstance(data, dict):
        return {}
    links: dict[int, list[Any]] = {}
    for link in _some(data.get("links")):
        if isinstance(link, list) and len(link) >= 3 and isinstance(link[0], int):
            links[link[0]] = [str(link[1]), link[2]]
    graph: Graph = {}
    for node in _some(data.get("nodes")):
        if not isinstance(node, dict) or not isinstance(node.get("type"), str):
            continue
        if node.get("mode") in {2, 4}:  # muted, bypassed
            continue
        values = node.get("widgets_values")
        inputs: dict[str, Any] = dict(values) if isinstance(values, dict) else {}
        if isinstance(values, list):
            names = _WIDGETS.get(node["type"], ())
            inputs = {key: value for key, value in zip(names, values, strict=False) if key}
        for each in _some(node.get("inputs"))[:_MOST_INPUTS]:
            if isinstance(each, dict) and isinstance(each.get("link"), int):
                inputs[str(each.get("name"))[:100]] = links.get(each["link"])
        graph[str(node.get("id"))] = Node(node["type"], inputs)
    return graph


def _some(data: Any) -> list[Any]:  # noqa: ANN401 (JSON)
    return data[:MOST_NODES] if isinstance(data, list) else []


def link_of(value: Any) -> tuple[str, int] | None:  # noqa: ANN401 (JSON)
    """Return the node and the output that an input is linked to; None for a plain value."""
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str | int):
        return str(value[0]), value[1] if isinstance(value[1], int) else 0
    return None


def upstream(graph: Graph, starts: Iterable[str]) -> Iterator[tuple[str, Node]]:
    """Yield nodes and all they depend on, the nearest first, each once."""
    queue = list(starts)
    seen = set(queue)
    for name in queue:  # grows while it is walked
        node = graph.get(name)
        if node is None:
            continue
        yield name, node
        for value in node.inputs.values():
            link = link_of(value)
            if link is not None and link[0] not in seen:
                seen.add(link[0])
                queue.append(link[0])
