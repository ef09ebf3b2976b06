import pytest

from app.core.hall import Counter
from app.core.values import changed


def test_a_value_is_replaced_and_the_old_one_stays() -> None:
    before = Counter(3, name="Quầy 3")
    after = changed(before, name="Quầy hộ tịch")
    assert (before.name, after.name, after.number) == ("Quầy 3", "Quầy hộ tịch", 3)


def test_a_misspelt_field_is_an_error_and_not_a_silent_extra() -> None:
    with pytest.raises(AttributeError, match="Counter has no nam"):
        changed(Counter(3), nam="Quầy 3")


def test_a_value_cannot_be_changed_in_place() -> None:
    with pytest.raises(AttributeError):
        Counter(3).name = "Quầy 3"  # type: ignore[misc]
