"""Where a picture or clip comes from: files as the programs write them, and files that lie."""

from __future__ import annotations

import json
import random
import struct
import sys
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from studio.media.facts import facts
from studio.media.origin import Origin, c2pa, origin, origin_of_clip
from studio.media.origin.a1111 import read_a1111
from studio.media.origin.comfy import read_comfy
from studio.media.origin.record import MOST_TEXT
from studio.text import display, is_safe

A1111 = (
    "kodak snapshot, christmas morning\nwrapping paper, (1989:1.2) <lora:film:0.8>\n"
    "Negative prompt: text, watermark,\nblurry\n"
    "Steps: 28, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 6.5, Seed: 890089, "
    "Size: 832x1216, Model hash: 0a1b2c3d4e, Model: invented_v1, Version: v1.10.1"
)


def save(path, size=(8, 10), **options):
    Image.new("RGB", size, "red").save(path, **options)
    return path


def chunk(kind, data):
    crc = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + crc


def png(*chunks, after=False):
    buffer = BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PNG")
    data = buffer.getvalue()
    at = data.rindex(b"IEND") - 4 if after else data.index(b"IDAT") - 4
    return data[:at] + b"".join(chunks) + data[at:]


def text_png(path, texts, **where):
    path.write_bytes(
        png(*(chunk(b"tEXt", f"{k}\0{v}".encode()) for k, v in texts.items()), **where)
    )
    return path


# Real files


def test_the_prompt_and_settings_of_a_real_png(photos):
    told = origin(photos / "astronaut_1024x1536_parameters.png")
    assert told.prompt == "portrait of an astronaut, vintage film look, soft light, 35mm"
    assert told.negative == "text, watermark, blurry"
    assert (told.tool, told.model) == ("AUTOMATIC1111", "invented-model")
    assert (told.seed, told.steps, told.cfg) == (890089, 28, 6.5)
    assert (told.sampler, told.size) == ("DPM++ 2M Karras", "1024x1536")
    assert (told.generated, told.camera, told.problem) == (True, None, None)


def test_the_camera_of_a_real_photograph(photos):
    told = origin(photos / "cat_orientation6_gps.jpg")
    assert (told.camera, told.taken) == ("Invented Camera 89", "2026:05:14 07:42:10")
    assert (told.gps, told.generated, told.prompt) == (True, None, None)


def test_facts_and_origin_say_the_same_of_every_real_file(photos):
    for path in sorted(photos.glob("*_*.*")):
        if path.suffix != ".py":
            known, told = facts(photos, path.name), origin(path)
            assert (told.generated, told.gps) == (known.generated, known.gps), path.name


# A1111 and Forge


def test_lines_of_prompt_and_negative_stay_together():
    told = read_a1111(A1111)
    assert told.prompt.startswith("kodak snapshot, christmas morning\nwrapping paper")
    assert told.negative == "text, watermark,\nblurry"
    assert told.loras == ("film 0.8",)


@pytest.mark.parametrize(
    ("version", "tool"),
    [
        ("Version: v1.10.1", "AUTOMATIC1111"),
        ("Version: f2.0.1v1.10.1-previous-669-gdfdcbab6", "Forge"),
        ("Version: ComfyUI", "ComfyUI"),
        ("Version: stable-diffusion.cpp", "stable-diffusion.cpp"),
        ("App: SD.Next, Version: 4f2a1b", "SD.Next"),
        ("Version: something", "AUTOMATIC1111 or its like"),
    ],
)
def test_the_version_tells_the_program(version, tool):
    assert read_a1111(f"a\nSteps: 20, Seed: 1, {version}").tool == tool


def test_a_quoted_value_may_hold_commas_and_colons():
    line = 'x\nSteps: 9, Lora hashes: "a: 1, Seed: 7", Hires prompt: "b\\nc, Seed: 8", Seed: 5'
    told = read_a1111(line)
    assert (told.seed, told.steps, told.loras) == (5, 9, ("a", "Seed"))


