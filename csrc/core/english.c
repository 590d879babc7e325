#include "english.h"

/* ---- abbreviations ----
 *
 * Asked for every short word before a stop, so they are compared as a whole, and only with
 * those of the same first letter. In byte order; test_english.c checks that. */

typedef struct abbreviation {
    char word[7]; /* without its stop, padded with NULs */
    uint8_t class;
} abbreviation;

#define T(word) {word, CA_ABBR_TITLE}
#define M(word) {word, CA_ABBR_MAYBE}
#define C(word) {word, CA_ABBR_MONTH}
#define N(word) {word, CA_ABBR_NUMBER}
#define U(word) {word, CA_ABBR_UNIT}
#define A(word) {word, CA_ABBR_TIME}

static const abbreviation abbreviations[] = {
    A("a.m"),   T("adm"),  M("al"),   C("ala"),  C("alta"), T("amb"),   M("approx"), C("apr"),
    M("ariz"),  C("ark"),  N("art"),  N("arts"), M("assn"), M("assoc"), T("asst"),   T("atty"),
    C("aug"),   M("ave"),  M("bldg"), M("blvd"), T("brig"), M("bros"),  N("ca"),     M("calif"),
    T("capt"),  T("cdr"),  M("cf"),   N("ch"),   N("chap"), T("cmdr"),  M("co"),     T("col"),
    M("colo"),  M("conn"), M("corp"), C("cos"),  T("cpl"),  T("cpt"),   C("dec"),    C("del"),
    M("dept"),  T("det"),  T("dir"),  M("dist"), T("dr"),   T("drs"),   M("esp"),    M("esq"),
    M("est"),   M("etc"),  N("ext"),  C("feb"),  N("fig"),  N("figs"),  M("fla"),    T("fr"),
    U("ft"),    C("ga"),   T("gen"),  T("gens"), T("gov"),  T("govs"),  M("govt"),   T("hon"),
    M("hr"),    M("hrs"),  M("hwy"),  C("ill"),  M("inc"),  M("incl"),  C("ind"),    T("insp"),
    M("intl"),  N("jan"),  M("jr"),   N("jul"),  N("jun"),  C("kan"),   C("ky"),     C("la"),
    M("llc"),   T("lt"),   M("ltd"),  T("maj"),  N("mar"),  C("mass"),  C("md"),     T("messrs"),
    M("mfg"),   M("mgmt"), T("mgr"),  M("mich"), M("minn"), M("misc"),  C("miss"),   T("mlle"),
    T("mme"),   C("mo"),   M("mont"), T("mr"),   T("mrs"),  T("ms"),    T("msgr"),   T("mt"),
    T("mx"),    M("natl"), C("neb"),  M("nev"),  N("no"),   N("nos"),   C("nov"),    C("oct"),
    M("okla"),  C("ont"),  N("op"),   C("ore"),  M("oz"),   N("p"),     A("p.m"),    T("p.s"),
    C("pa"),    N("para"), C("penn"), T("pfc"),  M("pkwy"), N("pp"),    T("pres"),   T("prof"),
    T("profs"), T("ps"),   N("pt"),   T("pte"),  M("pty"),  T("pvt"),   C("que"),    M("rd"),
    T("rep"),   T("reps"), M("resp"), T("rev"),  T("rt"),   N("sec"),   T("sen"),    T("sens"),
    N("sep"),   C("sept"), T("sgt"),  T("spc"),  T("spec"), M("sq"),    M("sr"),     U("st"),
    T("ste"),   T("supt"), M("tbsp"), N("tel"),  M("tenn"), M("tex"),   C("thurs"),  M("tsp"),
    C("tues"),  M("univ"), T("v"),    M("va"),   M("viz"),  N("vol"),   N("vols"),   T("vs"),
    M("vt"),    C("wash"), M("wis"),  M("wyo"),  M("yr"),   M("yrs"),
};

/* Number of the first abbreviation of each letter, and of all. */
static const uint8_t first_of[27] = {0,   18,  22,  38,  46,  51,  57,  63,  67,
                                     73,  77,  79,  83,  105, 111, 117, 134, 135,
                                     141, 154, 161, 162, 169, 172, 172, 174, 174};

/* The last letters of the abbreviations with each first letter, as bits: most words are told apart
 * by these. */
static const uint32_t lasts_of[26] = {
    0x38E3C57, 0x0040048, 0x00EE8A1, 0x00E0804, 0x0098004, 0x00E0043, 0x02C2001,
    0x1062000, 0x000880C, 0x0022800, 0x1002000, 0x008000D, 0x08E62DC, 0x0244802,
    0x2088011, 0x10CB035, 0x0000010, 0x02C8008, 0x00FA014, 0x084A800, 0x0200000,
    0x22C0801, 0x0044080, 0x0000000, 0x0060000, 0x0000000,
};

bool ca_english_may_be_abbreviation(ca_str word) {
    if (word.len == 0 || word.len > CA_ENGLISH_LONGEST) return false;
    unsigned first = (word.ptr[0] | 0x20u) - 'a', last = (word.ptr[word.len - 1] | 0x20u) - 'a';
    return first < 26 && last < 26 && (lasts_of[first] >> last & 1);
}

