"""Block templates: what they may say, what comes out, and where they stop."""

from __future__ import annotations

import pytest

from thoughtsmith.syntax.block import Block, Item, Slot, plain
from thoughtsmith.techniques.template import MAX_OUTPUT, TemplateError, render, slot_names

HEAD = "title: T\nlead: L:\n"


def outline(block: Block) -> list[str]:
    """The block with two spaces of indentation for every level and `1.` where order counts."""
    lines = [f"title {plain(block.title)}", f"lead {plain(block.lead)}"]

    def add(items: tuple[Item, ...], indent: str, *, ordered: bool) -> None:
        for item in items:
            lines.append(f"{indent}{'1.' if ordered else '-'} {plain(item.content)}")
            add(item.children, indent + "  ", ordered=item.ordered)

    add(block.items, "", ordered=block.ordered)
    return [*lines, *([f"close {plain(block.close)}"] if block.close else [])]


def check(source: str, *expected: str, **values: int | str | bool) -> None:
    assert outline(render(source, values, {}, "tag")) == list(expected)


def test_a_block_has_a_title_a_lead_items_and_a_close() -> None:
    check(
        "title: T\nlead: Do: this\n- a\n  - b\n  - c\n- d\n   1. e\n\nclose: end",
        "title T",
        "lead Do: this",
        "- a",
        "  - b",
        "  - c",
        "- d",
        "  1. e",
        "close end",
    )


def test_numbered_items_are_ordered_whatever_their_numbers() -> None:
    check(f"{HEAD}1. a\n1. b\n7. c", "title T", "lead L:", "1. a", "1. b", "1. c")


def test_the_tag_comes_from_the_technique() -> None:
    assert render(HEAD, {}, {}, "best_of_n").tag == "best_of_n"


@pytest.mark.parametrize(
    ("template", "n", "text"),
    [
        ("{{ n }}", 3, "3"),
        ("{{ n - 1 }} of {{ n + 1 }}", 3, "2 of 4"),
        ("{% if n == 2 %}both{% elif n > 2 and not n > 4 %}some{% else %}all{% endif %}", 2, "both"),
        ("{% if n == 2 %}both{% elif n > 2 and not n > 4 %}some{% else %}all{% endif %}", 3, "some"),
        ("{% if n == 2 %}both{% elif n > 2 and not n > 4 %}some{% else %}all{% endif %}", 5, "all"),
        ("{{ 'few' if n < 4 else 'many' }}", 4, "many"),
        ('{{ n | plural("вариант", "варианта", "вариантов") }}', 21, "вариант"),
        ('{{ n | plural("draft", "drafts") }}', 1, "draft"),
        ('{{ slot("task", "the task") }}', 1, "[the task]"),
        ("{{ '<b>' }} & \"x\"", 1, '<b> & "x"'),
        ("{# a remark #}text", 1, "text"),
    ],
)
def test_expressions(template: str, n: int, text: str) -> None:
    check(f"{HEAD}- {template}", "title T", "lead L:", f"- {text}", n=n)


def test_slots_stay_for_the_user_unless_they_are_filled() -> None:
    source = f'{HEAD}- {{{{ slot("a", "x") }}}} and {{{{ slot("b", "y") }}}}'
    block = render(source, {}, {"b": " two\n lines "}, "tag")
    assert block.items[0].content == (Slot("a", "x"), " and ", "two lines")
    assert slot_names(block) == {"a"}


@pytest.mark.parametrize("fill", ["- item", "{{ n }}", "\ue0000\ue001", "title: x", "$1 ${2}"])
def test_what_the_user_fills_in_is_text_and_nothing_else(fill: str) -> None:
    block = render(f'{HEAD}- {{{{ slot("a", "x") }}}}', {}, {"a": fill}, "tag")
    assert block.items == (Item((fill,)),)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("lead: L:\n- a", "'title'"),
        ("title: T\n- a", "'lead'"),
        (f"{HEAD}a paragraph", "line 3"),
        (f"{HEAD}{HEAD}", "line 3"),
        (f"{HEAD}- {{{{ unknown }}}}", "unknown"),
        (f"{HEAD}- {{{{ n - 'a' }}}}", "unsupported"),
        (f"{HEAD}- {{% if n %}}", "line 3"),
        (f"{HEAD}- {{{{ n.real }}}}", "line 3: getattr"),
    ],
)
def test_errors_say_what_and_where(source: str, says: str) -> None:
    with pytest.raises(TemplateError, match=says):
        render(source, {"n": 3}, {}, "tag")


def test_output_is_capped_even_if_the_source_is_short() -> None:
    source = f"{HEAD}- " + "{{ long }}" * 20
    assert len(source) < 300
    with pytest.raises(TemplateError, match=str(MAX_OUTPUT)):
        render(source, {"long": "x" * 1_000}, {}, "tag")
    assert render(source, {"long": "x" * 700}, {}, "tag").items