def test_a_seed_larger_than_64_bits_is_kept_and_nonsense_is_not():
    assert read_a1111("a\nSteps: 1, Seed: 18446744073709551616").seed == 2**64
    assert read_a1111("a\nSteps: 1, Seed: " + "9" * 5000).seed is None
    assert read_a1111("a\nSteps: 1, Seed: many, CFG scale: nan").cfg is None


def test_guidance_of_flux_in_forge_is_the_distilled_one():
    line = "a\nSteps: 20, CFG scale: 1, Distilled CFG Scale: 3.5, Seed: 1, Version: f2.0"
    assert read_a1111(line).cfg == 3.5


def test_a_prompt_that_quotes_settings_keeps_them():
    told = read_a1111("like this:\nSteps: 5, Seed: 1\nor so\nSteps: 30, Seed: 2")
    assert told.prompt == "like this:\nSteps: 5, Seed: 1\nor so"
    assert (told.steps, told.seed) == (30, 2)


def test_what_follows_the_settings_does_not_hide_them():
    told = read_a1111("a\nSteps: 20, Sampler: Euler, Seed: 3\nTemplate: a, b\nNegative Template: c")
    assert (told.prompt, told.seed, told.sampler) == ("a", 3, "Euler")


@pytest.mark.parametrize("text", ["", "\n", "Steps:", ",,,,", '"' * 50])
def test_a_text_without_settings_is_no_crash(text):
    told = read_a1111(text)
    assert told is None or told.steps is None


def test_a_long_prompt_is_cut():
    assert len(read_a1111("word " * 90_000 + "\nSteps: 1").prompt) == MOST_TEXT


@pytest.mark.parametrize("after", [False, True])
def test_text_after_the_pixels_is_found(tmp_path, after):
    told = origin(text_png(tmp_path / "x.png", {"parameters": A1111}, after=after))
    assert (told.seed, told.generated) == (890089, True)


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("international", [False, True])
def test_every_form_of_png_text(tmp_path, zipped, international):
    info = PngImagePlugin.PngInfo()
    add = info.add_itxt if international else info.add_text
    add("parameters", "café\nSteps: 20, Seed: 1", zip=zipped)
    assert origin(save(tmp_path / "x.png", pnginfo=info)).prompt == "café"


COMMENTS = {
    "big": b"UNICODE\0" + A1111.encode("utf-16-be"),
    "little": b"UNICODE\0" + A1111.encode("utf-16-le"),
    "marked": b"UNICODE\0" + A1111.encode("utf-16"),
    "ascii": b"ASCII\0\0\0" + A1111.encode(),
    "undefined": bytes(8) + A1111.encode(),
    "bare": A1111.encode(),
}


@pytest.mark.parametrize("suffix", ["jpg", "webp", "avif", "png"])
@pytest.mark.parametrize("kind", COMMENTS)
def test_settings_in_a_comment_of_exif(tmp_path, suffix, kind):
    exif = Image.Exif()
    exif[0x013B] = "me"  # Pillow writes none into AVIF without a tag of the first directory
    exif.get_ifd(0x8769)[0x9286] = COMMENTS[kind]
    told = origin(save(tmp_path / f"x.{suffix}", exif=exif))
    assert (told.seed, told.negative) == (890089, "text, watermark,\nblurry")
    assert told.texts == (("Artist", "me"),)  # what is understood is not shown again


def test_settings_in_the_comment_of_a_gif_and_of_a_jpeg(tmp_path):
    assert origin(save(tmp_path / "x.gif", comment=A1111)).seed == 890089
    assert origin(save(tmp_path / "x.jpg", comment=A1111)).seed == 890089


