"""What the outward contract promises, written down apart from the content so that a test can tell the difference."""

TECHNIQUES = (
    "cot",
    "bon",
    "self-refine",
    "cos",
    "self-consistency",
    "tot",
    "confidence",
    "verification",
    "decomposition",
    "step-back",
)
