from mkdocs_annotate.model.problems import Position, Rule
from mkdocs_annotate.model.reporting import RuleSettings, internal_error, levelled

PLACE = Position("a.annotations.yml", 3, 5)


def raised(action):
    try:
        action()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def test_the_message_names_the_error_and_our_line_that_raised_it():
    # None has no problems: the error comes from a line of the package itself.
    error = raised(lambda: levelled(None, RuleSettings()))

    problem = internal_error(error, PLACE)

    assert problem.rule is Rule.INTERNAL
    assert problem.position == PLACE
    assert "mkdocs-annotate failed with TypeError in model.reporting:" in problem.message


def test_the_message_is_one_harmless_line():
    message = internal_error(ValueError("a\nb\u202e##[error]" + "x" * 200), PLACE).message

    assert "\n" not in message
    assert "\u202e" not in message
    assert "##[" not in message
    assert len(message) < 200


def test_an_error_that_cannot_be_printed_is_named_by_its_kind():
    class Odd(Exception):
        def __str__(self):
            raise RuntimeError

    assert internal_error(Odd(), PLACE).message == "mkdocs-annotate failed with Odd"