def test_a_persons_comment_is_a_text_and_no_prompt(tmp_path):
    exif = Image.Exif()
    exif[0x010E] = "Steps: the ones behind the church"
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0{not json"
    told = origin(save(tmp_path / "x.jpg", exif=exif))
    assert (told.generated, told.prompt) == (None, None)
    assert dict(told.texts) == {
        "ImageDescription": "Steps: the ones behind the church",
        "UserComment": "{not json",
    }


# ComfyUI


def node(kind, **inputs):
    return {"class_type": kind, "inputs": inputs}


SIMPLE = {
    "3": node(
        "KSampler",
        seed=77,
        steps=24,
        cfg=5.5,
        sampler_name="euler",
        scheduler="normal",
        model=["10", 0],
        positive=["6", 0],
        negative=["7", 0],
        latent_image=["5", 0],
    ),
    "4": node("CheckpointLoaderSimple", ckpt_name="invented.safetensors"),
    "5": node("EmptyLatentImage", width=832, height=1216, batch_size=1),
    "6": node("CLIPTextEncode", text="a shop window, 1989", clip=["10", 1]),
    "7": node("CLIPTextEncode", text="blurry", clip=["10", 1]),
    "8": node("VAEDecode", samples=["3", 0], vae=["4", 2]),
    "9": node("SaveImage", images=["8", 0]),
    "10": node("LoraLoader", lora_name="film", strength_model=0.7, model=["4", 0], clip=["4", 1]),
}


def comfy(graph):
    return read_comfy(json.dumps(graph), None)


def test_the_graph_of_a_comfyui_png(tmp_path):
    texts = {"prompt": json.dumps(SIMPLE), "workflow": "{}"}
    told = origin(text_png(tmp_path / "x.png", texts))
    assert (told.tool, told.prompt, told.negative) == ("ComfyUI", "a shop window, 1989", "blurry")
    assert (told.seed, told.steps, told.cfg) == (77, 24, 5.5)
    assert (told.sampler, told.model) == ("euler normal", "invented.safetensors")
    assert (told.size, told.loras, told.generated) == ("832x1216", ("film 0.7",), True)
    assert told.texts == ()


def test_words_are_followed_through_controlnet_by_the_output_that_is_linked():
    graph = SIMPLE | {
        "3": node("KSampler", seed=1, steps=2, positive=["20", 0], negative=["20", 1]),
        "20": node("ControlNetApplyAdvanced", positive=["6", 0], negative=["7", 0], strength=1),
    }
    told = comfy(graph)
    assert (told.prompt, told.negative) == ("a shop window, 1989", "blurry")


def test_words_are_followed_through_text_nodes_and_joined():
    graph = SIMPLE | {
        "6": node("CLIPTextEncode", text=["30", 0], clip=["4", 1]),
        "30": node("StringConcatenate", string_a=["31", 0], string_b="on film", delimiter=", "),
        "31": node("PrimitiveString", value="a shop window"),
    }
    assert set(comfy(graph).prompt.split("\n")) == {"a shop window", "on film"}


def test_the_sampler_of_flux_is_put_together_from_its_nodes():
    graph = {
        "1": node("RandomNoise", noise_seed=2**63),
        "2": node("BasicGuider", model=["6", 0], conditioning=["3", 0]),
        "3": node("FluxGuidance", guidance=3.5, conditioning=["4", 0]),
        "4": node("CLIPTextEncode", text="a bus at night", clip=["9", 0]),
        "5": node("KSamplerSelect", sampler_name="euler"),
        "6": node("UNETLoader", unet_name="flux.safetensors"),
        "7": node("BasicScheduler", scheduler="simple", steps=20, model=["6", 0]),
        "8": node(
            "SamplerCustomAdvanced",
            noise=["1", 0],
            guider=["2", 0],
            sampler=["5", 0],
            sigmas=["7", 0],
            latent_image=["10", 0],
        ),
        "10": node("EmptySD3LatentImage", width=1024, height=1024),
        "11": node("SaveImage", images=["8", 0]),
    }
    told = comfy(graph)
    assert (told.prompt, told.seed, told.steps, told.cfg) == ("a bus at night", 2**63, 20, 3.5)
    assert (told.sampler, told.model) == ("euler simple", "flux.safetensors")
    assert (told.size, told.negative) == ("1024x1024", None)


def test_of_two_samplers_the_one_before_the_save_counts():
    second = node("KSampler", seed=["40", 0], steps=9, positive=["6", 0], latent_image=["3", 0])
    graph = SIMPLE | {
        "39": second,
        "8": node("VAEDecode", samples=["39", 0]),
        "40": node("PrimitiveInt", value=4321),
    }
    told = comfy(graph)
    assert (told.seed, told.steps, told.size) == (4321, 9, "832x1216")


def test_the_second_half_of_a_clip_has_the_seed_of_the_first():
    shared = {"positive": ["6", 0], "negative": ["7", 0], "steps": 4, "cfg": 1}
    graph = SIMPLE | {
        "3": node("KSamplerAdvanced", add_noise="enable", noise_seed=138, **shared),
        "39": node(
            "KSamplerAdvanced", add_noise="disable", noise_seed=0, latent_image=["3", 0], **shared
        ),
        "8": node("VAEDecode", samples=["39", 0]),
    }
    assert comfy(graph).seed == 138


def test_conditioning_set_to_zero_has_no_words():
    graph = SIMPLE | {"7": node("ConditioningZeroOut", conditioning=["6", 0])}
    assert comfy(graph).negative is None


def test_the_editors_graph_is_read_where_it_is_all_there_is():
    flow = {
        "nodes": [
            {"id": 1, "type": "CLIPTextEncode", "widgets_values": ["a fair"], "inputs": []},
            {
                "id": 2,
                "type": "KSampler",
                "widgets_values": [55, "fixed", 12, 4, "euler", "normal", 1],
                "inputs": [{"name": "positive", "link": 7}],
            },
            {"id": 3, "type": "SaveImage", "inputs": [{"name": "images", "link": 8}]},
            {"id": 4, "type": "CLIPTextEncode", "mode": 4, "widgets_values": ["bypassed"]},
        ],
        "links": [[7, 1, 0, 2, 1, "CONDITIONING"], [8, 2, 0, 3, 0, "IMAGE"]],
    }
    told = read_comfy(None, json.dumps(flow))
    assert (told.prompt, told.seed, told.steps, told.sampler) == ("a fair", 55, 12, "euler normal")


def test_a_graph_that_runs_in_circles_ends():
    graph = {
        "1": node("KSampler", seed=1, steps=2, positive=["2", 0], negative=["2", 1]),
        "2": node("Reroute", a=["3", 0], text=["2", 0]),
        "3": node("Reroute", a=["2", 0], b=["1", 0]),
        "4": node("SaveImage", images=["1", 0]),
    }
    assert comfy(graph).prompt is None


def test_thousands_of_saves_without_a_sampler_end():
    links = [[str(i * 7 % 3_000), 0] for i in range(40)]
    made = {f"k{i}": link for i, link in enumerate(links)}
    assert comfy({str(i): node("SaveImage", **made) for i in range(3_000)}).prompt is None


def test_a_graph_thousands_of_nodes_deep_ends():
    graph = {str(i): node("Reroute", a=[str(i + 1), 0]) for i in range(30_000)}
    graph["0"] = node("KSampler", seed=1, steps=2, positive=["1", 0])
    assert comfy(graph).seed == 1


HOSTILE_GRAPHS = [
    {"1": {"class_type": 7, "inputs": []}, "2": {"class_type": "KSampler", "inputs": 9}},
    {"1": node("KSampler", seed=[[]], steps=[1, 2, 3], positive=[None, {}], model=["1", "0"])},
    {"1": node("SaveImage", images=["9", 0]), "2": node("KSampler", seed=-1e999, steps={})},
    {"prompt": {"1": None, "2": []}},
    [],
    7,
    {"1": node("CLIPTextEncode", text={"a": 1}), "2": node("X" * 10**6)},
]


@pytest.mark.parametrize("graph", HOSTILE_GRAPHS, ids=range(len(HOSTILE_GRAPHS)))
def test_a_graph_of_nonsense_is_no_crash(tmp_path, graph):
    told = origin(text_png(tmp_path / "x.png", {"prompt": json.dumps(graph)}))
    assert (told.generated, told.problem) == (True, None)


def test_comfyui_in_the_exif_of_a_webp_is_no_camera(tmp_path):
    exif = Image.Exif()
    exif[0x0110] = "prompt:" + json.dumps(SIMPLE)
    exif[0x010F] = 'workflow:{"nodes": []}'
    told = origin(save(tmp_path / "x.webp", exif=exif))
    assert (told.prompt, told.seed, told.camera) == ("a shop window, 1989", 77, None)


def test_comfyui_in_a_clip():
    whole = json.dumps({"prompt": json.dumps(SIMPLE), "workflow": {"nodes": []}})
    for metadata in ({"comment": whole}, {"PROMPT": json.dumps(SIMPLE), "WORKFLOW": "{}"}):
        told = origin_of_clip({"major_brand": "isom", "encoder": "Lavf61"} | metadata)
        assert (told.prompt, told.seed, told.generated) == ("a shop window, 1989", 77, True)
        assert told.tool == "ComfyUI"


def test_a_clip_of_a_phone_has_camera_place_and_no_prompt():
    told = origin_of_clip(
        {
            "com.apple.quicktime.make": "Invented",
            "com.apple.quicktime.model": "Invented Phone 3",
            "com.apple.quicktime.location.ISO6709": "+51.5-000.1/",
        }
    )
    assert (told.camera, told.gps, told.generated) == ("Invented Phone 3", True, None)


# Other programs

OTHERS = {
    "InvokeAI": {
        "invokeai_metadata": json.dumps(
            {"positive_prompt": "p", "negative_prompt": "n", "seed": 1, "steps": 2, "cfg_scale": 3}
            | {"width": 64, "height": 96, "scheduler": "euler", "model": {"name": "m"}}
        )
    },
    "NovelAI": {
        "Software": "NovelAI",
        "Source": "m",
        "Description": "p",
        "Comment": json.dumps(
            {"uc": "n", "seed": 1, "steps": 2, "scale": 3, "width": 64, "height": 96}
            | {"sampler": "euler", "prompt": "p"}
        ),
    },
    "SwarmUI": {
        "parameters": json.dumps(
            {
                "sui_image_params": {"prompt": "p", "negativeprompt": "n", "seed": 1, "steps": 2}
                | {"cfgscale": 3, "sampler": "euler", "width": 64, "height": 96, "model": "m"}
            }
        )
    },
    "Fooocus": {
        "parameters": json.dumps(
            {"prompt": "p", "negative_prompt": "n", "seed": "1", "steps": 2, "guidance_scale": 3}
            | {"base_model": "m", "resolution": "(64, 96)", "sampler": "euler"}
        )
    },
}


@pytest.mark.parametrize("tool", OTHERS)
def test_other_programs_are_understood(tmp_path, tool):
    told = origin(text_png(tmp_path / "x.png", OTHERS[tool]))
    assert (told.tool, told.model, told.prompt, told.negative) == (tool, "m", "p", "n")
    assert (told.seed, told.steps, told.cfg, told.size) == (1, 2, 3.0, "64x96")
    assert (told.sampler, told.generated) == ("euler", True)


def test_midjourneys_description_is_a_prompt(tmp_path):
    text = "a kitchen, 1985 --ar 4:5 --v 7 Job ID: 0a1b"
    told = origin(text_png(tmp_path / "x.png", {"Description": text, "Author": "somebody"}))
    assert (told.tool, told.prompt) == ("Midjourney", "a kitchen, 1985 --ar 4:5 --v 7")


# XMP

IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
SCHEME = "http://cv.iptc.org/newscodes/digitalsourcetype/"


def xmp(attributes="", inside=""):
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description xmlns:e="{IPTC}" xmlns:exif="http://ns.adobe.com/exif/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        f" {attributes}>{inside}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    ).encode()


