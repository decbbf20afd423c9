"""Template languages: one scanner per language, which finds the variables and references to other files in a text.

Each has `scan(text, start=0, end=None) -> Template`: total, in linear time, with spans of the whole text. A format
calls it on the part of the file that is the prompt. `joining.joined` puts together what several of them found, and
`joining.merged` adds the variables that the data of the file declares.
"""
