"""The other programs' texts: InvokeAI, NovelAI, Fooocus, SwarmUI, Draw Things, Midjourney.

None of these forms has a specification; this is what the programs write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.media.origin.a1111 import read_a1111
from studio.media.origin.comfy import read_comfy
from studio.media.origin.json import is_object, loads
from studio.media.origin.record import Settings, capped, decimal, shape, whole, words

if TYPE_CHECKING:
    from collections.abc import Mapping

# Names of texts that a program wrote for itself: not shown again among the others.
UNDERSTOOD = {
    *("parameters", "prompt", "workflow", "invokeai_metadata", "invokeai_graph"),
    *("invokeai_workflow", "sd-metadata", "Dream", "fooocus_scheme", "generation_data"),
}


def read_texts(texts: Mapping[str, str]) -> Settings | None:
    """Return what a generator left among a file's texts, None when none did.

    Args:
        texts: name → text, of PNG's chunks or a clip's container.
    """
    if text := texts.get("parameters"):
        told = read_json(text) if is_object(text) else read_a1111(text)
        if told is not None:
            return told
    if text := texts.get("invokeai_metadata") or texts.get("sd-metadata"):
        told = _invoke(loads(text))
        if told is not None:
            return told
    prompt, workflow = texts.get("prompt", ""), texts.get("workflow", "")
    if is_object(prompt) or is_object(workflow):
        told = read_comfy(prompt if is_object(prompt) else None, workflow)
        return told or Settings(tool="ComfyUI")  # damaged, but nobody else writes it
    if prompt.strip():
        return _plain(texts)
    if texts.get("Software", "")[:7] == "NovelAI" or "NovelAI" in texts.get("Title", "")[:50]:
        return _novel(texts)
    description = texts.get("Description", "")
    if "Job ID: " in description[:20_000]:  # Midjourney's own downloads
        return Settings(tool="Midjourney", prompt=capped(description.partition(" Job ID: ")[0]))
    return None


def read_any(text: str) -> Settings | None:
    """Return what a text of an unknown kind says: a comment, a description."""
    if text.startswith(("prompt:", "Prompt:")) and is_object(text[7:]):
        return read_comfy(text[7:], None)
    if text.startswith(("workflow:", "Workflow:")) and is_object(text[9:]):
        return read_comfy(None, text[9:])
    return read_json(text) if is_object(text) else read_a1111(text)


def read_json(text: str) -> Settings | None:
    """Return what a JSON object says, by the names in it; None when no program is known by them."""
    data = loads(text)
    if not isinstance(data, dict):
        return None
    if isinstance(params := data.get("sui_image_params"), dict):
        return _swarm(params)
    if "c" in data and ("uc" in data or "sampler" in data):
        return _draw_things(data)
    if "base_model" in data and "guidance_scale" in data:
        return _fooocus(data)
    if "uncond_scale" in data or ("uc" in data and "prompt" in data):
        return _novel({"Comment": text})
    if "positive_prompt" in data or "app_version" in data:
        return _invoke(data)
    inner, workflow = data.get("prompt"), data.get("workflow")
    if inner is not None or workflow is not None:  # VideoHelperSuite: the two in one comment
        return read_comfy(_as_text(inner), _as_text(workflow))
    return read_comfy(text, text)


def _plain(texts: Mapping[str, str]) -> Settings:
    """Return settings that have a text each (Easy Diffusion)."""
    return Settings(
        model=words(texts.get("use_stable_diffusion_model") or texts.get("model")),
        prompt=capped(texts["prompt"]),
        negative=capped(texts.get("negative_prompt")),
        seed=whole(texts.get("seed")),
        steps=whole(texts.get("num_inference_steps") or texts.get("steps")),
        cfg=decimal(texts.get("guidance_scale")),
        sampler=words(texts.get("sampler_name") or texts.get("sampler")),
        size=shape(texts.get("width"), texts.get("height")),
    )


def _as_text(data: Any) -> str | None:  # noqa: ANN401 (JSON)
    import json

    if isinstance(data, dict):
        return json.dumps(data)
    return data if isinstance(data, str) and is_object(data) else None


def _invoke(data: Any) -> Settings | None:  # noqa: ANN401 (JSON)
    if not isinstance(data, dict):
        return None
    if isinstance(old := data.get("image"), dict):  # before version 3
        data = {**old, "model": data.get("model_weights")}
        if isinstance(asked := data.get("prompt"), list) and asked and isinstance(asked[0], dict):
            data["prompt"] = asked[0].get("prompt")
    model = data.get("model")
    if isinstance(model, dict):
        model = model.get("name") or model.get("model_name")
    loras = data.get("loras")
    return Settings(
        tool="InvokeAI",
        model=words(model),
        prompt=capped(data.get("positive_prompt") or data.get("prompt")),
        negative=capped(data.get("negative_prompt")),
        seed=whole(data.get("seed")),
        steps=whole(data.get("steps")),
        cfg=decimal(data.get("cfg_scale")),
        sampler=words(data.get("scheduler") or data.get("sampler")),
        size=shape(data.get("width"), data.get("height")),
        loras=tuple(_invoke_loras(loras if isinstance(loras, list) else [])),
    )


def _invoke_loras(loras: list[Any]) -> list[str]:
    found: list[str] = []
    for each in loras[:20]:
        lora = each.get("model") or each.get("lora") if isinstance(each, dict) else None
        name = words(lora.get("name") or lora.get("model_name")) if isinstance(lora, dict) else None
        weight = decimal(each.get("weight")) if name else None
        if name:
            found.append(f"{name} {weight:g}" if weight is not None else name)
    return found


def _novel(texts: Mapping[str, str]) -> Settings:
    data = loads(texts.get("Comment", ""))
    data = data if isinstance(data, dict) else {}
    return Settings(
        tool="NovelAI",
        model=words(texts.get("Source")),
        prompt=capped(data.get("prompt")) or capped(texts.get("Description")),
        negative=capped(data.get("uc")),
        seed=whole(data.get("seed")),
        steps=whole(data.get("steps")),
        cfg=decimal(data.get("scale")),
        sampler=words(data.get("sampler")),
        size=shape(data.get("width"), data.get("height")),
    )


def _fooocus(data: dict[str, Any]) -> Settings:
    size = str(data.get("resolution"))[:40].strip("()").replace(" ", "").partition(",")
    return Settings(
        tool="Fooocus",
        model=words(data.get("base_model")),
        prompt=capped(data.get("prompt")),
        negative=capped(data.get("negative_prompt")),
        seed=whole(data.get("seed")),
        steps=whole(data.get("steps")),
        cfg=decimal(data.get("guidance_scale")),
        sampler=words(data.get("sampler")),
        size=shape(size[0], size[2]),
    )


def _swarm(data: dict[str, Any]) -> Settings:
    return Settings(
        tool="SwarmUI",
        model=words(data.get("model")),
        prompt=capped(data.get("prompt")),
        negative=capped(data.get("negativeprompt")),
        seed=whole(data.get("seed")),
        steps=whole(data.get("steps")),
        cfg=decimal(data.get("cfgscale")),
        sampler=words(data.get("sampler")),
        size=shape(data.get("width"), data.get("height")),
    )


def _draw_things(data: dict[str, Any]) -> Settings:
    across, by, down = str(data.get("size"))[:40].partition("x")
    return Settings(
        tool="Draw Things",
        model=words(data.get("model")),
        prompt=capped(data.get("c")),
        negative=capped(data.get("uc")),
        seed=whole(data.get("seed")),
        steps=whole(data.get("steps")),
        cfg=decimal(data.get("scale")),
        sampler=words(data.get("sampler")),
        size=shape(across, down) if by else None,
    )