def forms(word):
    return {
        "attribute": xmp(f'e:DigitalSourceType="{SCHEME}{word}"'),
        "element": xmp(inside=f"<e:DigitalSourceType>{SCHEME}{word}</e:DigitalSourceType>"),
        "resource": xmp(inside=f'<e:DigitalSourceType rdf:resource="{SCHEME}{word}"/>'),
        "code": xmp(f'e:DigitalSourceType="digsrctype:{word}"'),
    }


@pytest.mark.parametrize("suffix", ["jpg", "webp", "avif", "png"])
@pytest.mark.parametrize("form", forms(""))
def test_the_iptc_source_type_in_every_form_and_container(tmp_path, form, suffix):
    packet = forms("trainedAlgorithmicMedia")[form]
    path = tmp_path / f"x.{suffix}"
    if suffix == "png":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", packet.decode())
        save(path, pnginfo=info)
    else:
        save(path, xmp=packet)
    told = origin(path)
    assert (told.source_type, told.generated) == ("trainedAlgorithmicMedia", True)


@pytest.mark.parametrize(
    ("word", "generated"),
    [
        ("compositeWithTrainedAlgorithmicMedia", True),
        ("compositeSynthetic", True),
        ("digitalCapture", False),
        ("computationalCapture", False),
        ("negativeFilm", False),
        ("humanEdits", None),
        ("algorithmicMedia", None),
        ("nonsense", None),
    ],
)
def test_what_a_source_type_means_is_the_same_for_facts(tmp_path, word, generated):
    path = save(tmp_path / "x.jpg", xmp=forms(word)["attribute"])
    assert (origin(path).source_type, origin(path).generated) == (word, generated)
    assert facts(tmp_path, "x.jpg").generated is generated


