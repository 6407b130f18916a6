"""Reads Content Credentials, in a process of its own: native code on a file nobody vouches for.

Started by `studio.media.origin.c2pa` with the file as standard input and its MIME type as the only
argument; answers with one line of JSON. Imports nothing of Studio.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import sys
from typing import Any

_MEMORY = 2 * 1024**3  # bytes
_SECONDS = 10  # of processor time
# By default the library asks the network: for a manifest kept elsewhere, for revoked certificates.
_SETTINGS = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}
_MOST = 300  # characters of a name


def main(mime: str) -> int:
    """Answer for the file on standard input."""
    _limit()
    answer: dict[str, Any]
    try:
        c2pa: Any = importlib.import_module("c2pa")
        context = c2pa.Context(c2pa.Settings.from_dict(_SETTINGS))
        with os.fdopen(0, "rb") as file:
            file.seek(0)
            with c2pa.Reader(mime, file, context=context) as reader:
                answer = _told(json.loads(reader.json()))
    except Exception as error:  # noqa: BLE001 (whatever the library makes of a hostile file)
        answer = {"problem": f"{type(error).__name__}: {error}"[:_MOST]}
    sys.stdout.write(json.dumps(answer))
    return 0


def _told(store: dict[str, Any]) -> dict[str, Any]:
    """Return what the newest manifest says: who made it, of what, and whether it holds."""
    manifest = store.get("manifests", {}).get(store.get("active_manifest"), {})
    sources: list[str] = []
    names = [each.get("name") for each in manifest.get("claim_generator_info", [])]
    for assertion in manifest.get("assertions", []):
        data = assertion.get("data")
        for action in data.get("actions") or [] if isinstance(data, dict) else []:
            sources.append(str(action.get("digitalSourceType") or ""))
            agent = action.get("softwareAgent")
            names.append(agent.get("name") if isinstance(agent, dict) else agent)
    failures = store.get("validation_results", {}).get("activeManifest", {}).get("failure", [])
    return {
        "state": store.get("validation_state"),
        "generator": next((str(name)[:_MOST] for name in names if name), None)
        or str(manifest.get("claim_generator") or "")[:_MOST],
        "signer": str((manifest.get("signature_info") or {}).get("issuer") or "")[:_MOST],
        "sources": [source[:_MOST] for source in sources if source][:20],
        "failures": [str(each.get("code"))[:_MOST] for each in failures][:5],
    }


def _limit() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform != "darwin":
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
