"""The graph that ComfyUI leaves in a picture or clip: which sampler made it, of which words.

Which save made this very file is not told: of several the last is taken, and of the samplers
before it the nearest. Every walk is a loop over nodes not seen before.
"""

from __future__ import annotations

from studio.media.origin.graph import (
    MOST_NODES,
    Graph,
    Node,
    api_graph,
    editor_graph,
    link_of,
    upstream,
)
from studio.media.origin.json import loads
from studio.media.origin.record import (
    MOST_TEXT,
    Settings,
    capped,
    decimal,
    shape,
    whole,
    words,
)

_MOST_SAVES = 20  # followed back to a sampler

_SAVES = ("SaveImage", "SaveVideo", "VideoCombine", "SaveAnimated", "SaveWEBM", "Save")
_LATER = ("Preview", "Output")  # show a picture without keeping it
_POSITIVE = ("positive", "conditioning", "guider", "basic_pipe", "pipe", "base_ctx", "context")
_NEGATIVE = ("negative",)
# Inputs that carry text, by the nodes that have them; the first that gives some is taken.
_TEXTS = (
    *("text", "text_g", "text_l", "clip_l", "t5xxl", "prompt", "positive_prompt", "wildcard_text"),
    *("populated_text", "string", "value", "Text", "text1", "text2", "text_a", "text_b"),
    *("string_a", "string_b", "text_1", "text_2", "prompt_text", "input_text"),
)
_MODELS = ("ckpt_name", "unet_name", "model_name", "base_ckpt_name", "gguf_name", "diffusion_model")
_SEEDS, _STEPS, _CFGS = ("seed", "noise_seed"), ("steps",), ("cfg", "guidance")
_CARRIED = ("noise", "guider", "sampler", "sigmas")  # what SamplerCustomAdvanced is given


def read_comfy(prompt: str | None, workflow: str | None) -> Settings | None:
    """Return what a graph says of the picture, None when it is no graph.

    Args:
        prompt: the API's form, as JSON.
        workflow: the editor's form, as JSON; asked when there is no `prompt`.
    """
    graph = api_graph(loads(prompt)) if prompt else {}
    if not graph and workflow:
        graph = editor_graph(loads(workflow))
    if not graph:
        return None
    sampler = _last_sampler(graph)
    if sampler is None:
        return Settings(tool="ComfyUI", prompt=_only_text(graph), model=_any_model(graph))
    return _settings(graph, sampler)


def _is_sampler(node: Node) -> bool:
    if "Sampler" in node.kind and any(key in node.inputs for key in (*_STEPS, "noise", "sigmas")):
        return True
    linked = link_of(node.inputs.get("positive")) is not None
    return linked and any(key in node.inputs for key in (*_SEEDS, *_STEPS))


def _last_sampler(graph: Graph) -> str | None:
    """Return the sampler nearest to what is saved; of several saves, to the last by number."""
    for ends in (_SAVES, _LATER):
        saves = [name for name, node in graph.items() if any(end in node.kind for end in ends)]
        for save in sorted(saves, key=_number, reverse=True)[:_MOST_SAVES]:
            for name, node in upstream(graph, [save]):
                if _is_sampler(node):
                    return name
    return max((n for n, node in graph.items() if _is_sampler(node)), key=_number, default=None)


def _number(name: str) -> tuple[int, str]:
    last = name.rpartition(":")[2]  # "12:3" is node 3 of the group 12
    return (int(last) if last.isascii() and last.isdigit() and len(last) < 12 else -1), name


def _settings(graph: Graph, name: str) -> Settings:
    sampler = graph[name]
    helpers = [sampler, *_carried(graph, sampler)]
    noisy = [_noisy(graph, sampler), *helpers[1:]]
    seed = next((n for n in (_value(graph, h, _SEEDS) for h in noisy) if n is not None), None)
    steps = next((n for n in (_value(graph, h, _STEPS) for h in helpers) if n is not None), None)
    cfg = next((n for n in (_value(graph, h, _CFGS) for h in helpers) if n is not None), None)
    kind = next((t for t in (_word(h, "sampler_name") for h in helpers) if t), None)
    schedule = next((t for t in (_word(h, "scheduler") for h in helpers) if t), None)
    positive = next((h for h in helpers if link_of(h.inputs.get("positive"))), None)
    asked = positive or next((h for h in helpers if link_of(h.inputs.get("conditioning"))), sampler)
    models, loras = _models(graph, helpers)
    return Settings(
        tool="ComfyUI",
        model=models,
        prompt=_text(graph, asked, _POSITIVE, slot=0),
        negative=_text(graph, positive or asked, _NEGATIVE, slot=1),
        seed=whole(seed),
        steps=whole(steps),
        cfg=decimal(cfg),
        sampler=words(f"{kind} {schedule}" if kind and schedule else kind),
        size=_size(graph, sampler),
        loras=loras,
    )


def _noisy(graph: Graph, sampler: Node) -> Node:
    """Return the sampler whose seed counts: one that adds no noise goes on from another's."""
    link = link_of(sampler.inputs.get("latent_image"))
    if sampler.inputs.get("add_noise") != "disable" or link is None:
        return sampler
    for _, node in upstream(graph, [link[0]]):
        if _is_sampler(node) and node.inputs.get("add_noise") != "disable":
            return node
    return sampler


