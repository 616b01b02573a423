"""GeoNames feature codes in plain words."""

from __future__ import annotations

_WORDS = {
    "PPLC": "capital",
    "PPLA": "main town of a region",
    "PPL": "town or village",
    "PCLI": "state",
    "PCL": "state or territory",
    "TERR": "territory",
    "ADM1": "first-level division",
    "ADM2": "second-level division",
    "ADM": "division",
    "RGN": "region",
    "CONT": "continent",
    "SEA": "sea",
    "OCN": "ocean",
    "GULF": "gulf",
    "BAY": "bay",
    "STRT": "strait",
    "CHN": "channel",
    "CNL": "canal",
    "LK": "lake",
    "RSV": "reservoir",
    "STM": "river",
    "MT": "mountain",
    "MTS": "mountains",
    "VLC": "volcano",
    "DSRT": "desert",
    "VAL": "valley",
    "PASS": "pass",
    "PEN": "peninsula",
    "CAPE": "cape",
    "RD": "road",
    "ISL": "island",
    "ISLS": "islands",
    "MSTY": "monastery",
    "AREA": "area",
    "AIRP": "airport",
    "GRGE": "gorge",
    "ANS": "ancient site",
}

# By class, the beginnings of its codes; the longest one that fits tells the class.
_CLASSES = {
    "A": "ADM PCL TERR ZN PRSH LTER",
    "H": "ANCH BAY BGHT CHN CNL CNFL COVE CRK ESTY FJD FLLS GLCR GULF HBR INLT LBED LGN LK MRSH OCN RDST RF RSV SD SEA SHOL"
    " SPNG STM STRT SWMP WAD WLL WTR",
    "L": "AGR AMUS AREA BSN CLG CONT CST CTRB DEVH FLD GRAZ HSEC IND LAND LCTY MIL MNA NAIR OILF PEAT PORT PRK RES RGN SALT SNOW",
    "P": "PPL STLMT",
    "R": "CSWY OILP PRMN PTGE RD RJCT RR RYD ST STKR TNL TRL TUNL",
    "S": "AIR ANS ARCH BANK BDG BLDG BP BRKS CAVE CH CMTY CSTL CTR CVNT DAM FCL FRM FT GATE GRVE HMSD HSP HTL HUT INSM MKT ML MN"
    " MNMT MSQE MSTY MUS OBS PAL PIER PO PRN PS PYR RKRY RSD RUIN SCH SHRN SQR STDM STN TMB TMPL TOWR TRIG UNIV WALL",
    "T": "ATOL BAR BCH BLDR BNCH CAPE CFT CLDA CLF CNYN CONE CRTR DPR DSRT DUNE ERG FAN FORD GAP GRGE HDLD HLL INTF ISL ISTH"
    " KRST LAVA LEV MESA MND MRN MT PASS PEN PK PLAT PLN PT RDG RK SAND SCRP SDL SHOR SLP SPIT SPUR TAL TRR UPLD VAL VLC",
    "U": "BNKU BSNU CNYU FANU FRZU GAPU HLLU PLNU PLTU RDGU RIFU SMU SMSU TRNU VALU",
    "V": "BUSH CULT FRST GRS GRVC HTH MDW OCH SCRB TREE TUND VIN",
}
_CLASS_OF = {prefix: letter for letter, prefixes in _CLASSES.items() for prefix in prefixes.split()}
_LONGEST = max(map(len, _CLASS_OF))


def feature_class(code: str) -> str:
    """Give the GeoNames class of a feature code: ``P`` populated place, ``A`` administrative, ``H`` water, ...; "" if unknown.

    Examples
    --------
    >>> feature_class("PPLA"), feature_class("ADM2H"), feature_class("STRT"), feature_class("XYZ")
    ('P', 'A', 'H', '')
    """
    return next((_CLASS_OF[code[:size]] for size in range(_LONGEST, 1, -1) if code[:size] in _CLASS_OF), "")


def feature_words(code: str) -> str:
    """Give a feature code in plain words, or "" for one that has none here.

    Examples
    --------
    >>> feature_words("ADM1")
    'first-level division'
    >>> feature_words("PPLX")
    'town or village'
    """
    words = _WORDS.get(feature_key(code), "")
    return f"former {words}" if is_former(code) else words


def feature_key(code: str) -> str:
    """Give the code whose words a feature code is told in, or "".

    Examples
    --------
    >>> feature_key("PPLX"), feature_key("ADM1H"), feature_key("XYZ")
    ('PPL', 'ADM1', '')
    """
    return code if code in _WORDS else next((prefix for prefix in _WORDS if code.startswith(prefix)), "")


def is_former(code: str) -> bool:
    """Tell whether a feature code stands for what once was."""
    return code.endswith("H") and code not in _WORDS and bool(feature_key(code))


# Water and heights: a hint names the class, because many codes are of it.
CLASSES = ("H", "T")


def fits_hint(code: str, hint: str) -> bool:
    """Tell whether a feature code is of the kind that the words around a name ask for: a class, or how the code begins.

    Examples
    --------
    >>> fits_hint("RSV", "H"), fits_hint("ADM1", "H"), fits_hint("ADM1", "ADM")
    (True, False, True)
    """
    return feature_class(code) == hint if hint in CLASSES else code.startswith(hint)