def test_iptcs_words_on_ai_and_adobes_on_the_program(tmp_path):
    packet = xmp('e:AISystemUsed="Invented Model" e:AIPromptInformation="a cat" xmp:Rating="3"')
    told = origin(save(tmp_path / "x.jpg", xmp=packet))
    assert (told.tool, told.prompt, told.generated) == ("Invented Model", "a cat", True)
    told = origin(save(tmp_path / "y.jpg", xmp=xmp('xmp:CreatorTool="Invented Editor 2"')))
    assert (told.tool, told.generated) == ("Invented Editor 2", None)


def test_a_description_and_a_place_in_xmp(tmp_path):
    inside = (
        '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">a note</rdf:li></rdf:Alt>'
        "</dc:description>"
    )
    told = origin(save(tmp_path / "x.jpg", xmp=xmp('exif:GPSLatitude="51,28N"', inside)))
    assert (dict(told.texts), told.gps) == ({"description": "a note"}, True)


def test_draw_things_writes_json_into_xmp(tmp_path):
    settings = {"c": "p", "uc": "n", "seed": 5, "steps": 8, "scale": 4, "size": "64x96"}
    escaped = json.dumps(settings | {"sampler": "Euler", "model": "m"}).replace('"', "&quot;")
    inside = f"<exif:UserComment><rdf:Alt><rdf:li>{escaped}</rdf:li></rdf:Alt></exif:UserComment>"
    told = origin(save(tmp_path / "x.jpg", xmp=xmp("", inside)))
    assert (told.tool, told.prompt, told.seed, told.size) == ("Draw Things", "p", 5, "64x96")


