"""What findings and their fixes say, in English: by rule, or by rule and variant; `{…}` stands for a value."""

from __future__ import annotations

FINDINGS: dict[str, str] = {
    # invalid-yaml
    "invalid-yaml.syntax": "This is not YAML, so tools cannot read it",
    "invalid-yaml.second-document": "A second YAML document begins here; tools read one and stop. "
    "Take out this line, or move what is below into a file of its own",
    "invalid-yaml.unclosed-quote": "The closing quotation mark is missing",
    "invalid-yaml.unclosed-bracket": "The closing bracket is missing",
    "invalid-yaml.missing-colon": "A line of front matter needs a key and a colon: `key: value`",
    "invalid-yaml.no-space-after-colon": "There must be a space after the colon, or this is no key",
    "invalid-yaml.tab": "YAML must not be indented with tabs",
    "invalid-yaml.not-a-mapping": "Keys with values are expected here: `key: value`",
    "invalid-yaml.control-character": "YAML forbids the character {detail}",
    "invalid-yaml.too-deep": "This is nested too deeply to be read",
    "invalid-yaml.too-long": "This is too long to be read",
    "invalid-yaml.json-syntax": "This is not JSON, so tools cannot read it",
    "invalid-yaml.json-not-a-mapping": 'Keys with values, in braces, are expected here: `"key": "value"`',
    "invalid-yaml.json-control-character": "JSON with the character {detail} is refused by tools",
    "invalid-yaml.fix": "Write it as YAML wants it",
    # unquoted-text
    "unquoted-text.unquoted-colon": "A text with “: ” in it needs quotation marks: without them "
    "the front matter is lost",
    "unquoted-text.unquoted-start": "A text that begins like this needs quotation marks: "
    "YAML takes it for something else",
    "unquoted-text.fix": "Put it in quotation marks",
    # duplicate-key
    "duplicate-key": "The key `{key}` is there already; tools take one of the two values or neither",
    "duplicate-key.first": "The first one",
    # wrong-type
    "wrong-type": "`{key}` takes {types}",
    "wrong-type.or": " or ",
    "wrong-type.string": "a text",
    "wrong-type.array": "a list",
    "wrong-type.object": "keys with values",
    "wrong-type.boolean": "`true` or `false`",
    "wrong-type.number": "a number",
    "wrong-type.integer": "a whole number",
    "wrong-type.null": "nothing",
    "wrong-type.fix": "Write {text}",
    # invalid-value
    "invalid-value.unknown-value": "`{key}` takes one of {allowed}",
    "invalid-value.pattern": "`{key}` must match {allowed}",
    "invalid-value.name": "A name is made of lower-case letters, digits and single hyphens",
    "invalid-value.out-of-range": "The value of `{key}` is outside its range (limit {allowed})",
    "invalid-value.invalid": "`{key}` cannot have this value",
    "invalid-value.fix": "Change to {value}",
    # missing-key
    "missing-key.file": "The key `{key}` is missing; tools do not load the file without it",
    "missing-key.front-matter": "The front matter with {key} is missing; tools do not load the file without it",
    "missing-key.below": "The front matter must begin on the first line, or tools do not see it",
    "missing-key.fix": "Remove the blank lines above it",
    "missing-key.entry": "The key `{key}` is missing here",
    # value-too-long
    "value-too-long": "`{key}` has {found} characters; tools take at most {limit}",
    # empty-value
    "empty-value": "`{key}` has no value",
    # unknown-key
    "unknown-key": "There is no key `{key}` here, and unknown ones are an error",
    "unknown-key.fix": "Change to {key}",
    # deprecated-key
    "deprecated-key.instead": "`{key}` is called `{instead}` now",
    "deprecated-key.gone": "`{key}` is no longer used",
    "deprecated-key.fix": "Change to {key}",
    # name-not-folder
    "name-not-folder": "The skill is called `{name}`, its folder `{folder}`; they must be the same",
    "name-not-folder.fix": "Call the skill {folder}",
    # deprecated-file
    "deprecated-file": "{old} files are called {new} now",
    # undefined-variable
    "undefined-variable": "`{name}` is not among the inputs that the prompt declares",
    "undefined-variable.change": "Change to {name}",
    "undefined-variable.declare": "Declare {name}",
    # unused-variable
    "unused-variable": "The prompt never uses its input `{name}`",
    # missing-file
    "missing-file": "There is no file `{target}`",
    # include-cycle
    "include-cycle": "The file takes itself in without end: {chain}",
    "include-cycle.step": "{file} takes in {next}",
    # file-outside-workspace
    "file-outside-workspace": "`{target}` lies outside the workspace, so it is not looked at",
    # template-syntax
    "template-syntax.syntax": "The template language cannot read `{detail}`",
    "template-syntax.unclosed-comment": "The comment after `{detail}` has no end and takes in all that follows",
    "template-syntax.unclosed-tag": "The tag that begins with `{detail}` has no end",
    "template-syntax.unclosed-block": "The block is never closed: `{detail}` is missing",
    "template-syntax.unmatched-end": "`{detail}` has no beginning",
    "template-syntax.unknown-tag": "There is no statement `{detail}`",
    "template-syntax.related": "Noticed here",
    # unused-suppression
    "unused-suppression.comment": "There is nothing that this comment lets pass",
    "unused-suppression.rule": "`{rule}` finds nothing here that could pass",
    "unused-suppression.fix": "Take it away",
    # unknown-rule
    "unknown-rule": "There is no rule `{rule}`, so this lets nothing pass",
    "unknown-rule.fix": "Change to {rule}",
    # candidates-without-pick
    "candidates-without-pick": (
        "Several candidates, and nothing says which of them is the answer; ask for one final pick"
    ),
    "candidates-without-pick.fix": "Add a final pick",
    # pick-without-criteria
    "pick-without-criteria": "Nothing says what the best candidate is best at; name the criteria",
    "pick-without-criteria.fix": "Add criteria",
    # candidates-without-number
    "candidates-without-number": "“{words}” is no number, so nobody knows how many candidates to expect; say how many",
    "candidates-without-number.fix": "Ask for three",
    # effort-without-levels
    "effort-without-levels": "Effort follows difficulty, but nothing says what easy parts need or hard ones deserve; "
    "name the levels",
    # look-alike-candidates
    "look-alike-candidates": "Nothing makes the candidates differ; say in what they should",
    "look-alike-candidates.fix": "Ask for different candidates",
    # refinement-without-end
    "refinement-without-end": "Nothing says when the repetition ends; give a number of rounds or a condition",
    "refinement-without-end.fix": "Add a stop rule",
    # refinement-without-criteria
    "refinement-without-criteria": "The critique has no criteria, so it always finds something; name what counts",
    "refinement-without-criteria.fix": "Add criteria",
    # critique-without-revision
    "critique-without-revision": "The draft is criticised and never revised; ask for a new version",
    "critique-without-revision.fix": "Add a revision",
    # solutions-without-vote
    "solutions-without-vote": (
        "Several solutions, and nothing says how the answer follows from them; add a majority rule"
    ),
    "solutions-without-vote.fix": "Add a majority rule",
    # branches-without-evaluation
    "branches-without-evaluation": "The branches are never judged, so nothing is searched; have them scored and pruned",
    "branches-without-evaluation.fix": "Add an evaluation",
    # confidence-without-scale
    "confidence-without-scale": "The confidence has no scale, so ratings cannot be compared; say which values it has",
    "confidence-without-scale.fix": "Add a scale",
    # confidence-without-consequence
    "confidence-without-consequence": "Low confidence changes nothing; say what happens then",
    "confidence-without-consequence.fix": "Add what happens when it is low",
    # check-without-correction
    "check-without-correction": "Nothing follows from the check; ask for the corrected answer",
    "check-without-correction.fix": "Ask for the corrected answer",
    # subtasks-never-combined
    "subtasks-never-combined": "The parts are solved and never combined; ask for one final answer",
    "subtasks-never-combined.fix": "Add the combination",
    # answer-before-reasoning
    "answer-before-reasoning": "Reasoning after the answer can no longer change it; ask for it first",
    # no-answer-marker
    "no-answer-marker": "A program takes the answer out of this reasoning, and nothing marks it; say where it stands",
    "no-answer-marker.parsed": "It is parsed",
    "no-answer-marker.fix": "Add a place for the final answer",
    # candidate-count-mismatch
    "candidate-count-mismatch": "{counted} are meant here, but {asked} were asked for",
    "candidate-count-mismatch.related": "The number asked for",
    "candidate-count-mismatch.fix": "Change to {number}",
    # reasoning-forbidden
    "reasoning-forbidden": "This forbids the reasoning that the prompt asks for; keep one of the two",
    "reasoning-forbidden.related": "Reasoning is asked for here",
    # no-room-for-reasoning
    "no-room-for-reasoning.answer": (
        "A bare answer leaves no room for the reasoning asked for; give it a place of its own or drop it"
    ),
    "no-room-for-reasoning.data": (
        "Nothing but data leaves no room for the reasoning asked for; add a field for it before the answer"
    ),
    "no-room-for-reasoning.related": "Reasoning is asked for here",
    # answer-field-first
    "answer-field-first": (
        "`{answer}` is written before `{reasoning}`, so the reasoning can only justify it; put it first"
    ),
    "answer-field-first.related": "The reasoning comes here",
    "answer-field-first.fix": "Put the reasoning first",
    # single-version-of-several
    "single-version-of-several": "{technique} needs several versions, and this forbids them; keep one of the two",
    "single-version-of-several.related": "{technique} is asked for here",
    # equal-effort-by-difficulty
    "equal-effort-by-difficulty": (
        "{technique} wants effort by difficulty, and this the same for everything; keep one of the two"
    ),
    "equal-effort-by-difficulty.related": "{technique} is asked for here",
    # confidence-without-doubt
    "confidence-without-doubt": (
        "Confidence is to be rated, and this forbids doubt, so every rating comes out high; keep one of the two"
    ),
    "confidence-without-doubt.related": "{technique} is asked for here",
    # repeated-technique
    "repeated-technique": "{technique} is in the prompt already; keep it in one place",
    "repeated-technique.related": "The first time",
    # multiplied-cost
    "multiplied-cost": "The techniques of this prompt multiply to about {cost} answers in one output",
    "multiplied-cost.related": "Times {cost}",
    # redundant-for-model
    "redundant-for-model": "{model} reasons by itself. {reason}",
    "redundant-for-model.related": "The model",
    # rejected-parameter
    "rejected-parameter": "{model} does not accept `{parameter}`; leave it out",
    "rejected-parameter.related": "The model",
    # discouraged-for-model
    "discouraged-for-model.check": (
        "The maker of {model} advises against general demands to check; name the test or source, or leave it out"
    ),
    "discouraged-for-model.examples": (
        "The maker of {model} found that examples degrade its answers; describe the task and the format instead"
    ),
    "discouraged-for-model.related": "The model",
    # training-method-as-instruction
    "training-method-as-instruction": (
        "This is a method of training, which a model cannot apply to an answer; self-refine or best-of-N come closest"
    ),
    # needs-separate-calls
    "needs-separate-calls": "{technique} was measured with separate calls; outside the prompt: {tool}, `{use}`",
    # block-in-other-language
    "block-in-other-language.english": "This block is in English, the prompt around it in Russian; use one language",
    "block-in-other-language.russian": "This block is in Russian, the prompt around it in English; use one language",
    # numeral-agreement
    "numeral-agreement": "The noun does not agree with the number: {number} {right}",
    "numeral-agreement.fix": "Change to {right}",
    # unbalanced-tag
    "unbalanced-tag.start": "`<{name}>` is never closed: add `</{name}>`, or remove it",
    "unbalanced-tag.end": "`</{name}>` closes nothing: add `<{name}>` above, or remove it",
    "unbalanced-tag.crossing": "`<{name}>` begins before `</{other}>` and ends after it; put `</{name}>` first",
    "unbalanced-tag.open": "What is open here",
    "unbalanced-tag.crossed": "What closes in between",
    # unclosed-fence
    "unclosed-fence": "The code fence is never closed, so what follows it counts as code",
    "unclosed-fence.empty": "This fence opens code that has no end: one fence is missing or one too many",
    "unclosed-fence.fix": "Close the fence",
    # list-numbering
    "list-numbering": "{number} does not follow {before}; number the list anew",
    "list-numbering.before": "The number before",
    "list-numbering.fix": "Number the list anew",
    # unfilled-placeholder
    "unfilled-placeholder": "`{text}` was never filled in; the model reads it as it stands",
    "unfilled-placeholder.fix": "Keep only “{text}”",
    # open-task
    "open-task": "“{text}” is still to be done before the prompt is used",
    # duplicated-text
    "duplicated-text": "The same stands in line {line}; say it once",
    "duplicated-text.first": "The first time",
    "duplicated-text.fix": "Remove the repetition",
    # invisible-character
    "invisible-character": "There are invisible characters here ({names}), which the model reads and you do not",
    "invisible-character.fix": "Remove the invisible characters",
    # bidi-control
    "bidi-control": "The character {name} makes the line look other than the model reads it",
    "bidi-control.fix": "Remove the control characters",
    # hidden-text
    "hidden-text": "Hidden text that only the model can read: “{text}”",
    "hidden-text.bytes": "{count} invisible characters in a row, which can hide data",
    "hidden-text.fix": "Remove the hidden text",
    # look-alike-letter
    "look-alike-letter": "In “{word}”, {letters}: it looks the same, but is another word to the model",
    "look-alike-letter.cyrillic": "“{letter}” is Cyrillic",
    "look-alike-letter.latin": "“{letter}” is Latin",
    "look-alike-letter.fix": "Write {word} in one alphabet",
    # secret
    "secret": "This looks like a secret ({kind}): revoke it, and keep secrets out of prompts",
    "secret.aws": "access key of AWS",
    "secret.github": "token of GitHub",
    "secret.gitlab": "token of GitLab",
    "secret.openai": "API key of OpenAI",
    "secret.anthropic": "API key of Anthropic",
    "secret.google": "API key of Google",
    "secret.slack": "token of Slack",
    "secret.stripe": "live key of Stripe",
    "secret.huggingface": "token of Hugging Face",
    "secret.npm": "token of npm",
    "secret.pypi": "token of PyPI",
    "secret.telegram": "token of a Telegram bot",
    "secret.key": "private key",
    # dangerous-command
    "dangerous-command.delete": "The command runs whenever the prompt is used; it deletes files for good",
    "dangerous-command.download": "The command runs whenever the prompt is used; it executes what it downloads",
    "dangerous-command.root": "The command runs whenever the prompt is used; it does so as the administrator",
    "dangerous-command.disk": "The command runs whenever the prompt is used; it overwrites a disk",
    "dangerous-command.history": "The command runs whenever the prompt is used; it throws away work in the repository",
    # unguarded-variable
    "unguarded-variable": "Nobody can tell where the value of `{name}` ends; put it between tags or in quotation marks",
    # too-long
    "too-long.skill": "The skill has {count} lines (≈{tokens} tokens); keep it under {limit}, details in other files",
    "too-long.memory": "The file has {count} lines (≈{tokens} tokens) and is read each time; keep it under {limit}",
}
