"""The only place of the app that talks to `studio.assistant`; still to be built.

Nothing here may import what leads to a caption's text (`studio.captions`, drafts, the editor, the
parts of writing), so that no answer can be put there, by a key or otherwise.
"""
