"""Words of which names, titles and addresses are made."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from library.models import Genre


class Names(NamedTuple):
    """First and family names of one country."""

    first: tuple[str, ...]
    family: tuple[str, ...]


def _names(first: str, family: str) -> Names:
    return Names(tuple(first.split()), tuple(family.split()))


#: Country → names that are common there.
NAMES: Final[Mapping[str, Names]] = {
    'Brazil': _names(
        'Ana Beatriz Caio Clara Davi Helena João Larissa Mateus Thiago',
        'Almeida Barbosa Cardoso Farias Moreira Nogueira Pinheiro Teixeira',
    ),
    'Chile': _names(
        'Camila Diego Elisa Ignacio Javiera Matías Paloma Rodrigo Sofía Tomás',
        'Aravena Contreras Fuentes Henríquez Muñoz Riquelme Sepúlveda Valdés',
    ),
    'Egypt': _names(
        'Amira Dalia Farid Hala Karim Laila Mona Nabil Samir Yasmin',
        'Abaza Darwish Fahmy Ghali Hafez Kamel Mansour Shaheen',
    ),
    'Finland': _names(
        'Aino Eero Helmi Ilmari Kaisa Lauri Onni Saara Tuuli Veikko',
        'Aaltonen Heikkilä Järvinen Koskela Lehtonen Mäkelä Niemi Rantanen',
    ),
    'France': _names(
        'Adèle Bastien Camille Élodie Fabrice Hugo Inès Margaux Rémi Solène',
        'Bonnard Chevalier Delacourt Fontaine Lacroix Marchand Perrin Vasseur',
    ),
    'India': _names(
        'Aditi Arjun Devika Kiran Meera Nikhil Priya Rohan Sanjana Vikram',
        'Banerjee Chatterjee Deshpande Iyer Kulkarni Menon Rao Subramanian',
    ),
    'Ireland': _names(
        'Aoife Brendan Cormac Deirdre Fiona Niall Orla Ronan Saoirse Tadhg',
        'Brennan Callaghan Doherty Flanagan Gallagher Keane Lynch Sheridan',
    ),
    'Japan': _names(
        'Akira Emi Haruka Kaori Kenji Mariko Naoki Ryo Satoshi Yuki',
        'Fujimoto Hayashi Inoue Kobayashi Matsuda Nakagawa Sakamoto Yoshida',
    ),
    'Nigeria': _names(
        'Adaeze Bola Chidi Emeka Folake Ifeoma Kunle Ngozi Tunde Yetunde',
        'Adeyemi Balogun Chukwu Eze Nwosu Ogunleye Okafor Onyango',
    ),
    'Poland': _names(
        'Agata Bartosz Dorota Ewa Jakub Kasia Maciej Paweł Tomasz Zofia',
        'Gołąb Kowalczyk Lis Mazur Nowak Sikora Wrona Zając',
    ),
    'Portugal': _names(
        'Afonso Benedita Catarina Duarte Gonçalo Leonor Madalena Rui Vasco',
        'Antunes Carvalho Figueiredo Lourenço Meireles Pacheco Tavares',
    ),
    'Sweden': _names(
        'Ada Björn Ebba Gustav Ingrid Lars Linnea Maja Nils Sven',
        'Berglund Ekström Forsberg Hellström Lindqvist Nyberg Sandell Öberg',
    ),
    'Turkey': _names(
        'Aylin Burak Cem Defne Elif Kerem Leyla Murat Selin Zeynep',
        'Aksoy Arslan Çelik Demir Kaya Özkan Güneş Şahin',
    ),
    'United Kingdom': _names(
        'Alastair Beatrix Edmund Florence Harriet Imogen Jasper Rupert',
        'Ashworth Carmichael Fairfax Hartley Langdon Pemberton Thorne',
    ),
}


class Titles(NamedTuple):
    """Patterns of titles, and what stands for their parts."""

    patterns: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]


def _parts(**parts: str) -> Mapping[str, tuple[str, ...]]:
    return {
        name: tuple(word.strip() for word in words.split(','))
        for name, words in parts.items()
    }


#: Genre → how its titles are made.
TITLES: Final[Mapping[Genre, Titles]] = {
    Genre.FANTASY: Titles(
        (
            'The {adjective} {being}',
            'The {being} of {place}',
            'A {thing} of {stuff} and {other}',
            'The Last {being} of {place}',
            'The {adjective} {thing}',
        ),
        _parts(
            adjective='Hollow, Sleeping, Crooked, Silver, Thirteenth, Nameless,'
            'Broken, Winter, Burning, Forgotten, Patient',
            being='Witch, Dragon, Cartographer, Giant, Ferryman, Oracle, Fox,'
            'Beekeeper, Shepherd, Locksmith, Heron',
            thing='Crown, Tower, Key, Lantern, Bridge, Harp, Mirror, Bell,'
            'Kingdom, Orchard',
            stuff='Salt, Ash, Bone, Glass, Frost, Honey, Iron',
            other='Smoke, Starlight, Thorns, Silence, Amber, Rain',
            place='Everholm, Marrowmere, the North Gate, Tal Karesh,'
            'the Drowned Valley, Ilvermoor, the Seven Wells, Orsk',
        ),
    ),
    Genre.HISTORY: Titles(
        (
            'A Short History of {subject}',
            '{subject} and the City',
            '{people} of the {sea}',
            'How {subject} Changed {region}',
            'The {people} of {region}',
        ),
        _parts(
            subject='Bread, Salt, Paper, Glass, Clocks, Bridges, Canals, Tea,'
            'Lighthouses, Maps, Printing, Cotton, Coffee, Sugar, Ink,'
            'Street Lamps, Tin, Railways, Ropes',
            people='Merchants, Weavers, Pilgrims, Shipwrights, Beekeepers,'
            'Miners, Scribes, Fishermen, Clockmakers, Cooks',
            sea='Baltic, Black Sea, North Sea, Adriatic, Indian Ocean',
            region='Anatolia, Lombardy, Flanders, Bengal, Galicia, Andalusia,'
            'Bohemia, Cornwall, Silesia, Patagonia',
        ),
    ),
    Genre.MYSTERY: Titles(
        (
            'Death at {house}',
            'The {house} Affair',
            'The {adjective} {witness}',
            'Nobody Saw the {witness}',
            'A {clue} in {house}',
        ),
        _parts(
            house='Harrow Hall, the Grand Hotel, Quarry Lane, Pier Street,'
            'Saint Brigid, Larkspur House, the Glass Factory, Platform Nine,'
            'the Old Customs House, Fenwick Park, the Opera, Number Twelve',
            adjective='Silent, Second, Careless, Punctual, Unlucky, Polite,'
            'Borrowed, Honest, Left-Handed, Missing',
            witness='Gardener, Lodger, Violinist, Notary, Lighthouse Keeper,'
            'Apprentice, Widow, Postman, Translator, Guest',
            clue='Glove, Letter, Shadow, Key, Photograph, Receipt, Footstep',
        ),
    ),
    Genre.POETRY: Titles(
        (
            '{weather} Songs',
            'What the {thing} Knows',
            'Letters to a {thing}',
            '{weather} over {place}',
            'A {thing} Learns to {verb}',
        ),
        _parts(
            weather='November, Fog, First Snow, Thunder, Late Summer, Drizzle,'
            'Evening, Tidal, Midnight, Small',
            thing='River, Window, Sparrow, Staircase, Lighthouse, Pear Tree,'
            'Clock, Ferry, Stone, Teapot, Hill, Umbrella',
            place='the Allotments, Harbour Road, the Empty School, My Sister,'
            'the Railway, the Salt Marsh, Other Houses',
            verb='Swim, Wait, Sing, Forget, Whisper, Sleep, Count',
        ),
    ),
    Genre.ROMANCE: Titles(
        (
            'The {person} of {place}',
            'A {season} in {place}',
            'Return to {place}',
            'The {person} and the {other}',
            'One {season} with the {other}',
        ),
        _parts(
            person='Baker, Piano Tuner, Bookseller, Florist, Tailor, Pilot,'
            'Librarian, Translator, Watchmaker, Vintner',
            other='Captain, Stranger, Doctor, Neighbour, Architect, Widower,'
            'Photographer, Cellist, Journalist',
            season='Summer, Winter, Spring, September, Sunday, Harvest',
            place='Lisbon, Lemon Street, the Island, Rosewood, Trieste,'
            'Kerry, the Lake House, Montreal, Valparaíso, the Vineyard',
        ),
    ),
    Genre.SCIENCE: Titles(
        (
            'The {adjective} Life of {subject}',
            'Why {subject} Matter',
            '{subject}: A Field Guide',
            'The Mathematics of {subject}',
            'Thinking about {subject}',
        ),
        _parts(
            adjective='Secret, Slow, Social, Hidden, Long, Surprising, Inner',
            subject='Mosses, Rivers, Comets, Octopuses, Knots, Glaciers, Bees,'
            'Tides, Mushrooms, Shadows, Volcanoes, Crystals, Migrations,'
            'Storms, Prime Numbers, Soils, Whales, Bridges, Viruses, Dunes,'
            'Echoes, Lichens, Networks, Memories',
        ),
    ),
    Genre.TRAVEL: Titles(
        (
            'The {road} Road',
            'By {vehicle} to {place}',
            '{number} Days in {place}',
            'Walking across {place}',
            'The {road} Coast',
        ),
        _parts(
            road='Salt, Silk, Amber, Northern, Coffee, Forgotten, Incense,'
            'Southern, Marble, Windy, Skeleton, Copper',
            vehicle='Bicycle, Night Train, Ferry, Mule, Bus, Canoe, Tram, Sail',
            number='Twelve, Forty, Ninety, A Hundred, Seven, Thirty',
            place='Patagonia, the Caucasus, Lapland, Anatolia, the Sahel,'
            'Hokkaido, the Azores, Kerala, the Hebrides, Yunnan, Bolivia,'
            'the Carpathians, Sardinia, Oman',
        ),
    ),
}

STREETS: Final = (
    'Mill Lane',
    'Harbour Road',
    'Church Street',
    'Station Road',
    'Orchard Close',
    'Market Square',
    'Lime Avenue',
    'Bridge Street',
    'Chapel Hill',
    'Quarry Lane',
    'Rope Walk',
    'Garden Row',
)

#: Town → its postcodes begin with this.
TOWNS: Final[Mapping[str, str]] = {
    'Greyhaven': '20',
    'Millbrook': '21',
    'Saltmarsh': '23',
    'Upper Fenwick': '27',
    'Larkhill': '28',
}
