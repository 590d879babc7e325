"""Sentences and paragraphs of news text: rule by rule with examples, then against the oracle.

COACTOR_DATA names a folder of texts to agree on with the oracle as well; COACTOR_LONG=1 takes all
of them, some minutes.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np
import oracle_tokens as oracle
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_tokens import DATA, DATA_FILES, LONG, data_texts, newsy, sample, texts, thorough

import coactor


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in coactor.sentences(text)]


def assert_cut(marked: str, between: str = " ") -> None:
    """The text is cut where " | " stands, and nowhere else."""
    wanted = marked.split(" | ")
    assert cut(between.join(wanted)) == wanted


def assert_whole(*texts: str) -> None:
    for text in texts:
        assert cut(text) == [text]


# ---- terminators ---------------------------------------------------------------------------------


def test_a_stop_before_a_capital_ends_a_sentence():
    assert_cut("They met. | Nothing came of it.")
    assert_cut("Who came? | Nobody! | Pity.")
    assert_cut("They left. | 12 stayed. | 😀 | was all he wrote".replace(" | was", " was"))
    assert_cut("They left. | $5 was paid. | #now is the tag. | @user said so.")
    assert_cut("Вони пішли. | Він лишився.")
    assert_cut("They left. | 他们走了。 | 好。")


def test_a_stop_before_a_small_word_ends_a_sentence_too():
    assert_cut("they met. | nothing came of it. | who knows? | nobody! | well.")
    assert_cut("They met. | nothing came of it in 2005. | who knows?")
    assert_cut("Did they leave Oslo? | nobody knows. | The iPhone. | eBay too.")


def test_a_stop_behind_a_name_does_not_before_a_small_word():
    assert_whole("The firm Acme. was sold.", "He sold Yonder! shares.")
    assert_cut("they left Oslo. | nobody knows.")  # who writes so writes names as well


def test_a_question_before_a_word_that_goes_on_with_it_does_not_end():
    assert_whole("Ha! said the envoy.", "Who? he asked.", "They called help! and ran.")
    assert_cut("they left. | and nobody asked.")


def test_a_short_word_between_a_number_and_a_small_word_is_a_unit():
    assert_whole("It is 5 in. wide.", "It holds 20 gal. of oil.")
    assert_cut("they saw it. | nobody else did.")


def test_a_stop_before_a_comma_or_the_like_does_not():
    assert_whole("The Who?, a band.", "Yahoo! – and others", "They left.; others", "They left. %")


def test_numbers_addresses_and_names_with_stops_are_not_cut():
    assert_whole("It fell 3.5 percent to 1,234.50 at example.com by ann@example.com for 192.0.2.7.")
    assert_whole("See https://example.com/a.B?c=D!E and www.example.com for No. 5.")


def test_repeated_stops_end_once():
    assert_cut("What?! | No!!! | Yes?? | Well.")


def test_stops_of_other_scripts_end_sentences():
    assert_cut("他们走了。 | 好？ | 好！", between="  ")
    assert_cut("वे गए। | वह रुका।")
    assert_cut("ذهبوا؟ | بقي.")


def test_a_wide_stop_needs_no_space():
    assert_cut("東京です。 | 大阪です。 | 好！ | 好？ | 12人", between="")
    assert_whole("「はい。」と言った。", "好？、好")


def test_a_missing_space_ends_a_sentence_only_behind_a_small_word():
    assert cut("they left.The gate closed.") == ["they left.", "The gate closed."]
    assert cut("“They left.”The gate closed.") == ["“They left.”", "The gate closed."]
    assert_whole("they left.12 stayed", "they left.(No)", "the U.S.The")


# ---- words that keep their stop ------------------------------------------------------------------


@pytest.mark.parametrize(
    "title", ["Gen.", "Mr.", "Mrs.", "Dr.", "Sen.", "Gov.", "Lt.", "St.", "vs."]
)
def test_a_title_never_ends_a_sentence(title):
    assert_whole(f"They met {title} Roe there.", f"They met {title} The rest left.")


def test_etc_ends_a_sentence_before_most_capitals():
    assert_cut("They grow pears, plums, etc. | Kabul buys them.")
    assert_whole("They grow pears, etc. and plums.", "They left, etc. Monday.")


@pytest.mark.parametrize("place", ["Dallas, Tex.", "Albany, N.Y.", "Washington, D.C."])
def test_a_state_behind_a_comma_ends_a_sentence_before_most_capitals(place):
    assert_cut(f"They met in {place} | Kabul was quiet.")
    assert_whole(f"They met in {place}, Kabul and Rome.", f"They met in {place} on Monday.")
    assert_whole(f"They met {place} Gov. Roe.", f"They met in {place} Monday.")
    assert_whole(place.split(", ")[0].upper() + place[place.index(",") :] + " (AP) -- They left.")
    assert_whole(f"They met the {place.split(', ')[1]} Rangers.")


def test_states_of_two_capitals_have_no_stop_of_their_own():
    assert_cut("They moved to PA. | Kabul was quiet.")
    assert_cut("They asked the VA. | Kabul was quiet.")


def test_a_dash_behind_an_abbreviation_goes_on():
    assert_whole("DALLAS, Tex. -- The envoys left.", "KABUL, Oct. — The envoys left.")
    assert_cut("They left. | — The envoys stayed.")


def test_an_abbreviation_at_the_end_of_a_bracket_ends_only_a_sentence_in_brackets():
    assert_whole("They met Roe (D-N.Y.) Monday.", "They met [Sen.] Ann Roe.")
    assert_cut("(They left the U.S.) | Kabul was quiet.")


def test_in_a_title_the_word_behind_an_abbreviation_says_nothing():
    assert_whole("Iran Says U.S. Will Free Prisoners", "Acme Inc. To Buy Bolt")
    assert_whole("U.N. and U.S. In Talks on Kabul")
    assert_cut("They were all in the U.S. | In May they left.")


def test_a_street_may_end_a_sentence():
    assert_cut("They live on Main St. | The gate is new.")
    assert_whole("They live in St. Louis.", "They met St. John.")


def test_letters_of_groups_plans_and_the_compass_are_no_initials():
    assert_cut("They won Group A. | Kabul lost.")
    assert_cut("They had a plan B. | Kabul had none.")
    assert_cut("It lies at 40° N. | Ships go there.")
    assert_cut("It lies at 74°02'40\"W. | Ships go there.")
    assert_whole("They met Ann A. Roe.")


def test_a_starter_may_be_a_name_behind_an_initial():
    assert_whole("They met George F. Will.", "They met Theresa M. May there.")
    assert_cut("They made plan B. | Will it work?")


def test_a_time_has_a_zone():
    assert_whole("It began at 5 p.m. Moscow time.", "It began at 5 p.m. PKT.")


def test_a_small_letter_before_a_number_is_about_or_born():
    assert_whole("It was built c. 1500.", "Ann Roe (b. 1950) left.")


def test_articles_and_chapters_have_roman_numbers():
    assert_whole("See Art. IV of it.", "See Ch. V there.", "See Vol. XII there.")
    assert_cut("They love art. | I paint.")


@pytest.mark.parametrize(
    "word", ["Inc.", "Corp.", "Ltd.", "Jr.", "Assn.", "U.S.", "U.N.", "Ph.D.", "Sept."]
)
def test_an_abbreviation_ends_a_sentence_before_a_word_that_likes_to_begin_one(word):
    assert_cut(f"It was about {word} | The rest left.")
    assert_cut(f"It was about {word} | He left.")
    assert_whole(f"It was about {word} Kabul said.", f"It was about {word} and others.")
    assert_whole(f"It was about {word} 7 times.", f"It was about {word}, The rest.")


def test_the_last_abbreviation_ends_with_the_text():
    assert_whole("They left the U.S.", "They left Acme Inc.")
    assert_cut("They left the U.S. | He stayed.", between="\n")


def test_a_time_of_day_ends_a_sentence_before_most_capitals():
    assert_cut("It began at 5 p.m. | Kabul was quiet.")
    assert_cut("It began at 5 a.m. | “Kabul is quiet,” he said.")
    assert_whole("It began at 5 p.m. Monday.", "At 5 p.m. EST it began.", "At 5 a.m. local time.")


def test_initials_do_not_end_a_sentence_before_a_name():
    assert_whole("J. Roe met A. B. Doe and C. Poe.", "They met J. R. Roe.")
    assert_whole("They met Albert I. Roe.")
    assert_cut("It was World War I. | Farms burned.")
    assert_cut("They chose plan B. | The rest left.")
    assert_cut("They met you and I. | Kabul was quiet.")


def test_no_is_an_answer_before_a_word_and_an_abbreviation_before_a_number():
    assert_whole("He is No. 5 there.", "See p. 7 and Fig. 2 there.")
    assert_cut("Did they? | No. | They left.")


@pytest.mark.parametrize("sign", "?!")
def test_a_further_stop_decides_for_a_word_that_keeps_its_own(sign):
    assert_cut(f"Did they leave the U.S.{sign} | Kabul says no.")
    assert_cut(f"At 5 p.m.{sign} | Monday it was.")
    assert_whole(f"Did they leave the U.S.{sign} he asked.")


def test_courtesy_titles_and_contractions_begin_a_sentence():
    assert_cut("It was about Acme Inc. | Mr. Roe left. | They saw the U.S. | It’s big.")
    assert_whole("They met U.S. Gen. Roe.")


def test_a_time_that_opens_a_sentence_does_not_end_it():
    assert_whole("At 5 a.m. Kabul was quiet.")


def test_units_end_a_sentence_before_a_starter():
    assert_cut("The wall is 6 ft. | The gate is new.")


# ---- quotes, closers, brackets -------------------------------------------------------------------


@pytest.mark.parametrize("pair", ["“”", '""', "‘’", "''", "«»", "()", "[]", "（）", "„”"])
def test_closers_belong_to_the_sentence_they_end(pair):
    opener, closer = pair
    assert_cut(f"{opener}They left.{closer} | He stayed.")
    assert_cut(f"{opener}They left!{closer} | {opener}He stayed.{closer}")


@pytest.mark.parametrize("pair", ["“”", '""', "‘’", "''"])
def test_a_quote_goes_on_where_a_small_word_follows(pair):
    opener, closer = pair
    assert_whole(f"{opener}They left!{closer} he said.", f"{opener}They left?{closer} she asked.")
    assert_whole(f"{opener}They left.{closer} he said.", f"{opener}They left,{closer} Roe said.")


def test_a_question_belongs_to_the_name_that_asks_it():
    assert_whole("“Who left?” Mr. Roe asked.", "“Stop!” Ann Al-Roe shouted to them.")
    assert_whole('"Who left?" President Ann M. Roe told reporters.')
    assert_whole("“Who left?” Sen. Ann Roe (R-Texas) asked.")
    assert_cut("“Who left?” | Ann Roe left.")
    assert_cut("“They left.” | Ann Roe said no.")
    assert_cut("“Who left?” | The man said no.")
    assert_cut("They met (who knows?) | Ann Roe said so.")


def test_quotation_marks_of_typewriters_and_of_other_languages_close_and_open():
    assert_cut("``They left.'' | ``He stayed.''")
    assert_cut("”They left.” | ”He stayed.”")
    assert_cut("„They left.“ | „He stayed.“")
    assert_cut("»They left.« | »He stayed.«")
    assert_cut("« They left. » | « He stayed. »")


def test_names_with_a_mark_of_their_own_end_before_a_starter_only():
    assert_whole("They sold Yahoo! Inc. there.", "Yum! Brands fell.")
    assert_cut("They left Yahoo! | The gate is new.")
    assert_cut("They left! | Inc. is a word.")


def test_names_that_begin_small_begin_a_sentence():
    assert_cut("They left Kabul. | iPhone sales fell.")
    assert_cut("They left Kabul. | al-Shabaab stayed.")
    assert_whole("The firm Acme. was sold.", "They saw the new ... iPhone.")


def test_signs_between_parts_of_a_page_begin_a_sentence():
    assert cut("They left. | Ann Roe") == ["They left.", "| Ann Roe"]
    assert_cut("They left. | > He stayed. | ► More here.")
    assert_whole("They left. + others")


def test_several_closers_belong_together():
    assert_cut("(“They left.”) | He stayed.")
    assert_cut("He said “she said ‘they left.’” | He stayed.")
    assert_cut("They left (all of them). | He stayed.")


def test_openers_and_dashes_begin_the_next_sentence():
    assert_cut("They left. | “He stayed.”")
    assert_cut("They left. | (He stayed.)")
    assert_cut("They left. | — He stayed.")
    assert_cut("They left. | • He stayed.")
    assert_cut("They left. | (and he stayed)")


def test_at_most_six_openers_are_looked_through():
    assert_cut("They left. | (((((( He stayed.")
    assert_whole("They left. ((((((( He stayed.")


def test_a_bare_footnote_number_belongs_to_the_sentence_before():
    assert_cut("They left.1 | He stayed.12 | So it was.")
    assert_whole("They left.1 and stayed.", "They left.123 He stayed.", "See No.5 Roe.")


def test_footnote_numbers_belong_to_the_sentence_before():
    assert_cut("They left.[12] | He stayed.[3][4] | So it was.")
    assert_cut("They left.[12] | and stayed.")
    assert_whole("They left.[12 ] He stayed.")


# ---- ellipses ------------------------------------------------------------------------------------


def test_an_ellipsis_ends_a_sentence_before_a_capital_only():
    assert_cut("They left… | He stayed... | So it was.")
    assert_whole("They left… and stayed... so it was.")
    assert_cut("They left . . . | He stayed.")
    assert_whole("They left . . . and stayed.")
    assert_cut("They left.... | He stayed.")
    assert_whole("They left […] and stayed.", "They left [...] and stayed.")


# ---- lists ---------------------------------------------------------------------------------------


def test_the_mark_of_an_item_stays_with_its_item():
    assert_cut("1. They left. | 2. He stayed. | b. So it was.", between="\n")
    assert_whole("7. The gate.", "b. The gate.", "I. The gate.")


def test_a_capital_that_marks_an_item_stays_with_it_too():
    assert_whole("B. The gate.")
    assert_cut("Q. What is it? | A. It is a gate.", between="\n")


def test_an_inline_list_of_two_siblings_is_cut():
    assert_cut("1. Buy bread | 2. Sell milk")
    assert_cut("a) buy bread | b) sell milk")
    assert_cut("1.) Buy bread | 2.) Sell milk")


def test_a_list_may_begin_behind_a_colon():
    assert_cut("The plan: | 1. Sell the ships | 2. Burn the maps")
    assert_cut("The plan: | (a) sell the ships | (b) burn the maps")
    assert_cut("They asked | 1) where it was | 2) what it cost")
    assert_whole("Their aims: (1) to sell ships, (2) to burn maps and (3) to go.")


def test_items_may_have_roman_numbers():
    assert_cut("iii. Buy bread | iv. Sell milk | v. Eat | vi. Go")
    assert_cut("IX) Buy bread | X) Sell milk | XI) Eat")


def test_items_may_have_a_bullet_and_a_number():
    assert_cut("• 1. Buy bread | • 2. Sell milk")
    assert_cut("⁃1. Buy bread | ⁃2. Sell milk")
    assert_whole("- 7. The gate.", "• B. The gate.")


def test_one_number_is_no_list():
    assert_whole("They saw 1) the gate.")


# ---- emoticons, drawn lines ---------------------------------------------------------------------


def test_an_emoticon_belongs_to_the_sentence_before():
    assert_cut("They won :-) | Nobody slept. ;D | nobody cared")
    assert_whole("They won :) and slept.", "They won: (Nobody slept.)")


def test_a_drawn_line_is_a_sentence():
    assert_cut("They left. | *** | Nobody slept | ===== | nobody cared")
    assert_whole("It was *** bad", "They left --- nobody slept")


# ---- layout --------------------------------------------------------------------------------------


def paragraphs(text: str) -> list[str]:
    tokens = coactor.tokenize([text])
    return [
        text[tokens.start[first] : tokens.end[end - 1]]
        for first, end in pairwise(tokens.paragraph_offsets)
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_line_end_ends_paragraph_and_sentence(end):
    assert_cut("A headline without a stop | by J. Roe | they left. | so it was", between=end)
    text = f"A headline{end}the rest{end}{end}and so on"
    assert paragraphs(text) == cut(text) == ["A headline", "the rest", "and so on"]


def test_headlines_bylines_and_datelines():
    assert_cut("Envoys leave Kabul | By Ann Roe | KABUL (Reuters) — They left.", between="\n\n")
    assert_cut("WASHINGTON, Oct. 7 (AP) — They left. | He stayed.")
    assert_cut("KABUL, Afghanistan — They left. | He stayed.")


WRAPPED = (
    "The envoys of five countries left the city on\n"
    "Monday, hours after the talks had ended with no\n"
    "word on the frozen funds. They will meet again in\n"
    "the spring, said Gen. Roe, who had chaired the\n"
    "talks since they began two years ago in a tent.\n"
    "\n"
    "Nobody asked about the gate, which was still\n"
    "closed when the last of them drove through the\n"
    "hills to the west of it."
)


def test_in_hard_wrapped_text_only_blank_lines_end_paragraphs():
    assert [p[:12] for p in paragraphs(WRAPPED)] == ["The envoys o", "Nobody asked"]
    assert [s[:10] for s in cut(WRAPPED)] == ["The envoys", "They will ", "Nobody ask"]
    assert cut(WRAPPED)[0].endswith("with no\nword on the frozen funds.")


def test_text_with_a_line_that_had_room_is_not_hard_wrapped():
    lines = WRAPPED.split("\n")
    lines[1] = "Monday."
    assert len(paragraphs("\n".join(lines))) == 8


def test_a_document_alone_is_judged():
    tokens = coactor.tokenize([WRAPPED, "One line\nand another", WRAPPED])
    assert np.searchsorted(tokens.paragraph_offsets, tokens.doc_offsets).tolist() == [0, 2, 4, 6]


@pytest.mark.parametrize(("stops", "n_paragraphs"), [(0, 1), (2, 1), (3, 6)])
def test_text_of_which_most_lines_end_in_a_stop_is_not_hard_wrapped(stops, n_paragraphs):
    lines = [f"and left the city on day {n} with all of their men" for n in range(10, 16)]
    text = "\n".join(line + ("." if n < stops else "s") for n, line in enumerate(lines))
    assert len(paragraphs(text)) == n_paragraphs


@pytest.mark.parametrize(("small", "n_paragraphs"), [(2, 1), (1, 6)])
def test_text_of_which_few_lines_begin_small_is_not_hard_wrapped(small, n_paragraphs):
    lines = [f"nd left the city on day {n} with all of their men" for n in range(10, 16)]
    text = "\n".join(("a" if 0 < n <= small else "A") + line for n, line in enumerate(lines))
    assert len(paragraphs(text)) == n_paragraphs


@pytest.mark.parametrize(("width", "n_paragraphs"), [(39, 4), (40, 1), (132, 1), (133, 4)])
def test_hard_wrapped_lines_have_a_usual_width(width, n_paragraphs):
    text = "\n".join(["a" * (width - 2) + " b"] * 4)
    assert len(paragraphs(text)) == n_paragraphs


def test_short_lines_and_sentences_a_line_are_not_hard_wrapped():
    menu = "bread and milk\nmilk and honey\nhoney and tea\ntea and bread"
    assert cut(menu) == menu.split("\n")
    lines = [f"They left the city on day {n} with all of their men." for n in range(10, 16)]
    assert cut("\n".join(lines)) == lines


def test_a_blank_line_may_hold_white_space_and_invisible_characters():
    for blank in ("\n\n", "\n \t\n", "\n\u200b\n", "\r\n\r\n", "\n\n\n\n"):
        assert paragraphs(WRAPPED.replace("\n\n", blank)) == paragraphs(WRAPPED)


def test_a_paragraph_does_not_depend_on_the_one_before_it():
    assert cut("they left\n\n.The gate") == ["they left", ".The gate"]


# ---- sentences() ---------------------------------------------------------------------------------


def test_a_sentence_runs_from_its_first_token_to_its_last():
    text = "  They left. \n He stayed.  "
    assert coactor.sentences(text) == [(2, 12), (15, 25)]
    assert all(type(place) is int for span in coactor.sentences(text) for place in span)


@pytest.mark.parametrize("text", ["", " \n ", "\u200b"])
def test_no_tokens_are_no_sentences(text):
    assert coactor.sentences(text) == []


@pytest.mark.parametrize("tail", ["", " é", " Ї “x”", " 😀 𝒳", " \ud800"])
def test_offsets_count_code_points_whatever_the_width_of_the_text(tail):
    assert cut("They left. He stayed" + tail) == ["They left.", "He stayed" + tail]


def test_what_is_no_text_is_an_error():
    for bad in (None, b"a", 5, ["a"]):
        with pytest.raises(TypeError, match="text must be a str"):
            coactor.sentences(bad)  # type: ignore[arg-type]


# ---- Corpus --------------------------------------------------------------------------------------


def test_a_corpus_has_a_row_for_each_sentence():
    data = pd.DataFrame(
        {"url": ["x", "y", "z"], "text": ["They left. He stayed.\n\nSo.", None, "😀 Є. The end"]}
    )
    frame = coactor.Corpus(data, id="url").sentences()
    assert list(frame) == ["doc", "paragraph", "sentence", "start", "end", "text"]
    assert frame.values.tolist() == [
        ["x", 0, 0, 0, 10, "They left."],
        ["x", 0, 1, 11, 21, "He stayed."],
        ["x", 1, 2, 23, 26, "So."],
        ["z", 0, 0, 0, 4, "😀 Є."],
        ["z", 0, 1, 5, 12, "The end"],
    ]
    for name in ("paragraph", "sentence", "start", "end"):
        assert frame[name].dtype == np.int64, name


def test_an_empty_corpus_has_the_same_columns():
    full = coactor.Corpus(["They left."]).sentences()
    empty = coactor.Corpus([None]).sentences()
    assert len(empty) == 0
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


def test_the_tokens_of_a_corpus_are_those_of_its_column():
    column = newsy(4, 10, 10)
    corpus, tokens = coactor.Corpus(column), coactor.tokenize(column)
    assert corpus.tokens.to_list() == tokens.to_list()
    assert np.array_equal(corpus.tokens.sentence_offsets, tokens.sentence_offsets)
    frame = corpus.sentences()
    assert frame["start"].tolist() == tokens.start[tokens.sentence_offsets[:-1]].tolist()
    assert [
        column[d][i:j] for d, i, j in zip(frame["doc"], frame["start"], frame["end"], strict=True)
    ] == (frame["text"].tolist())


# ---- against the oracle --------------------------------------------------------------------------

# What sentences are made of, in words, so that stops meet what decides about them.
WORDS = [
    *[
        "They",
        "left",
        "he",
        "He",
        "the",
        "The",
        "Kabul",
        "NATO",
        "iPhone",
        "I",
        "A",
        "b",
        "7",
        "1990s",
    ],
    *[
        "U.S.",
        "Inc.",
        "Gen.",
        "p.m.",
        "Monday",
        "J.",
        "No.",
        "Sept.",
        "ft.",
        "etc.",
        "Ph.D.",
        "e.g.",
    ],
    *[
        "left.",
        "left?",
        "left!",
        "left...",
        "left…",
        "...",
        ".",
        "?",
        "?!",
        "。",
        "left.[1]",
        "U.S.?",
    ],
    *[
        "left.”",
        'left."',
        "left.'",
        "left.)",
        "“",
        '"',
        "'",
        "(",
        "[",
        "—",
        "-",
        "•",
        ",",
        ";",
        "$",
        "%",
    ],
    *[
        "😀",
        "#tag",
        "@user",
        "www.x.org",
        "漢",
        "left.The",
        ".The",
        "“They",
        "'They",
        '"he',
        "\n",
        "\n\n",
    ],
]
prose = st.lists(st.sampled_from(WORDS), max_size=16).map(" ".join)
lines = st.lists(st.lists(st.sampled_from("a the went gates. Kabul U.S. of".split())).map(" ".join))


def assert_agrees(text: str) -> None:
    assert coactor.sentences(text) == oracle.sentences(text), ascii(text)


@thorough
@given(prose)
def test_any_words_are_cut_as_the_oracle_cuts_them(text):
    assert_agrees(text)


# Marks of items, faces, lines, stops and words that matter to a rule.
MARKS = """
    1. 2. 3. 1) 2) (1) (2) 1.) 2.) (i) (ii) i) ii) i. ii. iv. v. vi. V. a) b) B. • · : ; = :) :-) ;D
    *** ===== *** ~~~ . ! ? ... … 。 ！ 「 」 “ ” " ' ( ) [ ] [1] , — ° % $ 😀 I Albert J. World
    War SALT Roe The It's It’s they left said and in it x v Zeta N° 好 5 20 20P.S. cm a.m. p.m. EST
    U.S. Inc. ft. st. ca. ext. Mr. Gen. P.S. http://a.b/c #x
    asked told Jones-Roe ?” !" Yahoo Yahoo! Will May ,Tex. , Tex. N.Y. PA. Group N. c. iPhone eBay.
    al-Roe - -- ” ’ » „ ` `` '' | > time Moscow etc. Main St. St Ft. Art. IV V left.1 .12 Dr. (
""".split()


@thorough
@given(st.lists(st.tuples(st.sampled_from(MARKS), st.sampled_from(["", " "])), max_size=12))
def test_any_marks_are_cut_as_the_oracle_cuts_them(some):
    assert_agrees("".join(form + gap for form, gap in some))


@thorough
@given(texts)
def test_any_text_is_cut_as_the_oracle_cuts_it(text):
    assert_agrees(text)


@settings(thorough, max_examples=1_500 if LONG else 250)
@given(
    st.lists(
        st.sampled_from(["went", "along", "gate", "Kabul", "left.", "U.S.", "he", "quietly"]),
        min_size=30,
        max_size=90,
    ),
    st.integers(30, 140),
    st.sets(st.integers(0, 90), max_size=3),
)
def test_filled_lines_are_judged_as_the_oracle_judges_them(words, width, extra):
    text, column = "", 0
    for number, word in enumerate(words):
        fits = column + 1 + len(word) <= width and number not in extra
        text += (" " if fits else "\n") + word
        column = column + 1 + len(word) if fits else len(word)
    tokens = coactor.tokenize([text])
    assert tokens.paragraph_offsets[:-1].tolist() == oracle.paragraphs(text)
    assert_agrees(text)


@thorough
@given(texts, texts)
def test_a_blank_line_keeps_the_sentences_of_two_texts_apart(a, b):
    # Lines that are not wrapped: with a blank line at most one line of each text goes on.
    a, b = a.translate(ONE_LINE), b.translate(ONE_LINE)
    text = a + "\n\n" + b
    shifted = [(i + len(a) + 2, j + len(a) + 2) for i, j in coactor.sentences(b)]
    assert coactor.sentences(text) == coactor.sentences(a) + shifted


ONE_LINE = dict.fromkeys(map(ord, oracle.LINE_ENDS), " ")


@thorough
@given(texts)
def test_sentences_are_made_of_all_tokens(text):
    tokens, found = coactor.tokenize([text]), coactor.sentences(text)
    offsets = tokens.sentence_offsets
    assert offsets[0] == 0 and offsets[-1] == len(tokens)
    assert (np.diff(offsets) > 0).all()
    assert set(tokens.paragraph_offsets) <= set(offsets)
    assert [start for start, _ in found] == tokens.start[offsets[:-1]].tolist()
    assert [end for _, end in found] == tokens.end[offsets[1:] - 1].tolist()


def test_articles_are_cut_as_the_oracle_cuts_them():
    for text in newsy(5, 40, 25):
        assert_agrees(text)


@pytest.mark.skipif(DATA is None, reason="COACTOR_DATA names no folder of texts")
@pytest.mark.parametrize("name", DATA_FILES)
def test_real_texts_are_cut_as_the_oracle_cuts_them(name):
    assert DATA is not None
    column = list(data_texts(Path(DATA), name))
    for text in column if LONG else sample(column, 150_000):
        assert_agrees(text)
