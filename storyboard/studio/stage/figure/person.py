"""What a presenter is made of: face, hair, clothes, as numbers and choices. Draws nothing.

Lengths are in the units of the drawing, of `figure.WIDTH` and `HEIGHT`, with x = 0 in the middle.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from storyboard.studio.stage.figure.palette import Skin


class HairStyle(Enum):
    """How the hair is cut and worn."""

    CROP = auto()
    SIDE_PART = auto()
    QUIFF = auto()
    SLICK = auto()
    BUZZ = auto()
    BALD = auto()
    RECEDING = auto()
    CURLS = auto()
    TOUSLED = auto()
    AFRO_SHORT = auto()
    FLAT_TOP = auto()
    SHOULDER_MAN = auto()
    LONG_STRAIGHT = auto()
    LONG_WAVES = auto()
    BOB = auto()
    FRINGE_BOB = auto()
    PIXIE = auto()
    TOP_BUN = auto()
    LOW_BUN = auto()
    PONYTAIL = auto()
    AFRO = auto()
    LONG_CURLS = auto()
    BRAIDS = auto()
    SHOULDER_FRINGE = auto()
    SWEPT_WAVES = auto()
    HIJAB = auto()


class Outfit(Enum):
    """What the presenter wears."""

    BLAZER_SHIRT = auto()
    BLAZER_TIE = auto()
    BLAZER_TOP = auto()
    BLAZER_TEE = auto()
    SHIRT = auto()
    POLO = auto()
    TURTLENECK = auto()
    KNIT = auto()
    V_NECK = auto()
    HOODIE = auto()
    DRESS = auto()
    BOW_BLOUSE = auto()
    CARDIGAN = auto()
    WAISTCOAT = auto()


class Pattern(Enum):
    """What is woven into a shirt, a blouse or a dress."""

    PLAIN = auto()
    STRIPES = auto()
    CHECK = auto()
    DOTS = auto()


class Beard(Enum):
    """What grows on the lower face."""

    NONE = auto()
    STUBBLE = auto()
    MOUSTACHE = auto()
    GOATEE = auto()
    SHORT = auto()
    FULL = auto()


class Glasses(Enum):
    """The frame of the glasses."""

    NONE = auto()
    ROUND = auto()
    SQUARE = auto()
    CAT = auto()
    RIMLESS = auto()


class Earrings(Enum):
    """What hangs from the ears."""

    NONE = auto()
    STUD = auto()
    PEARL = auto()
    HOOP = auto()
    DROP = auto()


@dataclass(frozen=True, slots=True)
class Face:
    """The outline: half widths at the cheekbones, the jaw and the chin, and the chin's height.

    `broad` and `long` are factors of the whole head, with all that is in it.
    """

    width: float = 126.0
    jaw: float = 96.0
    chin: float = 44.0
    chin_y: float = 560.0
    broad: float = 1.0
    long: float = 1.0


@dataclass(frozen=True, slots=True)
class Gaze:
    """The eyes: iris, size as a factor, rise of the outer corner, and how much lash shows.

    `fold` is how high the crease of the lid is, `spread` half the distance between the eyes, and
    `lid` how far an open eye is open.
    """

    iris: str = "#5a3a22"
    size: float = 1.0
    slant: float = 2.0
    lashes: float = 0.0
    fold: float = 1.0
    spread: float = 60.0
    lid: float = 0.92


@dataclass(frozen=True, slots=True)
class Brows:
    """The eyebrows: thickness, height of the arch, and how far they fall inwards."""

    thickness: float = 11.0
    arch: float = 9.0
    frown: float = 2.0


@dataclass(frozen=True, slots=True)
class Nose:
    """The nose: half width at the wings, height of its foot, and weight of its tip."""

    width: float = 25.0
    foot: float = 464.0
    tip: float = 1.0


@dataclass(frozen=True, slots=True)
class Lips:
    """The mouth: half width at rest, fullness as a factor, paint where there is some.

    `smile` is how much higher the corners are than other people's.
    """

    width: float = 43.0
    fullness: float = 1.0
    paint: str | None = None
    smile: float = 0.0


@dataclass(frozen=True, slots=True)
class Clothes:
    """The outfit and its colors: the outer cloth, the one below it, and the small things."""

    outfit: Outfit
    cloth: str
    under: str = "#f4f1ec"
    trim: str = "#2b2d3a"
    pattern: Pattern = Pattern.PLAIN


@dataclass(frozen=True, slots=True)
class Presenter:
    """One presenter. `woman` also tells which register of voice fits; `age` runs from 0 to 1.

    The hand on the right of the picture lies on the other one where `right_handed`; `hands` is by
    how much lower they lie than most people's.
    """

    id: str
    woman: bool
    skin: Skin
    hair: HairStyle
    hair_color: str
    clothes: Clothes
    face: Face = field(default_factory=Face)
    gaze: Gaze = field(default_factory=Gaze)
    brows: Brows = field(default_factory=Brows)
    nose: Nose = field(default_factory=Nose)
    lips: Lips = field(default_factory=Lips)
    beard: Beard = Beard.NONE
    glasses: Glasses = Glasses.NONE
    glasses_color: str = "#23222a"
    earrings: Earrings = Earrings.NONE
    metal: str = "#d9a441"
    shoulders: float = 318.0
    neck: float = 58.0
    age: float = 0.2
    freckles: bool = False
    right_handed: bool = True
    hands: float = 0.0