@pytest.mark.parametrize(
    "packet",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        + xmp(inside="<dc:title>&b;</dc:title>"),
        b"<a>" * 100_000,
        b"\xff\xfe<\x00",
        xmp()[:200],
        b"<a xmlns:b='c' b:d='" + b"x" * 3_000_000 + b"'/>",
    ],
    ids=["entities", "deep", "utf-16", "torn", "long"],
)
def test_hostile_xmp_says_nothing_and_harms_nothing(tmp_path, packet):
    data = png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet))
    (tmp_path / "x.png").write_bytes(data)
    told = origin(tmp_path / "x.png")
    assert (told.problem, told.generated, told.texts) == (None, None, ())


# Content Credentials

MANIFEST = (
    b"\0\0\0\x40jumb\0\0\0\x20jumdc2pa\0c2pa\0" + (SCHEME + "trainedAlgorithmicMedia").encode()
)
UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")


def credentialed(kind):
    if kind == "png":
        return png(chunk(b"caBX", MANIFEST))
    buffer = BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, {"jpg": "JPEG", "webp": "WebP", "avif": "AVIF"}[kind])
    data = buffer.getvalue()
    if kind == "jpg":
        body = b"JP\0\x01\0\0\0\x01" + MANIFEST
        return data[:2] + b"\xff\xeb" + struct.pack(">H", len(body) + 2) + body + data[2:]
    if kind == "webp":
        return data + b"C2PA" + struct.pack("<I", len(MANIFEST)) + MANIFEST
    body = UUID + bytes(4) + b"manifest\0" + MANIFEST
    return data + struct.pack(">I", len(body) + 8) + b"uuid" + body


