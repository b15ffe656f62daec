"""Where HarfBuzz puts glyphs, and where a page has them; both in thousandths of an em from the word's beginning."""

import uharfbuzz


def placed(font, text: str) -> list[float]:
    """For each glyph: how far the next one stands, and how far it is moved right and up; in the font's units."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {"kern": True})
    return [n for place in buffer.glyph_positions for n in (place.x_advance, place.x_offset, place.y_offset)]


def places_of_harfbuzz(face, text: str) -> list[tuple[float, float]]:
    """Right and up of each glyph, as HarfBuzz says."""
    numbers = placed(face.shaper, text)
    pen, places = 0.0, []
    for step, right, up in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        places.append((pen + face.scaled(right), face.scaled(up)))
        pen += face.scaled(step)
    return places


def places_on_page(run) -> list[tuple[float, float]]:
    """Right and up of each glyph, as it stands on the page."""
    return [(x * 1000 / run.size, rise * 1000 / run.size) for x, rise in run.places]
