"""The page with the results shows what was measured."""

import xml.etree.ElementTree as ET

import pytest

from bench.race import page, results

pytestmark = pytest.mark.once

FOUND = results.read(results.COMMITTED)


def test_tables_are_those_of_the_results() -> None:
    """No number on the page is written by hand."""
    text = page.PAGE.read_text('utf-8')

    assert text == page.filled(text, FOUND)


def test_charts_are_those_of_the_results() -> None:
    """Each chart is drawn from the results, and no other is left over."""
    drawn = page.drawn(FOUND)

    assert drawn == {
        path: path.read_text('utf-8') for path in page.CHARTS.iterdir()
    }


def test_charts_name_everybody_who_took_part() -> None:
    """A chart is well-formed, and every contender stands in it."""
    chart = page.drawn(FOUND)[page.CHARTS / 'uvicorn.svg']

    words = {element.text for element in ET.fromstring(chart).iter()}
    assert {'dmr, msgspec', 'FastAPI', 'Litestar', 'GET, tiny'} <= words