@pytest.mark.parametrize("kind", ["png", "jpg", "webp", "avif"])
def test_content_credentials_are_seen_without_reading_them(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(c2pa, "can_read", lambda: False)
    (tmp_path / "x").write_bytes(credentialed(kind))
    told = origin(tmp_path / "x")
    assert told.c2pa == "Content Credentials are there; install studio[c2pa] to read them"
    assert (told.source_type, told.generated) == ("trainedAlgorithmicMedia", True)


LIBRARY = """
import json
class Settings:
    @classmethod
    def from_dict(cls, given):
        assert given["verify"] == {"remote_manifest_fetch": False, "ocsp_fetch": False}
class Context:
    def __init__(self, settings): pass
class Reader:
    def __init__(self, mime, file, context):
        assert (mime, file.read(4)) == ("image/png", b"\\x89PNG")
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def json(self):
        return json.dumps(STORE)
STORE = """


def with_library(tmp_path, monkeypatch, store):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "c2pa.py").write_text(LIBRARY + repr(store))
    monkeypatch.setitem(sys.modules, "c2pa", None)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "lib"))
    monkeypatch.setattr(c2pa, "can_read", lambda: True)
    (tmp_path / "x.png").write_bytes(credentialed("png"))
    return origin(tmp_path / "x.png")


def test_content_credentials_are_read_in_another_process(tmp_path, monkeypatch):
    action = {"digitalSourceType": SCHEME + "trainedAlgorithmicMedia"}
    manifest = {
        "claim_generator_info": [{"name": "Invented Model"}],
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [action]}}],
        "signature_info": {"issuer": "Invented Signer"},
    }
    store = {"active_manifest": "a", "manifests": {"a": manifest}, "validation_state": "Valid"}
    told = with_library(tmp_path, monkeypatch, store)
    assert told.c2pa == (
        "Content Credentials of Invented Model: made with an AI model. "
        "Unchanged since it was signed by Invented Signer; who that is has not been checked"
    )
    assert (told.source_type, told.generated) == ("trainedAlgorithmicMedia", True)


@pytest.mark.parametrize(
    ("store", "says"),
    [
        ({"validation_state": "Invalid"}, "They do not fit this file"),
        ({"validation_state": "Trusted"}, "who is trusted"),
        ({"manifests": []}, "cannot be read"),
    ],
)
def test_changed_trusted_and_damaged_credentials(tmp_path, monkeypatch, store, says):
    assert says in with_library(tmp_path, monkeypatch, store).c2pa


# Files that lie


def test_a_bomb_in_a_text_chunk_is_not_unpacked(tmp_path):
    packed = zlib.compress(b"a" * 40_000_000)
    many = [chunk(b"zTXt", b"parameters\0\0" + packed)] * 40
    (tmp_path / "x.png").write_bytes(png(*many))
    told = origin(tmp_path / "x.png")
    assert len(told.prompt) == MOST_TEXT


def test_json_nested_without_end_is_no_crash(tmp_path):
    texts = {"prompt": '{"a":' * 100_000, "workflow": "[" * 100_000}
    told = origin(text_png(tmp_path / "x.png", texts))
    assert (told.tool, told.generated, told.problem) == ("ComfyUI", True, None)


