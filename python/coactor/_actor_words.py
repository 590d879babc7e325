"""Ordinary words of English that also stand in dictionaries of actors, as names or acronyms."""

from __future__ import annotations

#: Words of grammar, and the short everyday words that acronyms happen to spell.
WORDS = frozenset(
    """
    a about above act ad add after again age ago aid aim air all also am amid an and any apt arc
    are area arm army art as ash ask at ban bar bat bay be bed best bet big bill bit box boy bug
    bus but buy by call came camp can cap car care case cast cat cell chair chat child city claim
    clear club coal coast cold come cook cop core corps cost council court cow crime crisis cup
    cut dam dare dark data date day dead deal debt did die dig dim do does dog done down draw dry
    due dug each early ear east eat economy edge egg end era eve even ever every eye face fact
    fair fall far fast fat fear fed fee few field fig film find fine fire firm fit fix flag fly
    foe food for force form found free friend from fruit fuel full fun gap gas gave get girl give
    go goal gold good got grand great green group guard gun guy had hall hand hard has hat have he
    head heard heat held help her here high hill him his hit hold home hope host hot hour house
    how huge human i ice idea if ill import in inner interest into iron is it its item jam jet job
    join joint just key kid kill kind king knew know labor lake land large last late law lay lead
    leader left leg less let lie life light like line list lit live local long look lord lose lost
    lot love low main make male man many map march mark market mass may me mean media meet member
    men met mile military mine minister miss mob model more most mother move much must my name
    nation near need net never new news next nice night nine no none nor north not note now nut
    oak odd of off office officer oil old on once one only open or order other our out over own
    pact page paid pair pan paper park part party pass past pat pay peace pen people per pet pick
    pie pin place plan play plot point pole police polish poll pool poor pop port post power press
    prime prince print pro public pull push put race rain ran rank rare rat raw read real red
    reform rest rice rich ride right ring rise river road rock role room rose row rule run sad
    safe said sail sale salt same sand sat save saw say school sea seat see self sell send sent
    set seven sex she ship shop short show sick side sight sign sin sit site six size ski sky
    small so soft soil sole some son soon south spa speak spot staff stage star start state stay
    step still stop storm story street strong such summer sun sure table take talk tall tap tax
    tea team tell ten term test than that the their them then there these they thin thing this
    those three tie time tin tip to today told ton too took top town toy trade tree trial trip
    troop troops true try turkey two under union unit until up us use van very vet via view vote
    wage wait walk wall want war was way we weak week well went were west wet what when where
    which while white who whole whom why wide wife wild will win wind wing wish with woman women
    won word work world would writer year yes yet you young your youth zone
    """.split()
)


def is_ordinary(text: str) -> bool:
    """Whether a name is, in small letters, an ordinary word."""
    return text.lower() in WORDS