ca_abbreviation ca_english_abbreviation(ca_str folded) {
    if (!ca_english_may_be_abbreviation(folded)) return CA_ABBR_NONE;
    unsigned letter = folded.ptr[0] - 'a';
    char word[7] = {0};
    if (letter >= 26) return CA_ABBR_NONE;
    memcpy(word, folded.ptr, folded.len);
    for (size_t i = first_of[letter]; i < first_of[letter + 1]; i++) {
        if (memcmp(abbreviations[i].word, word, sizeof word) == 0) return abbreviations[i].class;
    }
    return CA_ABBR_NONE;
}

/* ---- words ----
 *
 * Asked once per type, or behind an apostrophe. Each list is in byte order, for list_has. */
static const char *const starters[] = {
    "a",
    "about",
    "above",
    "according",
    "across",
    "additionally",
    "after",
    "against",
    "all",
    "almost",
    "along",
    "also",
    "although",
    "always",
    "among",
    "an",
    "analysts",
    "and",
    "another",
    "any",
    "are",
    "around",
    "as",
    "at",
    "because",
    "before",
    "below",
    "besides",
    "between",
    "beyond",
    "both",
    "but",
    "by",
    "can",
    "consequently",
    "critics",
    "despite",
    "did",
    "do",
    "does",
    "during",
    "each",
    "earlier",
    "either",
    "elsewhere",
    "even",
    "every",
    "everybody",
    "everyone",
    "everything",
    "few",
    "finally",
    "for",
    "from",
    "further",
    "furthermore",
    "had",
    "has",
    "have",
    "he",
    "hence",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "indeed",
    "instead",
    "ironically",
    "is",
    "it",
    "its",
    "just",
    "last",
    "later",
    "let",
    "like",
    "likewise",
    "many",
    "may",
    "maybe",
    "meanwhile",
    "more",
    "moreover",
    "most",
    "much",
    "my",
    "nearly",
    "neither",
    "never",
    "nevertheless",
    "no",
    "nobody",
    "none",
    "nor",
    "not",
    "nothing",
    "now",
    "officials",
    "often",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "others",
    "otherwise",
    "our",
    "over",
    "people",
    "perhaps",
    "police",
    "previously",
    "rather",
    "recently",
    "separately",
    "several",
    "shares",
    "she",
    "should",
    "similarly",
    "since",
    "so",
    "some",
    "someone",
    "something",
    "sometimes",
    "soon",
    "sources",
    "still",
    "such",
    "surprisingly",
    "that",
    "the",
    "their",
    "then",
    "there",
    "thereafter",
    "therefore",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "throughout",
    "thus",
    "to",
    "today",
    "toward",
    "two",
    "under",
    "unfortunately",
    "unlike",
    "until",
    "upon",
    "was",
    "we",
    "well",
    "were",
    "what",
    "whatever",
    "when",
    "whenever",
    "where",
    "wherever",
    "whether",
    "which",
    "while",
    "who",
    "whoever",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "would",
    "yes",
    "yesterday",
    "yet",
    "you",
    "your",
};

static const char *const courtesies[] = {"mr", "mrs", "ms"};

static const char *const links[] = {
    "added",  "and",     "answered", "asked", "asks",   "cried", "cries",
    "nor",    "or",      "replied",  "said",  "say",    "says",  "shouted",
    "shouts", "thought", "wondered", "wrote", "yelled",
};

static const char *const time_words[] = {
    "april",     "aug",      "august",   "bst",  "cdt",     "cet",      "cst",
    "dec",       "december", "eastern",  "edt",  "est",     "et",       "feb",
    "february",  "friday",   "gmt",      "jan",  "january", "july",     "june",
    "local",     "march",    "may",      "mdt",  "monday",  "mst",      "november",
    "october",   "pacific",  "pdt",      "pst",  "pt",      "saturday", "sept",
    "september", "sunday",   "thursday", "time", "tuesday", "utc",      "wednesday",
};

static const char *const pronouns[] = {
    "everybody", "everyone",  "he",   "here",  "how",  "it",   "let",   "nobody", "she",
    "someone",   "something", "that", "there", "what", "when", "where", "who",    "why",
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static int compare(ca_str word, const char *entry) {
    int first = word.ptr[0] - (uint8_t)entry[0]; /* usually enough */
    if (first != 0) return first;
    size_t len = strlen(entry);
    int order = memcmp(word.ptr, entry, word.len < len ? word.len : len);
    return order != 0 ? order : (word.len > len) - (word.len < len);
}

static bool list_has(const char *const *list, size_t n, ca_str word) {
    size_t low = 0, high = n;
    if (word.len == 0) return false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(word, list[middle]);
        if (order == 0) return true;
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return false;
}

bool ca_english_is_starter(ca_str folded) {
    return list_has(starters, COUNT(starters), folded);
}

bool ca_english_is_courtesy(ca_str folded) {
    return list_has(courtesies, COUNT(courtesies), folded);
}

bool ca_english_is_link(ca_str folded) {
    return list_has(links, COUNT(links), folded);
}

bool ca_english_is_time_word(ca_str folded) {
    return list_has(time_words, COUNT(time_words), folded);
}

bool ca_english_is_pronoun(ca_str folded) {
    return list_has(pronouns, COUNT(pronouns), folded);
}