def test_a_chunk_of_a_hundred_megabytes_is_read_as_far_as_it_is_needed(tmp_path):
    with (tmp_path / "x.png").open("wb") as file:
        file.write(png()[:33])
        file.write(struct.pack(">I", 100_000_000) + b"tEXtparameters\0a prompt\nSteps: 3, Seed: 4")
        file.seek(33 + 8 + 100_000_000 + 4)
        file.write(chunk(b"tEXt", b"Title\0late") + chunk(b"IEND", b""))
    told = origin(tmp_path / "x.png")
    assert (told.prompt, told.steps, dict(told.texts)) == ("a prompt", 3, {"Title": "late"})


def test_control_characters_stay_raw_and_are_made_visible_when_shown(tmp_path):
    told = origin(
        text_png(tmp_path / "x.png", {"parameters": "a\x1b]0;x\x07 [b]c[/b]\nSteps: 1, Seed: 2"})
    )
    assert "\x1b]0;" in told.prompt
    assert is_safe(display(told.prompt))


def test_other_texts_are_capped_in_number_and_length(tmp_path):
    texts = {f"Note {i}": f"{i} " + "x" * 9_000 for i in range(200)}
    told = origin(text_png(tmp_path / "x.png", texts))
    assert 0 < len(told.texts) <= 20
    assert all(len(text) <= 2_000 for _, text in told.texts)


@pytest.mark.parametrize("name", ["gone.png", "folder.png"])
def test_what_is_no_file_is_a_problem_with_a_mend(tmp_path, name):
    (tmp_path / "folder.png").mkdir()
    told = origin(tmp_path / name)
    assert told.problem.endswith(".")
    assert told == Origin(problem=told.problem)


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "avif", "gif", "mp4"])
def test_no_damage_whatever_raises(tmp_path, suffix, monkeypatch):
    monkeypatch.setattr(c2pa, "can_read", lambda: False)
    exif = Image.Exif()
    exif[0x013B] = "me"
    exif.get_ifd(0x8769)[0x9286] = COMMENTS["big"]
    exif.get_ifd(0x8825)[2] = (51.0, 28.0, 0.0)
    path = tmp_path / f"x.{suffix}"
    if suffix == "mp4":
        body = b"\0\0\0\x20\xa9cmt\0\0\0\x18data\0\0\0\x01\0\0\0\0{}      "
        inner = struct.pack(">I", len(body) + 8) + b"ilst" + body
        meta = struct.pack(">I", len(inner) + 12) + b"meta\0\0\0\0" + inner
        udta = struct.pack(">I", len(meta) + 8) + b"udta" + meta
        moov = struct.pack(">I", len(udta) + 8) + b"moov" + udta
        data = b"\0\0\0\x18ftypisom\0\0\0\0isommp41" + moov
    else:
        options = {"comment": A1111} if suffix == "gif" else {"exif": exif}
        if suffix in {"jpg", "webp", "avif"}:
            options["xmp"] = forms("digitalCapture")["element"]
        data = save(path, **options).read_bytes()
    dice = random.Random(1989)
    for _ in range(80):
        broken = bytearray(data)
        for _ in range(dice.randint(1, 12)):
            broken[dice.randrange(len(broken))] = dice.choice((0, 1, 127, 255, dice.randrange(256)))
        path.write_bytes(broken[: dice.randint(len(broken) // 2, len(broken))])
        told = origin(path)
        assert told.problem is None, told.problem


def test_the_comment_of_an_mp4_is_found_without_a_decoder(tmp_path):
    text = json.dumps({"prompt": SIMPLE}).encode()

    def box(kind, body):
        return struct.pack(">I", len(body) + 8) + kind + body

    data = box(b"data", b"\0\0\0\x01\0\0\0\0" + text)
    meta = box(b"meta", bytes(4) + box(b"ilst", box(b"\xa9cmt", data)))
    clip = box(b"ftyp", b"isom\0\0\0\0isommp41") + box(b"moov", box(b"udta", meta))
    (tmp_path / "x.mp4").write_bytes(clip)
    told = origin(tmp_path / "x.mp4")
    assert (told.prompt, told.seed, told.tool) == ("a shop window, 1989", 77, "ComfyUI")