def _carried(graph: Graph, sampler: Node) -> list[Node]:
    """Return the nodes that stand for a sampler's own values: noise, guider, sampler, sigmas."""
    found: list[Node] = []
    for key in _CARRIED:
        link = link_of(sampler.inputs.get(key))
        if link is not None:
            near = upstream(graph, [link[0]])
            found += [node for _, (_, node) in zip(range(4), near, strict=False)]
    return found


def _value(graph: Graph, node: Node, keys: tuple[str, ...]) -> object:
    """Return a number an input holds, or the number at the other end of its link."""
    for key in keys:
        value = node.inputs.get(key)
        link = link_of(value)
        if link is None:
            if isinstance(value, int | float | str) and decimal_or_whole(value):
                return value
            continue
        for _, (_, far) in zip(range(8), upstream(graph, [link[0]]), strict=False):
            for name in (*keys, "value", "int", "float", "number", "Number", "Value"):
                held = far.inputs.get(name)
                if isinstance(held, int | float | str) and decimal_or_whole(held):
                    return held
    return None


def decimal_or_whole(value: object) -> bool:
    """Tell whether a value is a number, of any size."""
    return whole(value) is not None or decimal(value) is not None


def _word(node: Node, key: str) -> str | None:
    return words(node.inputs.get(key))


def _text(graph: Graph, node: Node, keys: tuple[str, ...], *, slot: int) -> str | None:
    """Return the words that an input's conditioning was made of.

    A node that hands on positive and negative (ControlNet) is asked for the one that is meant,
    which is told by the output that is linked; a conditioning set to zero has no words.
    """
    stack = [link for key in keys if (link := link_of(node.inputs.get(key))) is not None][:1]
    seen: set[tuple[str, int]] = set(stack)
    found: list[str] = []
    while stack and len(seen) < MOST_NODES:
        name, output = stack.pop()
        here = graph.get(name)
        if here is None or "ZeroOut" in here.kind:
            continue
        both = "positive" in here.inputs and "negative" in here.inputs
        own = [here.inputs[key] for key in _TEXTS if key in here.inputs]
        plain = [text for text in own if isinstance(text, str) and text.strip()]
        if plain and not both:
            found += plain
            own = [value for value in own if link_of(value) is not None]
            further = own
        elif both:
            word = ("positive", "negative")[output if output in {0, 1} else slot]
            further = [here.inputs[word]]
        elif any(link_of(value) is not None for value in own):
            further = own
        else:
            further = [value for key, value in here.inputs.items() if key not in _NOT_WORDS]
        for value in reversed(further):
            link = link_of(value)
            if link is not None and link not in seen:
                seen.add(link)
                stack.append(link)
    return capped("\n".join(dict.fromkeys(text.strip()[:MOST_TEXT] for text in found[:20])))


_NOT_WORDS = {"clip", "model", "vae", "image", "mask", "pixels", "control_net", "latent", "samples"}
_NOT_WORDS |= {"latent_image", "noise", "sigmas", "sampler", "clip_vision", "start_image"}


def _models(graph: Graph, helpers: list[Node]) -> tuple[str | None, tuple[str, ...]]:
    """Return the model's name and the LoRAs between it and the sampler."""
    start = next((link for h in helpers if (link := link_of(h.inputs.get("model")))), None)
    if start is None:
        return _any_model(graph), ()
    model: str | None = None
    loras: list[str] = []
    for _, node in upstream(graph, [start[0]]):
        for key, value in node.inputs.items():
            if key.startswith("lora") and isinstance(value, dict) and value.get("on"):
                loras.append(_lora(value.get("lora"), value.get("strength")))
        if "lora_name" in node.inputs:
            loras.append(_lora(node.inputs["lora_name"], node.inputs.get("strength_model")))
        model = model or next((w for key in _MODELS if (w := _word(node, key))), None)
    return model, tuple(dict.fromkeys(lora for lora in loras if lora))[:20]


def _lora(name: object, strength: object) -> str:
    text, weight = words(name), decimal(strength)
    if text is None or text == "None" or weight == 0:
        return ""
    return f"{text} {weight:g}" if weight is not None else text


def _any_model(graph: Graph) -> str | None:
    for key in _MODELS:
        for node in graph.values():
            if (name := _word(node, key)) is not None:
                return name
    return None


def _only_text(graph: Graph) -> str | None:
    """Return the text of a graph that has one: a hosted model's node without a sampler."""
    held = [
        text
        for node in graph.values()
        for key in _TEXTS
        if isinstance(text := node.inputs.get(key), str) and text.strip()
    ]
    return capped(held[0]) if len(set(held)) == 1 else None


def _size(graph: Graph, sampler: Node) -> str | None:
    for key in ("latent_image", "latent", "samples"):
        link = link_of(sampler.inputs.get(key))
        if link is None:
            continue
        for _, node in upstream(graph, [link[0]]):
            across, down = (_value(graph, node, (side,)) for side in ("width", "height"))
            if (size := shape(across, down)) is not None:
                return size
    return None
